import { createServer, type Server } from 'node:http'
import { errors } from '../errors'
import type { Application } from './application'
import { closeIdle, cutAll, followConnections } from './connections'

/** Where to listen, and whom to tell. */
export interface Listening {
  readonly port: number
  readonly host: string | undefined
  /** A socket of the file system, in place of a port. */
  readonly path: string | undefined
  readonly backlog: number | undefined
  readonly callback: (() => void) | undefined
}

/**
 * Reads the forms of `listen(port?, host?, backlog?, callback?)`, `listen(path, callback?)` and `listen({ port, host, path, backlog },
 * callback?)`; without any of it the settings `port` and `host` say where.
 */
export function readListening(app: Application, args: readonly unknown[]): Listening {
  const callback = args.find((argument): argument is () => void => typeof argument === 'function')
  const [first, second, third] = args.filter((argument) => typeof argument !== 'function')
  const given = typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : positions(first, second, third)
  const host = given.host ?? (first === undefined ? app.get('host') : undefined)
  return {
    port: Number(given.port ?? app.get('port') ?? 0),
    host: typeof host === 'string' && host !== '' ? host : undefined,
    path: typeof given.path === 'string' ? given.path : undefined,
    backlog: typeof given.backlog === 'number' ? given.backlog : undefined,
    callback,
  }
}

/** A text that is no number is the path of a socket; a number after the port is the backlog. */
function positions(first: unknown, second: unknown, third: unknown): Record<string, unknown> {
  if (typeof first === 'string' && first !== '' && Number.isNaN(Number(first))) return { path: first, backlog: second }
  return { port: first, host: typeof second === 'string' ? second : undefined, backlog: typeof second === 'number' ? second : third }
}

/**
 * Starts to listen; the server is there at once, and listens when the application is ready. What goes wrong is the server's event
 * `error`, with a next step; when nobody listens to it the process ends, as with Node's own servers.
 */
export function listen(app: Application, listening: Listening): Server {
  const { server } = app.fastify
  if (opened.has(server)) return listenAgain(app, listening)
  if (listening.callback) server.once('listening', listening.callback)
  open(app, listening).catch((error: unknown) => {
    if (!heard.has(error as object)) process.nextTick(() => server.emit('error', error))
  })
  return server
}

/**
 * Listens.
 *
 * @returns the server, once it listens
 * @throws APP_PORT_IN_USE, APP_PORT_FORBIDDEN, and what plugins throw at the start
 */
export async function open(app: Application, { port, host, path, backlog }: Listening): Promise<Server> {
  const { server } = app.fastify
  opened.add(server)
  explainErrors(server, { port, host })
  await app.ready()
  server.prependOnceListener('listening', () => publish(app, server, host))
  if (path !== undefined) await app.fastify.listen({ path, backlog })
  else if (host !== undefined) await app.fastify.listen({ port, host, backlog })
  else await everywhere(app, { port, backlog })
  app.emit('listening', server)
  return server
}

/** Servers that have listened once: those of Fastify do not a second time. */
const opened = new WeakSet<Server>()

/** Further servers of an application, to be closed with it. */
const further = new WeakMap<Application, Set<Server>>()

/** As Express applications may: several at a time, or one after the other, each with a server of its own. */
function listenAgain(app: Application, { port, host, path, backlog, callback }: Listening): Server {
  const { maxHeaderSize } = app.fastify.server as Server & { maxHeaderSize?: number }
  const server = createServer({ maxHeaderSize }, app)
  const servers = further.get(app) ?? new Set<Server>()
  further.set(app, servers.add(server))
  server.once('close', () => servers.delete(server))
  followConnections(server)
  explainErrors(server, { port, host })
  if (callback) server.once('listening', callback)
  server.prependOnceListener('listening', () => publish(app, server, host))
  server.once('listening', () => app.emit('listening', server))
  app.ready().then(
    () => server.listen(path === undefined ? { port, host, backlog } : { path, backlog }),
    (error: unknown) => server.emit('error', error),
  )
  return server
}

/** Closes the further servers of an application; running requests end first. */
export async function closeFurther(app: Application): Promise<void> {
  const open = serversOf(app).filter((server) => server !== app.fastify.server && server.listening)
  await Promise.all(open.map((server) => new Promise((closed) => server.close(closed))))
}

/** Closes the connections that no request is in, of servers that listen no more. */
export function closeIdleConnections(app: Application): void {
  for (const server of serversOf(app)) if (!server.listening) closeIdle(server)
}

/**
 * Cuts the connections of all servers of an application.
 *
 * @returns how many there were
 */
export function cutConnections(app: Application): number {
  return serversOf(app).reduce((count, server) => count + cutAll(server), 0)
}

function serversOf(app: Application): readonly Server[] {
  return [app.fastify.server, ...(further.get(app) ?? [])]
}

/** All addresses of both kinds; machines without IPv6 have one kind. */
async function everywhere(app: Application, at: { readonly port: number; readonly backlog: number | undefined }): Promise<void> {
  try {
    await app.fastify.listen({ ...at, host: '::' })
  } catch (error) {
    if (!['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes((error as { code?: string }).code ?? '')) throw error
    await app.fastify.listen({ ...at, host: '0.0.0.0' })
  }
}

/** Errors that somebody besides Fastify has heard of. */
const heard = new WeakSet()

/** Whoever hears of an error of the server hears what to do about it. */
function explainErrors(server: Server, at: Pick<Listening, 'port' | 'host'>): void {
  const emit = server.emit.bind(server) as (event: string, ...args: unknown[]) => boolean
  server.emit = ((event: string, ...args: unknown[]) => {
    if (event !== 'error') return emit(event, ...args)
    const error = readable(args[0], at)
    if (server.listenerCount('error') > 1) heard.add(error as object)
    return emit(event, error)
  }) as Server['emit']
}

/** The settings say where the application is to be reached. */
function publish(app: Application, server: Server, host: string | undefined): void {
  const address = server.address()
  if (address === null || typeof address === 'string') return
  app.set('port', address.port)
  if (app.get('host') === undefined && host !== undefined) app.set('host', host)
  const shown = host === undefined || host === '0.0.0.0' || host === '::' ? 'localhost' : host
  app.set('url', `http://${shown.includes(':') ? `[${shown}]` : shown}:${address.port}/`)
}

/** What the system says about a port, with a next step. */
function readable(error: unknown, { port, host }: Pick<Listening, 'port' | 'host'>): unknown {
  const { code } = error as { code?: string }
  if (code === 'EADDRINUSE') return errors.APP_PORT_IN_USE({ port, host: host ?? 'all addresses' }, { cause: error })
  return code === 'EACCES' ? errors.APP_PORT_FORBIDDEN({ port }, { cause: error }) : error
}
