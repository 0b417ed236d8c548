import type { Settings } from '../types'
import type { MiddlewarePath } from './bridge'

/** An entry of middleware.json. */
export interface MiddlewareConfig {
  readonly enabled?: boolean
  /** Phase, optionally with `:before` or `:after`. */
  readonly phase?: string
  /** Arguments of the factory: a list, or the only one. */
  readonly params?: unknown
  readonly paths?: MiddlewarePath
  /** Verbs that it is for. @default all */
  readonly methods?: string | readonly string[]
  /** Another name of `methods`. */
  readonly verbs?: string | readonly string[]
}

/** Arguments of a factory as they are given in an entry. */
export function argumentsOf(params: unknown): readonly unknown[] {
  if (params === undefined) return []
  return Array.isArray(params) ? (params as readonly unknown[]) : [params]
}

/** The first argument where it is an object of options. */
export function optionsOf(params: unknown): Settings {
  const [first] = argumentsOf(params)
  return typeof first === 'object' && first !== null ? { ...first } : {}
}

/** The first path of an entry. */
export function firstPath(paths: MiddlewarePath | undefined, fallback: string): string {
  const first: unknown = Array.isArray(paths) ? paths[0] : paths
  return typeof first === 'string' ? first : fallback
}

/** A handler that lets pass what is for other verbs; one for errors stays one. */
export function forVerbs(handler: Function, given: string | readonly string[] | undefined): Function {
  const verbs = new Set([given ?? 'ALL'].flat().map((verb) => verb.toUpperCase()))
  if (verbs.has('ALL')) return handler
  const isFor = (req: { method: string }) => verbs.has(req.method.toUpperCase())
  const run = handler as (...args: unknown[]) => unknown
  if (handler.length === 4)
    // eslint-disable-next-line @typescript-eslint/max-params -- Express knows handlers of errors by their four
    return (error: unknown, req: { method: string }, res: unknown, next: (error?: unknown) => void) =>
      isFor(req) ? run(error, req, res, next) : next(error)
  return (req: { method: string }, res: unknown, next: () => void) => (isFor(req) ? run(req, res, next) : next())
}
