import { realpath, stat } from 'node:fs/promises'
import { dirname, extname, join, sep } from 'node:path'
import { assets } from './page'

/** A file of the page that may be sent. */
export interface PageFile {
  readonly path: string
  readonly size: number
  readonly modified: number
  readonly type: string
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Of Swagger UI's package only what the page uses. */
const fromSwaggerUi = new Set(['swagger-ui-bundle.js', 'swagger-ui.css', 'favicon-16x16.png', 'favicon-32x32.png'])

/**
 * Finds a file of the page by its path below the page: in the user's folders, then ours, then Swagger UI's.
 *
 * Names that begin with a dot, leave their folder (also by a link) or have a type that a page does not need are not found.
 */
export async function findFile(name: string, folders: readonly string[]): Promise<PageFile | undefined> {
  const parts = name.split('/')
  if (parts.some((part) => part === '' || part.startsWith('.') || /[\\\0]/.test(part))) return undefined
  const type = types[extname(name).toLowerCase()]
  if (type === undefined) return undefined
  const places = [...folders, assets, ...(fromSwaggerUi.has(name) ? [dirname(require.resolve('swagger-ui-dist/package.json'))] : [])]
  for (const folder of places) {
    const found = await inside(folder, parts)
    if (found) return { ...found, type }
  }
  return undefined
}

async function inside(folder: string, parts: readonly string[]): Promise<Omit<PageFile, 'type'> | undefined> {
  try {
    const root = await realpath(folder)
    const path = await realpath(join(root, ...parts))
    if (!path.startsWith(root + sep)) return undefined
    const { size, mtimeMs } = await stat(path).then((found) => (found.isFile() ? found : Promise.reject(new Error('not a file'))))
    return { path, size, modified: mtimeMs }
  } catch {
    return undefined
  }
}
