import { realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { isFile, isFolder } from './folder'

/** The folder of the nearest package.json above a folder; the folder itself when there is none. */
export function projectRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (isFile(join(at, 'package.json'))) return at
    if (dirname(at) === at) return folder
  }
}

/** Whether a path lies inside a folder, also after links are followed. */
export function isInside(path: string, root: string): boolean {
  const [from, to] = [real(root), real(path)]
  const way = relative(from, to)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

function real(path: string): string {
  return isFile(path) || isFolder(path) ? realpathSync(path) : path
}
