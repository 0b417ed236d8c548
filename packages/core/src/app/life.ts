import type { Server } from 'node:http'
import { errors } from '../errors'
import type { Application } from './application'
import { mountRest } from './fastify'
import { listen, open, readListening } from './listen'

/** How long running requests may take to end, in milliseconds (`limits.time.stop`). */
const stopTime = 30_000

/** The members of starting and stopping. */
export function lifeMembers(app: Application) {
  let made: Promise<void> | undefined
  return {
    ready(): Promise<void> {
      return (made ??= makeReady(app))
    },

    async start(): Promise<Server> {
      const server = await open(app, readListening(app, []))
      app.emit('started')
      return server
    },

    async stop(): Promise<void> {
      const { time } = (app.get('limits') ?? {}) as { time?: { stop?: number } }
      const cut = setTimeout(() => app.fastify.server.closeAllConnections(), time?.stop ?? stopTime)
      try {
        await app.fastify.close()
      } finally {
        clearTimeout(cut)
      }
      await Promise.all([...new Set(Object.values(app.dataSources))].map((source) => source.disconnect()))
      app.emit('stopped')
    },

    listen(...args: unknown[]): Server {
      return listen(app, readListening(app, args))
    },

    boot(): never {
      throw errors.APP_NO_BOOT()
    },
  }
}

/** Mounts the API last, so that routes and plugins of the application come first. */
async function makeReady(app: Application): Promise<void> {
  mountRest(app)
  await app.fastify.ready()
}
