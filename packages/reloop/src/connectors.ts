import { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { errors, type Application } from '@reloop/core'

/** Connectors that are met under their names without being registered, by the spellings that LoopBack gives them. */
const names: Readonly<Record<string, readonly string[]>> = {
  memory: ['memory', 'Memory'],
  'kv-memory': ['kv-memory', 'kvMemory', 'KvMemory'],
  remote: ['remote', 'Remote'],
  mail: ['mail', 'Mail'],
}

/** Connectors under LoopBack's names; each is loaded when it is first read. */
export interface ConnectorStatics {
  /** What connectors of an application may extend: an event emitter that keeps its options. */
  readonly Connector: new (options?: unknown) => EventEmitter & { readonly options: unknown }
  /** The connector that keeps records in memory. */
  readonly Memory: unknown
  /** The connector of other servers; needs `@reloop/connector-remote`. */
  readonly Remote: unknown
  /** The connector that sends mails; needs `@reloop/connector-mail`. */
  readonly Mail: unknown
}

/** A function, because LoopBack's own classes call it: `Connector.call(this, options)`. */
function Connector(this: EventEmitter & { options?: unknown }, options?: unknown): void {
  EventEmitter.call(this)
  this.options = options
}
Object.setPrototypeOf(Connector, EventEmitter)
Object.setPrototypeOf(Connector.prototype, EventEmitter.prototype)

/** The statics that give connectors. */
export function connectorStatics(): ConnectorStatics {
  const statics = { Connector }
  for (const member of ['Memory', 'Remote', 'Mail'] as const)
    Object.defineProperty(statics, member, { enumerable: true, get: () => load(member.toLowerCase()) })
  return statics as unknown as ConnectorStatics
}

/** Fills `app.connectors` as LoopBack does; what is not installed reads as undefined, and may be registered. */
export function fillConnectors({ connectors }: Application): void {
  for (const [name, spellings] of Object.entries(names)) {
    for (const spelling of spellings) {
      const set = (value: unknown) =>
        Object.defineProperty(connectors, spelling, { value, writable: true, enumerable: true, configurable: true })
      Object.defineProperty(connectors, spelling, { get: () => ifInstalled(name), set, enumerable: true, configurable: true })
    }
  }
}

function ifInstalled(name: string): unknown {
  try {
    return load(name)
  } catch (error) {
    if ((error as { code?: string }).code === 'APP_PEER_MISSING') return undefined
    throw error
  }
}

function load(name: string): unknown {
  if (name !== 'memory' && name !== 'kv-memory') return installed(`@reloop/connector-${name}`)
  // Loaded when it is asked for: an application over a database never pays for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('@reloop/connector-memory') as { connectors: Readonly<Record<string, unknown>> }).connectors[name]
}

/** A connector that the application has installed. */
function installed(module: string): unknown {
  const own = createRequire(join(process.cwd(), 'noop.js'))
  let path: string
  try {
    path = own.resolve(module)
  } catch (cause) {
    throw errors.APP_PEER_MISSING({ name: module }, { cause })
  }
  return (own(path) as { connector: unknown }).connector
}
