import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const workspace: Record<string, { folder: string; depends?: string[]; peers?: string[]; dev?: string[] }> = {
  '@reloop/errors': { folder: 'packages/errors' },
  '@reloop/phase': { folder: 'packages/phase' },
  '@reloop/callback': { folder: 'packages/callback' },
  '@reloop/schema': { folder: 'packages/schema', depends: ['@reloop/errors', 'ajv'] },
  '@reloop/juggler': {
    folder: 'packages/juggler',
    depends: ['@reloop/errors', '@reloop/callback', '@reloop/remoting', '@reloop/connector-memory', 'knex', 'fastify'],
  },
  '@reloop/remoting': { folder: 'packages/remoting', depends: ['@reloop/errors', '@reloop/callback', 'fastify'] },
  '@reloop/core': { folder: 'packages/core', depends: ['@reloop/juggler', '@reloop/remoting', 'fastify', 'express'] },
  '@reloop/boot': { folder: 'packages/boot', depends: ['@reloop/errors'], peers: ['@reloop/core'], dev: ['@reloop/core'] },
  '@reloop/connector-memory': { folder: 'connectors/memory', depends: ['@reloop/errors'] },
  '@reloop/connector-sqlite': { folder: 'connectors/sqlite', depends: ['@reloop/juggler'] },
  '@reloop/stray': { folder: 'packages/stray', depends: ['@reloop/errors'] },
}
const foreign = ['ajv', 'fastify', 'knex', 'express', 'left-pad']

const clean: Record<string, string> = {
  'packages/errors/src/index.ts': `export { errorOf } from './error-of'`,
  'packages/errors/src/error-of.ts': `export const errorOf = (code: string) => new Error(code)`,
  'packages/errors/src/inner.ts': `export const inner = 1`,
  'packages/phase/src/index.ts': `export const phase = 1`,
  'packages/callback/src/index.ts': `export const door = 1`,
  'packages/schema/src/index.ts': `import ajv from 'ajv'\nimport { errorOf } from '@reloop/errors'\nexport const check = () => [ajv, errorOf('X')]`,
  'packages/juggler/src/index.ts': `export { find } from './find'\nexport { open } from './open'\nexport { old } from './legacy-find'`,
  'packages/juggler/src/find.ts': `import { errorOf } from '@reloop/errors'\nimport type { Shape } from './shape'\nexport const find = (shape: Shape) => errorOf(shape.name)`,
  'packages/juggler/src/shape.ts': `import type { find } from './find'\nexport interface Shape { name: string; find: typeof find }`,
  'packages/juggler/src/open.ts': `export const open = () => import('@reloop/connector-memory')`,
  'packages/juggler/src/legacy-find.ts': `import { door } from '@reloop/callback'\nexport const old = door`,
  'packages/remoting/src/index.ts': `import fastify from 'fastify'\nexport const serve = fastify`,
  'packages/core/src/index.ts': `import { find } from '@reloop/juggler'\nimport { serve } from '@reloop/remoting'\nexport const app = [find, serve]`,
  'packages/boot/src/index.ts': `import type { app } from '@reloop/core'\nexport type App = typeof app`,
  'connectors/memory/src/index.ts': `import { errorOf } from '@reloop/errors'\nexport const memory = errorOf('M')`,
  'connectors/sqlite/src/index.ts': `export const sqlite = 1`,
}

/** Writes a small workspace of the house's shape into a temporary folder, plus the given files; returns its path. */
export function makeTree(added: Record<string, string> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'reloop-floors-')))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  mkdirSync(join(root, 'node_modules/@reloop'), { recursive: true })
  for (const name of foreign) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    write(`node_modules/${name}/index.js`, 'module.exports = () => {}')
  }
  for (const [name, { folder, depends = [], peers = [], dev = [] }] of Object.entries(workspace)) {
    const versions = (names: string[]) => Object.fromEntries(names.map((one) => [one, '1.0.0']))
    const exports = { '.': { '@reloop/source': './src/index.ts', default: './dist/index.js' } }
    const parts = { dependencies: versions(depends), peerDependencies: versions(peers), devDependencies: versions(dev) }
    write(`${folder}/package.json`, JSON.stringify({ name, version: '1.0.0', exports, ...parts }))
    symlinkSync(join(root, folder), join(root, 'node_modules', name))
  }
  for (const [path, text] of Object.entries({ ...clean, ...added })) write(path, text)
  return root
}
