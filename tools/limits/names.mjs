import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from '../run/command.mjs'
import { publishedPackages } from '../run/workspace.mjs'

const banned = /^(utils?|helpers?|common|misc|shared|stuff|manager)$|^(base|abstract)-|-manager$/
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/

/** Files and folders of sources and tests whose names say nothing, or are not kebab-case. */
export function badNames() {
  return publishedPackages()
    .flatMap(({ folder }) => ['src', 'test'].flatMap((part) => walk(join(folder, part))))
    .flatMap((path) => {
      const [name] = basename(path).split('.')
      if (banned.test(name)) return [`${path}: name it for its one subject, not "${name}"`]
      return name === 'README' || kebab.test(basename(path)) ? [] : [`${path}: names are kebab-case`]
    })
}

function walk(folder) {
  return entries(folder).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (!entry.isDirectory()) return [path]
    return ['fixtures', 'recorded', '__snapshots__'].includes(entry.name) ? [] : [path, ...walk(path)]
  })
}

function entries(folder) {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
  } catch {
    return []
  }
}
