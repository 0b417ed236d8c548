import { join, resolve } from 'node:path'
import { errors } from '../errors'
import { isPath, load, resolveModule } from '../files/load'
import type { MiddlewareInstruction, MiddlewareInstructions } from '../instructions'
import { isPlain } from './merge'

type Plain = Readonly<Record<string, unknown>>

/** Packages and parts of LoopBack that applications have twins for; they need not be installed. */
const packages: ReadonlySet<string> = new Set([
  'cors',
  'compression',
  'helmet',
  'body-parser',
  'errorhandler',
  'serve-favicon',
  'serve-static',
  'strong-error-handler',
])
const parts: ReadonlySet<string> = new Set(['rest', 'token', 'status', 'static', 'favicon', 'urlNotFound', 'errorHandler', 'context'])

function isKnown(ref: string): boolean {
  const [module, part] = ref.split('#') as [string, string | undefined]
  return packages.has(module) || (module === 'loopback' && part !== undefined && parts.has(part))
}

/** The folder of middleware.json, and which files are scripts. */
export interface MiddlewareSource {
  readonly folder: string
  readonly extensions: readonly string[]
}

/**
 * Makes instructions of middleware.json: its phases in order, and every entry that is enabled, with its module found.
 *
 * @throws MODULE_MISSING for a module that is not there, unless the entry is optional
 */
export function middlewareInstructions(config: Plain, source: MiddlewareSource): MiddlewareInstructions {
  const phases = [...new Set(Object.keys(config).map((phase) => phase.split(':')[0]!))]
  const middleware = Object.entries(config).flatMap(([phase, entries]) =>
    Object.entries(isPlain(entries) ? entries : {}).flatMap(([ref, given]) =>
      (Array.isArray(given) ? (given as Plain[]) : [given as Plain]).flatMap((entry) => instruction({ phase, ref, entry }, source)),
    ),
  )
  return { phases, middleware }
}

interface Entry {
  readonly phase: string
  readonly ref: string
  readonly entry: Plain
}

function instruction({ phase, ref, entry }: Entry, source: MiddlewareSource): readonly MiddlewareInstruction[] {
  if (entry.enabled === false) return []
  const { optional, ...given } = entry
  const config = { ...withPaths(given, source.folder), phase }
  if (isKnown(ref)) return [{ ref, config }]
  const found = locate(ref, source)
  if (found) return [{ ref, ...found, config }]
  if (optional === true) return []
  throw errors.MODULE_MISSING({ what: 'Middleware', module: ref, from: source.folder })
}

/** `module#name` is an export of that name, or a file of the module's folder of middleware. */
function locate(ref: string, { folder, extensions }: MiddlewareSource): Pick<MiddlewareInstruction, 'sourceFile' | 'fragment'> | undefined {
  const [module, fragment] = ref.split('#') as [string, string | undefined]
  const sourceFile = resolveModule(module, folder, extensions)
  if (fragment === undefined) return sourceFile === undefined ? undefined : { sourceFile }
  if (sourceFile !== undefined && typeof (load(sourceFile) as Record<string, unknown> | null)?.[fragment] === 'function')
    return { sourceFile, fragment }
  const base = isPath(module) ? resolve(folder, module) : module
  for (const place of ['server/middleware', 'middleware']) {
    const file = resolveModule(isPath(module) ? join(base, place, fragment) : `${module}/${place}/${fragment}`, folder, extensions)
    if (file !== undefined) return { sourceFile: file }
  }
  return undefined
}

/** Replaces texts `$!<path>` by the path from the folder of the file. */
function withPaths(config: Plain, folder: string): Plain {
  const replace = (value: unknown): unknown => {
    if (typeof value === 'string') return value.startsWith('$!') ? inFolder(value.slice(2), folder) : value
    if (Array.isArray(value)) return value.map(replace)
    return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item)])) : value
  }
  return 'params' in config ? { ...config, params: replace(config.params) } : config
}

function inFolder(path: string, folder: string): string {
  return isPath(path) ? resolve(folder, path) : path
}
