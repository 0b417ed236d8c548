import type { Server } from 'node:http'
import { errors } from '../errors'
import type { Application } from './application'

/** Where to listen, and whom to tell. */
export interface Listening {
  readonly port: number
  readonly host: string | undefined
  readonly callback: (() => void) | undefined
}

/** Reads the forms of `listen(port?, host?, backlog?, callback?)`; what is left out comes from the settings. */
export function readListening(app: Application, args: readonly unknown[]): Listening {
  const callback = args.find((argument): argument is () => void => typeof argument === 'function')
  const [first, second] = args.filter((argument) => typeof argument !== 'function')
  const given = typeof first === 'object' && first !== null ? (first as { port?: unknown; host?: unknown }) : { port: first, host: second }
  const host = given.host ?? (first === undefined ? app.get('host') : undefined)
  return {
    port: Number(given.port ?? app.get('port') ?? 0),
    host: typeof host === 'string' && host !== '' ? host : undefined,
    callback,
  }
}

/**
 * Starts to listen; the server is there at once, and listens when the application is ready. What goes wrong is the server's event
 * `error`, with a next step; when nobody listens to it the process ends, as with Node's own servers.
 */
export function listen(app: Application, listening: Listening): Server {
  const { server } = app.fastify
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
export async function open(app: Application, { port, host }: Listening): Promise<Server> {
  const { server } = app.fastify
  explainErrors(server, { port, host })
  await app.ready()
  server.prependOnceListener('listening', () => publish(app, host))
  if (host !== undefined) await app.fastify.listen({ port, host })
  else await everywhere(app, port)
  app.emit('listening', server)
  return server
}

/** All addresses of both kinds; machines without IPv6 have one kind. */
async function everywhere(app: Application, port: number): Promise<void> {
  try {
    await app.fastify.listen({ port, host: '::' })
  } catch (error) {
    if (!['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes((error as { code?: string }).code ?? '')) throw error
    await app.fastify.listen({ port, host: '0.0.0.0' })
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
function publish(app: Application, host: string | undefined): void {
  const address = app.fastify.server.address()
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
