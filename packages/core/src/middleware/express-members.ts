import { METHODS, type IncomingMessage, type ServerResponse } from 'node:http'
import { addRoute } from '../app/routes'
import type { Application } from '../app/application'
import { readHandlers } from './arguments'
import type { MiddlewarePath, Next } from './bridge'
import { chainOf } from './chains'
import { unphased } from './phases'

/** Verbs by which routes can be added, besides `get`, which reads settings as well. */
const verbs = [...METHODS.map((verb) => verb.toLowerCase()).filter((verb) => verb !== 'get'), 'all']

/** The members of an Express application: routes, parameters, views, mounting. */
export function expressMembers(app: Application) {
  const chain = chainOf(app)
  const slot = (wanted: string) => chain.slot(unphased, wanted)
  const routes = Object.fromEntries(verbs.map((verb) => [verb, (...args: unknown[]) => addPlainRoute(app, verb, args)]))
  return {
    ...routes,
    del: routes.delete,
    mountpath: '/',
    parent: undefined as unknown,
    locals: { settings: app.settings } as Record<string, unknown>,

    route: (path: MiddlewarePath) => slot('app.route()').route(path),

    param(name: string | readonly string[], handler: Function): Application {
      chain.addParam((slot) => {
        for (const one of [name].flat()) slot.param(one, handler)
      })
      return app
    },

    engine(extension: string, render: Function): Application {
      chain.mount('app.engine()').engine.engine(extension, render)
      return app
    },

    render: (view: string, ...rest: unknown[]) => chain.mount('app.render()').engine.render(view, ...rest),

    /** As a part of another application. */
    handle: (req: IncomingMessage, res: ServerResponse, next?: Next) => app(req, res, next),

    path(): string {
      const { parent, mountpath } = app as { parent?: { path?(): string }; mountpath: string }
      return parent ? `${parent.path?.() ?? ''}${mountpath}` : ''
    },
  }
}

/**
 * Adds a route of Express where it is installed; else one of the router, which takes one handler and a plain path, and before the start.
 *
 * @throws APP_ROUTE_LATE, APP_EXPRESS_MISSING for what the router cannot do
 */
export function addPlainRoute(app: Application, verb: string, args: readonly unknown[]): Application {
  const chain = chainOf(app)
  const { path = '/', handlers } = readHandlers(`app.${verb}()`, args)
  const isSimple = typeof path === 'string' && handlers.length === 1 && !/[*?+()]/.test(path)
  if (isSimple && !chain.isAvailable) return addRoute(app, { verb, path, handler: handlers[0] as never })
  chain.slot(unphased, `app.${verb}()`).verb(verb, path, handlers)
  return app
}
