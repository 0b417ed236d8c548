import { errors } from '../errors'
import { load } from '../files/load'
import type { Instructions, MiddlewareInstruction } from '../instructions'
import type { Bootable } from './bootable'
import { resolveDynamic, type Dynamic } from './dynamic'
import { requiredFunction } from './functions'

/** Hands phases and middleware to the application: factories, or the names that it knows itself. */
export function useMiddleware(app: Bootable, { middleware: { phases, middleware } }: Instructions, dynamic: Omit<Dynamic, 'file'>): void {
  if (phases.length) app.defineMiddlewarePhases(phases)
  for (const entry of middleware) {
    app.middlewareFromConfig(
      factoryOf(entry),
      resolveDynamic(entry.config, { ...dynamic, file: `middleware.json: ${entry.ref}` }) as object,
    )
  }
}

function factoryOf({ ref, sourceFile, fragment }: MiddlewareInstruction): unknown {
  if (sourceFile === undefined) return ref
  if (fragment === undefined) return requiredFunction('Middleware', sourceFile)
  const factory = (load(sourceFile) as Readonly<Record<string, unknown>>)[fragment]
  if (typeof factory !== 'function')
    throw errors.MODULE_INVALID({ what: 'Middleware', file: sourceFile, expected: `a function "${fragment}"` })
  return factory
}
