import { cancel, type StreamSource } from './source'

/** Where the values of a stream go. */
export interface Sink {
  /** Takes one value; the promise, if any, says when the next one may come. */
  write(value: unknown): void | Promise<void>
  /** All values were written. */
  end(): void
  /** The source, or `write`, failed. */
  fail(error: unknown): void
}

/**
 * Moves values from a source to a sink, no faster than the sink allows.
 *
 * @param source the values
 * @param sink where they go; hears nothing more once the pump is stopped
 * @returns function that stops the pump and cancels the source
 */
export function pump(source: StreamSource, sink: Sink): () => void {
  const iterator: AsyncIterator<unknown> = source[Symbol.asyncIterator]()
  let stopped = false
  const stop = () => {
    if (stopped) return
    stopped = true
    cancel(source, iterator)
  }
  const run = async () => {
    try {
      for (;;) {
        const next = await iterator.next()
        if (stopped) return
        if (next.done) break
        await sink.write(next.value)
        if (stopped) return
      }
    } catch (error) {
      if (stopped) return
      stop()
      return sink.fail(error)
    }
    stopped = true
    sink.end()
  }
  void run()
  return stop
}
