import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { publishedPackages } from '../run/workspace.mjs'
import { table } from './table.mjs'

/**
 * An alias package: its row of the table, its major, and its name for people (`loopback@2`).
 * @typedef {{ ancestor: string, ours: string, majors: Record<string, string | null>, main: string, add?: Record<string, string>,
 *   deep?: Record<string, string | Record<string, string>>, major: string, title: string }} Alias
 */

/** @type {Alias[]} */
export const aliases = table.flatMap((row) =>
  Object.keys(row.majors).map((major) => ({ ...row, major, title: `${row.ancestor}@${major}` })),
)

/**
 * Writes one folder per alias package below a folder.
 * @returns {{ alias: Alias, folder: string }[]}
 */
export function generate(target) {
  const manifests = new Map(publishedPackages().map(({ manifest }) => [manifest.name, manifest]))
  return aliases.map((alias) => {
    const folder = join(target, `${alias.ancestor}-${alias.major}`)
    for (const [path, text] of Object.entries(filesOf(alias, manifests))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return { alias, folder }
  })
}

function filesOf(alias, manifests) {
  const deep = Object.entries(alias.deep ?? {})
  const scripts = deep.flatMap(([path, shape]) => [[`${path}.js`, deepModule(alias, path, shape)]])
  return {
    'package.json': `${JSON.stringify(manifest(alias, manifests), null, 2)}\n`,
    'README.md': readme(alias),
    'index.js': mainModule(alias),
    'index.d.ts': types(alias),
    ...Object.fromEntries(scripts),
  }
}

function manifest({ ancestor, major, ours, deep = {}, title }, manifests) {
  const our = manifests.get(ours)
  const peers = Object.keys(our.peerDependencies ?? {}).filter((name) => manifests.has(name))
  const behind = Object.values(deep).filter((shape) => manifests.has(shape))
  const depends = [...new Set([ours, '@reloop/compat', ...peers, ...behind])]
  return {
    name: `@reloop/${ancestor}`,
    version: versionFor(major, our.version),
    description: `${title} for applications that name it: ${ours} under its ancestor's name`,
    license: our.license,
    repository: { ...our.repository, directory: 'tools/aliases' },
    engines: our.engines,
    main: './index.js',
    types: './index.d.ts',
    files: ['index.js', 'index.d.ts', ...new Set(Object.keys(deep).map((path) => path.split('/')[0]))],
    dependencies: Object.fromEntries(depends.map((name) => [name, `^${manifests.get(name).version}`])),
    publishConfig: { access: 'public' },
  }
}

/** The ancestor's major with a minor beyond all it ever had, so that every range somebody wrote for that line accepts it. */
export function versionFor(major, ours) {
  const [first, second, third] = ours.split('.').map(Number)
  return `${major}.${1000 * (first + 1) + second}.${third}`
}

function announcement({ ancestor, major, majors }) {
  const profile = majors[major]
  return profile ? `require('@reloop/compat').announceAlias({ name: '${ancestor}', major: ${major}, profile: '${profile}' })\n` : ''
}

function mainModule(alias) {
  const { ours, main, add = {} } = alias
  const added = Object.entries(add).map(([name, from]) => `${name}: ours.${from}`)
  const shapes = {
    callable: `module.exports = require('${ours}')\n`,
    whole: `const ours = require('${ours}')\n\nmodule.exports = { ${['...ours', ...added].join(', ')} }\n`,
  }
  const carrying = added.length ? `Object.assign(ours.${main}, { ${added.join(', ')} })` : `ours.${main}`
  const named = `const ours = require('${ours}')\n\nmodule.exports = ${carrying}\n`
  return `'use strict'\n${announcement(alias)}${shapes[main] ?? named}`
}

function deepModule({ ours }, path, shape) {
  const main = `require('${'../'.repeat(path.split('/').length - 1)}index')`
  if (shape.startsWith?.('@')) {
    const [name, member] = shape.split('#')
    return `'use strict'\n${main}\n\nmodule.exports = require('${name}')${member ? `.${member}` : ''}\n`
  }
  const pairs = Object.entries(shape).map(([name, from]) => `${name}: ours.${from}`)
  const value = typeof shape === 'string' ? `ours.${shape}` : `{ ${pairs.join(', ')} }`
  return `'use strict'\n${main}\nconst ours = require('${ours}')\n\nmodule.exports = ${value}\n`
}

function types({ ours, main, add = {} }) {
  if (main === 'whole') return `export * from '${ours}'\n`
  if (main === 'callable') return `import ours = require('${ours}')\nexport = ours\n`
  const added = Object.entries(add).map(([name, from]) => `${name}: typeof ours.${from}`)
  return `import * as ours from '${ours}'\ndeclare const alias: typeof ours.${main} & { ${added.join('; ')} }\nexport = alias\n`
}

function readme({ ancestor, major, ours, title }) {
  return [
    `# @reloop/${ancestor} ${major}.x`,
    '',
    `For applications and connectors that load \`${ancestor}\`: \`${ours}\` under its ancestor's name, answering like ${title}.`,
    '',
    '```json',
    `{ "dependencies": { "${ancestor}": "npm:@reloop/${ancestor}@${major}" } }`,
    '```',
    '',
  ].join('\n')
}
