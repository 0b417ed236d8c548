import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../command.mjs'

const store = join(root, 'node_modules/.pnpm')
const names = [
  'cookie',
  'content-disposition',
  '@apidevtools/json-schema-ref-parser',
  'node-fetch',
  'data-uri-to-buffer',
  'fetch-blob',
  'formdata-polyfill',
  'jose',
]

/** Every installed copy of a package that is published as ES modules only (jest.preset.js transforms these). */
const copies = names.flatMap((name) =>
  readdirSync(store)
    .filter((folder) => folder.startsWith(`${name.replace('/', '+')}@`))
    .map((folder) => [folder, join(store, folder, 'node_modules', name)] as const)
    .filter(([, path]) => existsSync(join(path, 'package.json'))),
)

it.each(copies)('loads %s under jest', (_, path) => {
  expect(Object.keys(require(path))).not.toEqual([])
})
