import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run/command.mjs'
import { publishedPackages } from '../run/workspace.mjs'

const readme = { least: 20, most: 120 }

/** What every package has (docs/contributing/principles.md), and pages that must stay short. */
export function badAnatomy() {
  return [...publishedPackages().flatMap(({ folder, manifest }) => missing(folder, manifest)), ...tooLong('CONTRIBUTING.md', 150)]
}

function missing(folder, { exports = {}, files = [], engines = {} }) {
  const wrong = ['README.md', 'src/index.ts', 'test/exports.test.ts']
    .filter((file) => !existsSync(join(root, folder, file)))
    .map((file) => `${folder}/${file} is missing`)
  for (const [path, target] of Object.entries(exports)) {
    const conditions = typeof target === 'object' ? Object.keys(target).join(', ') : ''
    if (conditions && conditions !== '@reloop/source, types, default')
      wrong.push(`${folder}: conditions of "${path}" must be @reloop/source, types, default, not ${conditions}`)
  }
  if (!files.includes('dist')) wrong.push(`${folder}: "files" must list dist`)
  if (engines.node !== '>=20.19') wrong.push(`${folder}: "engines" must be { "node": ">=20.19" }`)
  return [...wrong, ...tooLong(`${folder}/README.md`, readme.most), ...tooShort(`${folder}/README.md`, readme.least)]
}

const linesOf = (file) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length : undefined)

function tooLong(file, most) {
  const lines = linesOf(file)
  return lines > most ? [`${file} has ${lines} lines; ${most} at most`] : []
}

function tooShort(file, least) {
  const lines = linesOf(file)
  return lines < least ? [`${file} has ${lines} lines: say what it is, how to install it, one example`] : []
}
