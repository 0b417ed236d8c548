import { randomBytes } from 'node:crypto'
import { localBroker, type Broker } from '@reloop/connector'
import { Collector, cut, readPiece } from './pieces'
import { Link } from './link'

/** Where the processes meet, and how. */
export interface PostgresqlBrokerOptions {
  /** URL of the database: `postgresql://user:password@localhost/shop`. */
  readonly url?: string
  /** Settings of the package pg (https://node-postgres.com/apis/client), instead of or beside `url`. */
  readonly connection?: Readonly<Record<string, unknown>>
  /** The channel of the database: processes with the same one hear each other. @default 'reloop' */
  readonly channel?: string
  /** Told what goes wrong: lost connections, messages that cannot be sent, what subscribers throw. @default a warning of the process */
  readonly onError?: (error: unknown) => void
}

/** A broker whose messages reach all processes that use the same channel of the same database. */
export interface PostgresqlBroker extends Broker {
  /** Resolves once messages of other processes arrive. */
  ready(): Promise<void>
}

/**
 * Makes a broker over LISTEN and NOTIFY of PostgreSQL: one connection per process, made anew when it breaks.
 *
 * Messages are JSON and arrive everywhere in the order in which the database took them, also where they were published. Those longer than a
 * notification may be (8000 bytes) travel in pieces. What is published while the connection is down is sent afterwards; what others publish
 * meanwhile is missed.
 *
 * @param options `url` or `connection`, `channel`
 * @example
 * const broker = postgresqlBroker({ url: 'postgresql://localhost/shop' })
 * broker.subscribe('change:Product', (message) => console.log(message))
 */
export function postgresqlBroker(options: PostgresqlBrokerOptions): PostgresqlBroker {
  const { url, connection, channel = 'reloop', onError = warn } = options
  const inside = localBroker(onError)
  const origin = randomBytes(8).toString('hex')
  const collector = new Collector()
  const received = (payload: string) => {
    const piece = readPiece(payload)
    const text = piece && collector.add(piece)
    if (text === undefined) return
    const [topic, message] = JSON.parse(text) as [string, unknown]
    inside.publish(topic, message)
  }
  const link = new Link({
    channel,
    onError,
    connection: { ...(url !== undefined && { connectionString: url }), ...connection },
    received: (payload) => {
      try {
        received(payload)
      } catch (error) {
        onError(error)
      }
    },
  })
  let count = 0
  return Object.freeze({
    publish(topic: string, message: unknown) {
      try {
        link.send(cut(`${origin}-${++count}`, JSON.stringify([topic, message ?? null])))
      } catch (error) {
        onError(error)
      }
    },
    subscribe: (topic: string, receive: (message: unknown) => void) => inside.subscribe(topic, receive),
    ready: () => link.ready,
    close() {
      inside.close()
      void link.close()
    },
  })
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
}
