import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import WebSocket from 'ws'
import type { Profile } from '@reloop/compat'
import { batchPlugin, jsonRpcPlugin, serveSocketIo, webSocketPlugin, type RemoteObjects, type RemotingOptions } from '../src'
import { listen } from './listen'
import { serve, type Served, type Shared } from './serve'

/** What a client saw of a call. */
export interface Outcome {
  /** The status of the reply, or the one that the error names. */
  readonly status: number
  readonly value?: any
  readonly error?: any
  /** Everything that came, as text. */
  readonly text: string
}

export interface Asked {
  readonly args?: unknown
  /** Of the record, for methods of records. */
  readonly id?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Query string of the request, or of the one that opens the connection. */
  readonly query?: string
}

export type TransportName = 'REST' | 'batch' | 'JSON-RPC' | 'WebSocket' | 'socket.io'
export const transportNames: readonly TransportName[] = ['REST', 'batch', 'JSON-RPC', 'WebSocket', 'socket.io']

/** A server that is reached in all ways. */
export interface Everywhere extends Served {
  readonly origin: string
  /** Calls `Class.method`, with arguments by name; a connection is opened for the call. */
  call(transport: TransportName, name: string, asked?: Asked): Promise<Outcome>
  close(): Promise<void>
}

export interface Given {
  readonly options?: RemotingOptions
  readonly profile?: Profile
  readonly prepare?: (remotes: RemoteObjects) => void
}

/** Serves classes in all ways at once. Methods are reached by POST under their names. */
export async function serveEverywhere(classes: Record<string, Record<string, Shared>>, given: Given = {}): Promise<Everywhere> {
  const posted = Object.entries(classes).map(([name, methods]) => {
    const routes = Object.entries(methods).map(([key, method]) => {
      const path = `/${key.replace('prototype.', '')}`
      return [key, { http: { verb: 'post', path }, ...method }] as const
    })
    return [name, Object.fromEntries(routes)] as const
  })
  const server = await serve(Object.fromEntries(posted), given)
  const { remotes, fastify } = server
  for (const plugin of [batchPlugin, jsonRpcPlugin, webSocketPlugin])
    await fastify.register(plugin as typeof batchPlugin, { remotes, prefix: '/api' })
  const sockets = new Server(fastify.server)
  serveSocketIo(sockets, { remotes })
  const origin = await listen(server)
  const callers: Record<TransportName, (name: string, asked: Asked) => Promise<Outcome>> = {
    REST: (name, asked) => overRest(origin, name, asked),
    batch: (name, asked) => overBatch(origin, name, asked),
    'JSON-RPC': (name, asked) => overRpc(origin, name, asked),
    WebSocket: (name, asked) => overWebSocket(origin, name, asked),
    'socket.io': (name, asked) => overSocketIo(origin, name, asked),
  }
  const close = async () => {
    sockets.disconnectSockets(true)
    sockets.engine.close()
    fastify.server.closeAllConnections()
    await fastify.close()
  }
  return { ...server, origin, call: (transport, name, asked = {}) => callers[transport](name, asked), close }
}

const queryOf = (query: string | undefined) => (query === undefined ? '' : `?${query}`)
const jsonHeaders = { 'content-type': 'application/json' }

function pathOf(name: string, id: unknown): string {
  const [className, method] = name.includes('.prototype.')
    ? name.split('.prototype.')
    : [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)]
  return `/${className}${id === undefined ? '' : `/${encodeURIComponent(String(id))}`}/${method}`
}

async function overRest(origin: string, name: string, { args = {}, id, headers, query }: Asked): Promise<Outcome> {
  const reply = await fetch(`${origin}/api${pathOf(name, id)}${queryOf(query)}`, {
    method: 'POST',
    body: JSON.stringify(args),
    headers: { ...jsonHeaders, ...headers },
  })
  const text = await reply.text()
  const body = parsed(text)
  return reply.ok ? { status: reply.status, value: body, text } : { status: reply.status, error: body?.error, text }
}

async function overBatch(origin: string, name: string, { args = {}, id, headers, query }: Asked): Promise<Outcome> {
  const body = JSON.stringify({ requests: [{ method: 'POST', path: pathOf(name, id) + queryOf(query), body: args }] })
  const reply = await fetch(`${origin}/api/$batch`, { method: 'POST', body, headers: { ...jsonHeaders, ...headers } })
  const text = await reply.text()
  const whole = parsed(text)
  const part = whole?.responses?.[0]
  if (!part) return { status: reply.status, error: whole?.error, text }
  return part.status < 400 ? { status: part.status, value: part.body, text } : { status: part.status, error: part.body?.error, text }
}

function messageOf(name: string, { args, id }: Asked) {
  const params = id === undefined ? args : { id, ...(args as object | undefined) }
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method: name, params: params ?? {} })
}

export function rpcOutcome(text: string): Outcome {
  const { result, error } = parsed(text) ?? {}
  return error ? { status: error.data?.statusCode ?? 500, error: error.data, text } : { status: 200, value: result, text }
}

async function overRpc(origin: string, name: string, asked: Asked): Promise<Outcome> {
  const reply = await fetch(`${origin}/api/jsonrpc${queryOf(asked.query)}`, {
    method: 'POST',
    body: messageOf(name, asked),
    headers: { ...jsonHeaders, ...asked.headers },
  })
  return rpcOutcome(await reply.text())
}

/** A socket that opened, or what the server said when it did not. */
export function openSocket(origin: string, headers: Readonly<Record<string, string>> = {}, path = '/api/ws'): Promise<WebSocket | Outcome> {
  const socket = new WebSocket(origin.replace('http', 'ws') + path, { headers })
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (request, reply) => {
      let text = ''
      reply.on('data', (chunk) => (text += String(chunk)))
      reply.on('end', () => {
        request.destroy()
        resolve({ status: reply.statusCode ?? 0, error: parsed(text)?.error, text })
      })
    })
  })
}

async function overWebSocket(origin: string, name: string, asked: Asked): Promise<Outcome> {
  const socket = await openSocket(origin, asked.headers, `/api/ws${queryOf(asked.query)}`)
  if (!(socket instanceof WebSocket)) return socket
  try {
    return await exchange(socket, messageOf(name, asked))
  } finally {
    socket.terminate()
  }
}

/** Sends a text; gives what comes back, or the code that the socket is closed with. */
export function exchange(socket: WebSocket, text: string): Promise<Outcome> {
  return new Promise((resolve) => {
    socket.once('message', (data) => resolve(rpcOutcome(String(data))))
    socket.once('close', (code, reason) => resolve({ status: code, text: String(reason) }))
    socket.send(text)
  })
}

function overSocketIo(origin: string, name: string, { args, id, headers = {}, query }: Asked): Promise<Outcome> {
  const socket = io(`${origin}/${queryOf(query).replaceAll('[', '%5B').replaceAll(']', '%5D')}`, {
    extraHeaders: { ...headers },
    transports: ['polling'],
    forceNew: true,
    reconnection: false,
  })
  const outcome = new Promise<Outcome>((resolve) => {
    socket.on('connect_error', (error) => {
      const { data } = error as Error & { data?: { statusCode?: number } }
      resolve({
        status: data?.statusCode ?? 0,
        error: data ?? { message: error.message },
        text: JSON.stringify({ ...data, message: error.message }),
      })
    })
    socket.on('disconnect', (reason) => resolve({ status: 0, text: reason }))
    socket.on('result', ({ data, err }) => {
      const text = JSON.stringify({ data, err })
      resolve(err ? { status: err.statusCode, error: err, text } : { status: 200, value: data, text })
    })
    socket.emit('invoke', name, id === undefined ? {} : { id }, args, 1)
  })
  return outcome.finally(() => socket.disconnect())
}

function parsed(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
