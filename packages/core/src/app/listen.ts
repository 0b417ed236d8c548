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
 * Starts to listen; the server is there at once, and listens when the application is ready.
 *
 * @throws nothing; what goes wrong is the server's event `error`, with a next step
 */
export function listen(app: Application, listening: Listening): Server {
  const server = app.fastify.server
  if (listening.callback) server.once('listening', listening.callback)
  void open(app, listening).then(
    () => app.emit('listening', server),
    (error: unknown) => server.emit('error', readable(error, listening)),
  )
  return server
}

async function open(app: Application, { port, host }: Listening): Promise<void> {
  await app.ready()
  app.fastify.server.prependOnceListener('listening', () => publish(app, host))
  if (host !== undefined) return void (await app.fastify.listen({ port, host }))
  try {
    await app.fastify.listen({ port, host: '::' })
  } catch (error) {
    if (!['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes((error as { code?: string }).code ?? '')) throw error
    await app.fastify.listen({ port, host: '0.0.0.0' })
  }
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
export function readable(error: unknown, { port, host }: Pick<Listening, 'port' | 'host'>): unknown {
  const { code } = error as { code?: string }
  if (code === 'EADDRINUSE') return errors.APP_PORT_IN_USE({ port, host: host ?? 'all addresses' }, { cause: error })
  return code === 'EACCES' ? errors.APP_PORT_FORBIDDEN({ port }, { cause: error }) : error
}
