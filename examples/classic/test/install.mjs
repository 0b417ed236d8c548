// Usage: node install.mjs FOLDER MAJOR     lets an application in FOLDER load the ancestors' names of a major of loopback
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generate } from '../../../tools/aliases/generate.mjs'
import { publishedPackages } from '../../../tools/run/workspace.mjs'

const root = join(import.meta.dirname, '../../..')
const [folder, major] = process.argv.slice(2)
const majors = {
  loopback: major,
  'loopback-boot': major === '2' ? '2' : '3',
  'loopback-component-explorer': major === '2' ? '2' : '6',
  'loopback-datasource-juggler': major,
}
const modules = join(folder, 'node_modules')
mkdirSync(modules, { recursive: true })

const written = mkdtempSync(join(folder, 'aliases-'))
for (const alias of generate(written)) {
  if (majors[alias.alias.ancestor] === alias.alias.major) renameSync(alias.folder, join(modules, alias.alias.ancestor))
}
rmSync(written, { recursive: true })

for (const { folder: source, manifest } of publishedPackages()) link(manifest.name, join(root, source))
for (const name of readdirSync(join(import.meta.dirname, '../node_modules'))) {
  if (!name.startsWith('.') && !name.startsWith('@')) link(name, join(import.meta.dirname, '../node_modules', name))
}

function link(name, target) {
  const place = join(modules, name)
  mkdirSync(dirname(place), { recursive: true })
  if (!existsSync(place)) symlinkSync(target, place, 'dir')
}
