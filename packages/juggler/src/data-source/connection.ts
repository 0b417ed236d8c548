import type { Connector } from '@reloop/connector'
import { errors } from '../errors'

/** What a connection needs to know, and whom it tells. */
export interface ConnectionParts {
  readonly name: string
  readonly connector: () => Connector
  readonly timeout: number
  readonly queue: number
  readonly told: (event: 'connected' | 'error', error?: unknown) => void
}

/** The way to a connected store: opened once, by the first who needs it; the others wait for the same opening. */
export class Connection {
  connected = false
  readonly #parts: ConnectionParts
  #opening?: Promise<void>
  #waiting = 0
  #asked = false

  constructor(parts: ConnectionParts) {
    this.#parts = parts
  }

  get connecting(): boolean {
    return this.#opening !== undefined
  }

  /** Opens the store ahead of the first who needs it; not when it was opened already, or closed again. */
  open(): void {
    if (!this.#asked) this.connect().catch(() => undefined)
  }

  /** Opens the store, or waits for who does. */
  connect(): Promise<void> {
    this.#asked = true
    if (this.connected) return Promise.resolve()
    if (this.#opening) return this.#opening
    // A store may connect, or fail, before this line is over: the slot is cleared after it, never inside.
    const opening = this.#open()
    const clear = () => (this.#opening = undefined)
    this.#opening = opening
    opening.then(clear, clear)
    return opening
  }

  async #open(): Promise<void> {
    try {
      await this.#parts.connector().connect()
      this.connected = true
      this.#parts.told('connected')
    } catch (error) {
      this.#parts.told('error', error)
      throw error
    }
  }

  /** Waits for the connection as an operation does: in a queue that is bounded in length and time. */
  async ready(): Promise<void> {
    if (this.connected) return
    const { timeout, queue, name } = this.#parts
    if (this.#waiting >= queue) throw errors.QUEUE_FULL({ dataSource: name, limit: queue })
    this.#waiting++
    let timer: NodeJS.Timeout | undefined
    try {
      await Promise.race([
        this.connect(),
        new Promise<never>((_, reject) => {
          timer = setTimeout(() => reject(errors.CONNECT_TIMEOUT({ milliseconds: timeout })), timeout)
        }),
      ])
    } finally {
      clearTimeout(timer)
      this.#waiting--
    }
  }

  async disconnect(): Promise<void> {
    this.#asked = true
    if (this.#opening) await this.#opening.catch(() => undefined)
    if (!this.connected) return
    this.connected = false
    await this.#parts.connector().disconnect()
  }
}
