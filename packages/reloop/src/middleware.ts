import {
  context as makeContextMiddleware,
  errorHandler as makeErrorHandler,
  errors,
  favicon,
  loadExpress,
  rest,
  status,
  token,
  urlNotFound,
  type ExpressModule,
  type Registry,
} from '@reloop/core'

/**
 * Loads `@reloop/express`, which only applications with Express-style handlers have.
 *
 * @throws an error with the code MODULE_NOT_FOUND
 */
export function requireExpress(): ExpressModule {
  // An import would load Express whether it is used or not.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('@reloop/express') as ExpressModule
}

/** Parts of Express that are there under our name; `express` itself has them all. */
const parts = ['Router', 'Route', 'static', 'query', 'raw', 'text'] as const

/** LoopBack's makers of middleware, and the parts of Express that are met under LoopBack's name. */
export interface MiddlewareStatics {
  readonly rest: typeof rest
  readonly token: typeof token
  readonly status: typeof status
  readonly favicon: typeof favicon
  readonly urlNotFound: typeof urlNotFound
  /** LB2; in LoopBack 3 it throws. */
  readonly errorHandler: typeof makeErrorHandler
  /** LB2; in LoopBack 3 it throws. */
  readonly context: typeof makeContextMiddleware
  readonly Router: (options?: object) => unknown
  readonly Route: new (path: string) => unknown
  readonly static: (folder: string, options?: object) => unknown
  readonly query: unknown
  readonly raw: unknown
  readonly text: unknown
}

/**
 * The statics that make middleware.
 *
 * @param registry the registry of the process, whose profile decides what is there
 */
export function middlewareStatics(registry: () => Registry): MiddlewareStatics {
  const onlyIn2 = <F extends Function>(fn: F, removed: { name: string; instead: string }): F =>
    ((...args: unknown[]): unknown => {
      if (registry().profile === '3.x') throw errors.APP_MIDDLEWARE_REMOVED(removed)
      return (fn as unknown as (...given: unknown[]) => unknown)(...args)
    }) as unknown as F
  const made = {
    rest,
    token,
    status,
    favicon,
    urlNotFound,
    errorHandler: onlyIn2(makeErrorHandler, { name: 'loopback.errorHandler', instead: 'strong-error-handler' }),
    context: onlyIn2(makeContextMiddleware, { name: 'loopback.context', instead: 'the argument "options" of methods' }),
  }
  for (const name of parts)
    Object.defineProperty(made, name, { enumerable: true, get: () => loadExpress(requireExpress, `loopback.${name}`).express[name] })
  return made as unknown as MiddlewareStatics
}
