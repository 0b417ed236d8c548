import { errors } from '../errors'
import type { MiddlewarePath } from './bridge'

/** What `use(path?, …handlers)` and its like are called with. */
export interface GivenHandlers {
  readonly path: MiddlewarePath | undefined
  readonly handlers: readonly Function[]
}

/**
 * Reads a path, which may be left out, and handlers, which may be lists.
 *
 * @param where the member that was called, for messages
 * @throws APP_MIDDLEWARE_INVALID for anything that is not a function, and for no handler at all
 */
export function readHandlers(where: string, args: readonly unknown[]): GivenHandlers {
  const [first] = args
  const hasPath = typeof first === 'string' || first instanceof RegExp || isPathList(first)
  const handlers = (hasPath ? args.slice(1) : args).flat(Infinity)
  const wrong = handlers.findIndex((handler) => typeof handler !== 'function')
  if (wrong >= 0 || handlers.length === 0)
    throw errors.APP_MIDDLEWARE_INVALID({ where, given: handlers.length === 0 ? 'nothing' : typeof handlers[wrong] })
  return { path: hasPath ? (first as MiddlewarePath) : undefined, handlers: handlers as Function[] }
}

function isPathList(given: unknown): boolean {
  return Array.isArray(given) && given.length > 0 && given.every((item) => typeof item === 'string' || item instanceof RegExp)
}
