import type { Application } from '../app/application'
import { errors } from '../errors'
import { readHandlers } from './arguments'
import type { MiddlewarePath, Slot } from './bridge'
import { chainOf } from './chains'
import { argumentsOf, forVerbs, type MiddlewareConfig } from './entry-config'
import { markOf } from './marked'
import { unphased } from './phases'
import { twinOf, type TwinEntry } from './twins'

/** The members that add middleware. */
export function middlewareMembers(app: Application) {
  const chain = () => chainOf(app)
  return {
    use(...args: unknown[]): Application {
      const { path, handlers } = readHandlers('app.use()', args)
      addTo(app, unphased, { path, handlers })
      return app
    },

    middleware(phase: string, ...args: unknown[]): Application {
      const place = chain().phases.placeOf(phase)
      const { path, handlers } = readHandlers('app.middleware()', args)
      addTo(app, place, { path, handlers })
      return app
    },

    defineMiddlewarePhases(given: string | readonly string[]): Application {
      chain().definePhases(given)
      return app
    },

    middlewareFromConfig(factory: unknown, config: MiddlewareConfig = {}): Application {
      if (config.enabled === false) return app
      const place = chain().phases.placeOf(config.phase ?? 'routes')
      const twin = twinOf(factory)
      if (twin) twin(app, { params: config.params, paths: config.paths, methods: config.methods ?? config.verbs, place })
      else addTo(app, place, { path: config.paths, handlers: [made(factory, config)] })
      return app
    },

    disuse(route: unknown): Application {
      for (const slot of chain().slots) slot.remove(route)
      return app
    },
  }
}

interface Added {
  readonly path: MiddlewarePath | undefined
  readonly handlers: readonly Function[]
}

/** Handlers that our own factories made are done natively; the others go to Express. */
function addTo(app: Application, place: string, { path, handlers }: Added): void {
  for (const handler of handlers) {
    const marked = markOf(handler)
    const twin = twinOf(marked?.name)
    if (twin) twin(app, entryOf(path, { params: marked?.params, place }))
    else slotOf(app, place, handler).use(path ?? '/', [handler])
  }
}

function entryOf(path: MiddlewarePath | undefined, entry: TwinEntry): TwinEntry {
  // A handler of the API that is used without a path has the whole of it.
  return { ...entry, paths: path ?? '/' }
}

function slotOf(app: Application, place: string, handler: Function): Slot {
  return chainOf(app).slot(place, handler.name ? `The middleware ${handler.name}` : 'The middleware')
}

function made(factory: unknown, { params, methods, verbs }: MiddlewareConfig): Function {
  if (typeof factory !== 'function') throw errors.APP_MIDDLEWARE_INVALID({ where: 'app.middlewareFromConfig()', given: String(factory) })
  const handler: unknown = (factory as (...args: unknown[]) => unknown)(...argumentsOf(params))
  if (typeof handler !== 'function') throw errors.APP_MIDDLEWARE_INVALID({ where: `The factory ${factory.name}`, given: typeof handler })
  // A handler of ours keeps what it is known by.
  return markOf(handler) ? handler : forVerbs(handler, methods ?? verbs)
}
