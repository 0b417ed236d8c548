import type { Contract, ContractReturn } from '../contract/contract'
import { errors } from '../errors'
import { cleanBody } from '../http/poison'
import type { StreamEvent } from '../stream/stream-event'
import type { Connection } from './connection'
import { readEvents } from './read-events'
import { remoteMethod, remoteMethods, type RemoteMethod } from './remote-method'
import { requestOf } from './request-of'
import { restoreError } from './restore-error'
import { send, type Sent, type SendOptions } from './send'

/** Calls the methods of a server over REST, as its contract describes them. */
export class RestClient {
  readonly connection: Connection
  readonly #methods: ReadonlyMap<string, RemoteMethod>

  /**
   * @param contract what the server offers
   * @param connection where it is, and how to talk to it
   */
  constructor(contract: Pick<Contract, 'classes'>, connection: Connection) {
    this.connection = connection
    this.#methods = remoteMethods(contract)
  }

  /** The method of a name such as `Product.find`. Throws CLIENT_METHOD_UNKNOWN. */
  method(name: string): RemoteMethod {
    return remoteMethod(this.#methods, name)
  }

  /** Whether the server has a method of this name. */
  has(name: string): boolean {
    return this.#methods.has(name)
  }

  /**
   * Calls a method.
   *
   * @param name `Product.find`, `Product.prototype.patchAttributes`
   * @param args by name; those of the constructor (`id`) among them
   * @param options signal and headers of this call
   * @returns what the method returns: one value, or an object of them by name; a stream of values as `StreamEvent`s
   * @throws the error that the server replied with, with its message, status, code and details; CLIENT_… for everything else
   */
  async call(name: string, args: Readonly<Record<string, unknown>> = {}, options: SendOptions = {}): Promise<unknown> {
    const { returns } = this.method(name).method
    const values = await this.values(name, args, options)
    if (returns.length < 2) return values[0]
    return Object.fromEntries(returns.map((entry, index) => [entry.name, values[index]]))
  }

  /** Like `call`, with the results in order of `returns`. */
  async values(name: string, args: Readonly<Record<string, unknown>> = {}, options: SendOptions = {}): Promise<readonly unknown[]> {
    const remote = this.method(name)
    const { returns } = remote.method
    const stream = returns.some((entry) => entry.type === 'ReadableStream')
    const headers = stream ? { accept: 'text/event-stream', ...options.headers } : options.headers
    const sent = await send(requestOf(remote, args), this.connection, { ...options, headers })
    if (!sent.response.ok) throw restoreError((await sent.bytes()).toString(), sent.response.status)
    if (stream) return [eventsOf(sent)]
    const bytes = await sent.bytes()
    if (returns.some((entry) => entry.type === 'file' && entry.root)) return [bytes]
    const body = this.#parsed(bytes, sent.response.status)
    return returns.map((entry) => valueOf(entry, body, sent.response))
  }

  #parsed(bytes: Buffer, status: number): unknown {
    if (bytes.length === 0) return undefined
    try {
      return JSON.parse(bytes.toString()) as unknown
    } catch (cause) {
      throw errors.CLIENT_REPLY_UNREADABLE({ host: this.connection.host, status }, { cause })
    }
  }
}

function eventsOf({ response, release }: Sent): AsyncIterable<StreamEvent> {
  release()
  return readEvents(response.body as AsyncIterable<Uint8Array>)
}

function valueOf(entry: ContractReturn, body: unknown, response: Response): unknown {
  if (entry.target === 'status') return response.status
  if (entry.target === 'header') return response.headers.get(entry.header ?? entry.name) ?? undefined
  const value = entry.root
    ? body
    : Object.hasOwn(Object(body) as object, entry.name)
      ? (body as Record<string, unknown>)[entry.name]
      : undefined
  // A reply whose keys reach for a prototype is refused like a request that does.
  const clean = cleanBody(value, 1000)
  return entry.type === 'date' && typeof clean === 'string' ? new Date(clean) : clean
}
