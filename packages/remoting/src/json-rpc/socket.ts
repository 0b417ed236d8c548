import type { FastifyRequest } from 'fastify'
import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import type { RequestView } from '../http/request-view'
import { wireErrorOf } from '../http/wire-error'
import type { HttpContext } from '../invoke/context'
import { rememberOpen } from '../stream/open-streams'
import { takePlace } from '../stream/places'
import { pump } from '../stream/pump'
import type { StreamSource } from '../stream/source'
import { StreamEvent } from '../stream/stream-event'
import { watchAccess } from '../stream/watch'
import type { RpcCaller, RpcDispatcher } from './dispatcher'
import { failure, type RpcRequest } from './message'

/** The part of a WebSocket that is used here, as the package `ws` has it. */
export interface Socket {
  readonly bufferedAmount: number
  send(text: string): void
  ping(): void
  close(code?: number, reason?: string): void
  terminate(): void
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): unknown
  on(event: 'close' | 'pong' | 'error', listener: () => void): unknown
}

/** What a socket is opened with. */
export interface SocketOptions {
  readonly remotes: RemoteObjects
  readonly dispatcher: RpcDispatcher
  readonly request: FastifyRequest
  readonly req: RequestView
}

/** Bytes that may wait before a stream does. */
const comfortable = 65_536

/** One connection: answers JSON-RPC messages, and carries the streams that they open. */
export class RpcSocket {
  readonly #socket: Socket
  readonly #remotes: RemoteObjects
  readonly #dispatcher: RpcDispatcher
  readonly #gone = new AbortController()
  readonly #subscriptions = new Map<string, () => void>()
  readonly #caller: RpcCaller
  #running = 0
  #count = 0
  /** Subscriptions that begin once their call is answered. */
  #opening: (() => void)[] = []

  constructor(socket: Socket, { remotes, dispatcher, request, req }: SocketOptions) {
    this.#socket = socket
    this.#remotes = remotes
    this.#dispatcher = dispatcher
    this.#caller = {
      request,
      signal: this.#gone.signal,
      subscribe: (source, context) => this.#subscribe(source, context),
      control: (asked) => this.#control(asked),
    }
    socket.on('error', () => socket.terminate())
    const ends = this.#holdPlace(request, req)
    if (!ends) return
    socket.on('message', (data, isBinary) => void this.#receive(data, isBinary))
    socket.on('close', () => {
      for (const end of ends) end()
      for (const stop of [...this.#subscriptions.values()]) stop()
      this.#gone.abort()
    })
  }

  /** A place for the client, the heart-beat and the watch over access; gives the functions that end them. */
  #holdPlace(request: FastifyRequest, req: RequestView): (() => void)[] | undefined {
    const socket = this.#socket
    let release: () => void
    try {
      release = takePlace({ request }, this.#remotes)
    } catch (error) {
      socket.close(1013, reasonOf(error))
      return undefined
    }
    const unwatch = watchAccess(this.#remotes, { req, close: (error) => socket.close(4401, reasonOf(error)) })
    return [release, unwatch, rememberOpen(this.#remotes, () => socket.close(1001, 'The server stops.')), this.#heartbeat()]
  }

  /** A client that has not answered a ping by the next one is gone. */
  #heartbeat(): () => void {
    let alive = true
    this.#socket.on('pong', () => (alive = true))
    const timer = setInterval(() => {
      if (!alive) return this.#socket.terminate()
      alive = false
      this.#socket.ping()
    }, this.#remotes.limits.stream.heartbeat)
    timer.unref()
    return () => clearInterval(timer)
  }

  async #receive(data: Buffer, isBinary: boolean): Promise<void> {
    if (isBinary) return this.#socket.close(1003, 'Text is expected.')
    const limit = this.#remotes.limits.batch.rpc
    if (this.#running >= limit) return this.#send(failure(this.#remotes, null, errors.RPC_TOO_MANY_CALLS({ limit })))
    this.#running++
    const answer = await this.#dispatcher.answer(data.toString(), this.#caller)
    this.#running--
    if (answer !== undefined) this.#send(answer)
    for (const open of this.#opening.splice(0)) open()
  }

  #send(message: unknown): void {
    if (this.#gone.signal.aborted) return
    this.#socket.send(JSON.stringify(message))
    const limit = this.#remotes.limits.stream.buffer
    if (this.#socket.bufferedAmount <= limit) return
    this.#socket.close(1013, reasonOf(errors.STREAM_TOO_SLOW({ limit })))
    // The closing handshake would wait behind what the client does not read.
    this.#socket.terminate()
  }

  #control({ method, params }: RpcRequest): { readonly result: unknown } | undefined {
    if (method !== '$unsubscribe') return undefined
    const id = Array.isArray(params) ? (params as readonly unknown[])[0] : (params as { subscription?: unknown }).subscription
    const stop = typeof id === 'string' ? this.#subscriptions.get(id) : undefined
    stop?.()
    return { result: stop !== undefined }
  }

  #subscribe(source: StreamSource, context: HttpContext): { readonly subscription: string } {
    const limit = this.#remotes.limits.stream.perClient
    if (this.#subscriptions.size >= limit) throw errors.STREAM_TOO_MANY({ limit })
    const subscription = String(++this.#count)
    let stopPump = () => undefined as void
    const stop = () => {
      this.#subscriptions.delete(subscription)
      unwatch()
      stopPump()
    }
    const end = (method: string, params: object) => {
      stop()
      this.#send({ jsonrpc: '2.0', method, params: { subscription, ...params } })
    }
    const fail = (error: unknown) => end('$error', { error: wireErrorOf(this.#remotes, error) })
    const unwatch = watchAccess(this.#remotes, { req: context.req, context, close: fail })
    this.#subscriptions.set(subscription, stop)
    this.#opening.push(() => {
      if (!this.#subscriptions.has(subscription)) return void source[Symbol.asyncIterator]().return?.()
      stopPump = pump(source, { write: (value) => this.#write(subscription, value), end: () => end('$end', {}), fail })
    })
    return { subscription }
  }

  #write(subscription: string, value: unknown): void | Promise<void> {
    const event = value instanceof StreamEvent ? { id: value.id, event: value.event, data: value.data } : { event: 'data', data: value }
    this.#send({ jsonrpc: '2.0', method: '$data', params: { subscription, ...event } })
    return this.#socket.bufferedAmount > comfortable ? this.#room() : undefined
  }

  async #room(): Promise<void> {
    const patience = Date.now() + this.#remotes.limits.stream.heartbeat * 4
    while (this.#socket.bufferedAmount > comfortable && !this.#gone.signal.aborted) {
      if (Date.now() > patience) throw errors.STREAM_TOO_SLOW({ limit: this.#remotes.limits.stream.buffer })
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

/** A close frame holds 123 bytes of reason. */
function reasonOf(error: unknown): string {
  return Buffer.from(error instanceof Error ? error.message : String(error))
    .subarray(0, 123)
    .toString()
    .replace(/\uFFFD+$/, '')
}
