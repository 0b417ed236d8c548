import { createRequire } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import { isFile, isFolder, withExtension } from './folder'

/**
 * Finds what a config file names: a path (`./x`, `../x`, absolute) or the name of a package.
 *
 * @param ref as it was written
 * @param from folder of the config file
 * @param extensions of scripts, for paths without one
 * @returns the file, or undefined
 */
export function resolveModule(ref: string, from: string, extensions: readonly string[]): string | undefined {
  if (!isPath(ref)) return fromPackages(ref, from)
  const path = resolve(from, ref)
  if (isFile(path)) return path
  return withExtension(path, extensions) ?? (isFolder(path) ? fromPackages(path, from) : undefined)
}

/** A folder that a config file names: a path, or a folder inside of a package; undefined when it is not there. */
export function resolveFolder(ref: string, from: string): string | undefined {
  if (isPath(ref) || isFolder(resolve(from, ref))) return existing(resolve(from, ref))
  const [scopeOrName, ...rest] = ref.split('/')
  const name = ref.startsWith('@') ? `${scopeOrName}/${rest.shift() ?? ''}` : scopeOrName!
  const manifest = fromPackages(`${name}/package.json`, from)
  return manifest === undefined ? undefined : existing(join(manifest, '..', ...rest))
}

/** Loads a module; what it has as `default` is what it exports, when it says that it comes from ESM. */
export function load(file: string): unknown {
  const module: unknown = createRequire(file)(file)
  if (typeof module !== 'object' || module === null) return module
  const { default: own, __esModule: marked } = module as { default?: unknown; __esModule?: unknown }
  const isNamespace = (module as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === 'Module'
  return own !== undefined && (marked === true || isNamespace) ? own : module
}

/** Whether a reference is a path, and not the name of a package. */
export function isPath(ref: string): boolean {
  return /^\.{1,2}(\/|\\|$)/.test(ref) || isAbsolute(ref)
}

function existing(folder: string): string | undefined {
  return isFolder(folder) ? folder : undefined
}

function fromPackages(name: string, from: string): string | undefined {
  try {
    return createRequire(join(from, 'noop.js')).resolve(name)
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return undefined
    throw error
  }
}
