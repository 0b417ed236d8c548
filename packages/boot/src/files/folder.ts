import { existsSync, readdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { isScript } from './extensions'

/** Names in a folder, sorted without regard to case; none when there is no such folder. */
export function namesIn(folder: string): readonly string[] {
  if (!isFolder(folder)) return []
  const names = readdirSync(folder)
  return names.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : a < b ? -1 : 1))
}

/** Scripts of a folder that run by themselves: not index files, not those that begin with `_`. */
export function scriptsIn(folder: string, extensions: readonly string[]): readonly string[] {
  return namesIn(folder)
    .filter((name) => !name.startsWith('_') && name.slice(0, -extname(name).length) !== 'index' && isScript(name, extensions))
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
}

/** Whether a path is a folder. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** Whether a path is a file. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

/** The file of that name with one of the extensions, or undefined; the first extension wins. */
export function withExtension(path: string, extensions: readonly string[]): string | undefined {
  return extensions.map((extension) => path + extension).find((file) => existsSync(file))
}
