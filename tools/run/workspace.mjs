import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './command.mjs'

const rooms = ['packages', 'connectors', 'components', 'sdks', 'examples']

/** Folders of the workspace's packages, relative to its top. */
export function packageFolders() {
  return rooms
    .filter((room) => existsSync(join(root, room)))
    .flatMap((room) => readdirSync(join(root, room)).map((name) => `${room}/${name}`))
    .concat('bench')
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
}

/** The packages that are published: folder and manifest of each. */
export function publishedPackages() {
  return packageFolders()
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => !manifest.private)
}
