import type pg from 'pg'

/** How the link talks. */
export interface LinkOptions {
  readonly connection: pg.ClientConfig
  readonly channel: string
  /** Takes the text of a notification. */
  readonly received: (payload: string) => void
  readonly onError: (error: unknown) => void
}

/** Milliseconds before the next attempt to connect, growing from the first to the last. */
const [firstPause, longestPause] = [100, 5_000]
/** Batches that wait for a connection; what comes after is dropped, oldest first. */
const waiting = 10_000

/** A connection that listens on a channel, is made anew when it breaks, and sends in order. */
export class Link {
  readonly #options: LinkOptions
  readonly #queue: (readonly string[])[] = []
  #client: pg.Client | undefined
  #pause = firstPause
  #timer: NodeJS.Timeout | undefined
  #closed = false
  #sending = false
  #ready!: () => void
  /** Resolves once it listens for the first time. */
  readonly ready = new Promise<void>((resolve) => (this.#ready = resolve))

  constructor(options: LinkOptions) {
    this.#options = options
    void this.#connect()
  }

  /** Sends texts together, after what was sent before. */
  send(payloads: readonly string[]): void {
    if (this.#closed) return
    this.#queue.push(payloads)
    if (this.#queue.length > waiting) {
      this.#queue.splice(this.#sending ? 1 : 0, 1)
      this.#options.onError(new Error(`The broker has no connection and dropped a message: more than ${waiting} are waiting.`))
    }
    void this.#flush()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    const client = this.#client
    this.#client = undefined
    await client?.end().catch(() => undefined)
  }

  async #connect(): Promise<void> {
    const { Client } = (await import('pg')).default
    if (this.#closed) return
    const client = new Client({ keepAlive: true, ...this.#options.connection })
    let broken = false
    const lose = (error: unknown) => {
      if (broken) return
      broken = true
      if (this.#client === client) this.#client = undefined
      void client.end().catch(() => undefined)
      this.#again(error)
    }
    client.on('error', lose)
    client.on('end', () => lose(new Error('The connection of the broker has ended.')))
    client.on('notification', ({ channel, payload }) => {
      if (channel === this.#options.channel && payload !== undefined) this.#options.received(payload)
    })
    try {
      await client.connect()
      await client.query(`listen ${client.escapeIdentifier(this.#options.channel)}`)
    } catch (error) {
      return lose(error)
    }
    if (this.#closed || broken) return void client.end().catch(() => undefined)
    this.#client = client
    this.#pause = firstPause
    this.#ready()
    void this.#flush()
  }

  #again(error: unknown): void {
    if (this.#closed) return
    this.#options.onError(error)
    this.#timer = setTimeout(() => void this.#connect(), this.#pause).unref()
    this.#pause = Math.min(this.#pause * 2, longestPause)
  }

  /** One statement at a time: what fails because the connection broke is sent again, before what comes after it. */
  async #flush(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    try {
      while (this.#client && this.#queue.length > 0) {
        const [payloads] = this.#queue
        // In order, and in one transaction: pieces of one message are never mixed with those of another.
        await this.#client.query(
          'select pg_notify($1, piece) from unnest($2::text[]) with ordinality as given(piece, place) order by place',
          [this.#options.channel, payloads],
        )
        this.#queue.shift()
      }
    } catch (error) {
      this.#options.onError(error)
      // The connection tells by itself that it broke; a message that the server refuses must not stop the others.
      if (isRefusal(error)) this.#queue.shift()
    } finally {
      this.#sending = false
    }
    if (this.#client && this.#queue.length > 0) setImmediate(() => void this.#flush())
  }
}

/** Whether the server has answered, and will answer so again. */
function isRefusal(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^(22|42|54)/.test(code)
}
