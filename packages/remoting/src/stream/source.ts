import type { Readable } from 'node:stream'
import type { SharedMethod } from '../contract/shared-method'

/** What a method may return where a stream of values is declared. */
export type StreamSource = Readable | AsyncIterable<unknown>

/** The entry of `returns` that is a stream of values: `{ type: 'ReadableStream', json: true }`. */
export function streamReturn(method: SharedMethod): { readonly arg: string; readonly root: boolean } | undefined {
  const found = method.returns.find((entry) => entry.type === 'ReadableStream' && entry.json === true)
  return found && { arg: found.arg, root: found.root === true }
}

/** The stream in the result of a call, or undefined when the method returned none. */
export function streamIn(result: unknown, declared: { readonly arg: string; readonly root: boolean }): StreamSource | undefined {
  const value = declared.root ? result : (result as Record<string, unknown> | undefined)?.[declared.arg]
  return isStreamSource(value) ? value : undefined
}

/** Whether values wait inside a stream that does not heed how fast it is read. */
export function isOverflowing(source: StreamSource): boolean {
  return isReadable(source) && source.readableLength > source.readableHighWaterMark
}

/** Ends a source whose values nobody wants any more. */
export function cancel(source: StreamSource, iterator?: AsyncIterator<unknown>): void {
  if (isReadable(source)) {
    // A stream that is destroyed while it is read tells so with an error that nobody needs.
    source.on('error', () => undefined)
    source.destroy()
  } else void (iterator ?? source[Symbol.asyncIterator]()).return?.()?.then(undefined, () => undefined)
}

function isReadable(source: StreamSource): source is Readable {
  return typeof (source as Readable).pipe === 'function' && typeof (source as Readable).destroy === 'function'
}

/** Whether a value is a stream of values. */
export function isStreamSource(value: unknown): value is StreamSource {
  return typeof value === 'object' && value !== null && typeof (value as AsyncIterable<unknown>)[Symbol.asyncIterator] === 'function'
}
