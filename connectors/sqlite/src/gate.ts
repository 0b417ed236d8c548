import { errors } from '@reloop/connector'

interface Waiting {
  readonly run: () => void
  readonly timer: NodeJS.Timeout
}

/** Lets work pass while no transaction is open; else it waits in line, for a bounded time. */
export class Gate {
  readonly #milliseconds: number
  readonly #line = new Set<Waiting>()
  #closed = false

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds
  }

  get busy(): boolean {
    return this.#closed
  }

  close(): void {
    this.#closed = true
  }

  /** Lets those in line pass, until one of them closes the gate again. */
  open(): void {
    this.#closed = false
    for (const waiting of this.#line) {
      if (this.#closed) return
      this.#line.delete(waiting)
      clearTimeout(waiting.timer)
      waiting.run()
    }
  }

  /** Runs work as soon as the gate is open. Throws QUERY_TIMEOUT when that takes too long. */
  wait<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = () => {
        try {
          resolve(work())
        } catch (error) {
          reject(error)
        }
      }
      if (!this.#closed) return run()
      const timer = setTimeout(() => {
        this.#line.delete(waiting)
        reject(errors.QUERY_TIMEOUT({ milliseconds: this.#milliseconds }))
      }, this.#milliseconds)
      const waiting: Waiting = { run, timer }
      this.#line.add(waiting)
    })
  }
}
