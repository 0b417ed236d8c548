import type { Server } from 'node:http'
import { errors } from '../errors'
import { addContexts } from '../middleware/contexts'
import { useTokenOptions } from '../middleware/token'
import type { Application, Stopped } from './application'
import { addEtags } from './etag'
import { closeFurther, closeIdleConnections, cutConnections, listen, open, readListening } from './listen'
import { mountTransports } from './transports'

/** How long running requests may take to end, in milliseconds (`limits.time.stop`). */
const stopTime = 30_000

/** How often connections are looked at while an application stops: each is closed when its request has ended. */
const lookInterval = 20

/** What plugins and stores are given beyond the limit, to end cleanly once the connections are gone. */
const lastTime = 1000

/** The members of starting and stopping. */
export function lifeMembers(app: Application) {
  let made: Promise<void> | undefined
  let isStarted = false
  app.on('started', () => (isStarted = true))
  return {
    ready(): Promise<void> {
      return (made ??= makeReady(app))
    },

    async start(): Promise<Server> {
      const server = await open(app, readListening(app, []))
      app.emit('started')
      return server
    },

    isStarted: () => isStarted,

    async stop(): Promise<void> {
      const { time } = (app.get('limits') ?? {}) as { time?: { stop?: number } }
      const limit = time?.stop ?? stopTime
      const end = performance.now() + limit
      app.emit('stopping')
      const cut = await closeConnections(app, limit)
      const sources = [...new Set(Object.values(app.dataSources))]
      await within(Math.max(0, end - performance.now()) + lastTime, Promise.all(sources.map((source) => source.disconnect())))
      isStarted = false
      app.emit('stopped', { cut } satisfies Stopped)
    },

    listen(...args: unknown[]): Server {
      return listen(app, readListening(app, args))
    },

    boot(): never {
      throw errors.APP_NO_BOOT()
    },
  }
}

/**
 * Stops listening and waits for the connections; gives the number of those that had to be cut.
 *
 * @throws what a plugin's hook `onClose` throws
 */
async function closeConnections(app: Application, limit: number): Promise<number> {
  let cut = 0
  const looking = setInterval(() => closeIdleConnections(app), lookInterval)
  const cutting = setTimeout(() => (cut = cutConnections(app)), limit)
  try {
    await within(limit + lastTime, Promise.all([app.fastify.close(), closeFurther(app)]))
  } finally {
    clearInterval(looking)
    clearTimeout(cutting)
  }
  return cut
}

function contextSetting(app: Application): unknown {
  return (app.get('remoting') as { context?: unknown } | undefined)?.context
}

/** A store that does not answer any more keeps nobody from ending. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)))
  try {
    await Promise.race([work, over])
  } finally {
    clearTimeout(timer)
  }
}

/** Mounts the API last, so that routes and plugins of the application come first. */
async function makeReady(app: Application): Promise<void> {
  addEtags(app, app.fastify)
  if (app.registry.flags.currentContext && contextSetting(app) !== false) addContexts(app)
  useTokenOptions(app)
  mountTransports(app)
  await app.fastify.ready()
}
