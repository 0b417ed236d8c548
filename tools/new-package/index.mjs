// Usage: node tools/new-package packages/name "What it is"      (also connectors/, components/, sdks/)
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../run/command.mjs'
import { Told, main } from '../run/step.mjs'
import { filesFor, packageName } from './files.mjs'

await main(() => {
  const [folder, description] = process.argv.slice(2)
  if (!folder || !packageName(folder) || !description) throw new Told('Usage: node tools/new-package packages/name "What it is"')
  if (existsSync(join(root, folder))) throw new Told(`${folder} exists already.`)
  for (const [path, text] of Object.entries(filesFor(folder, description.replace(/\.$/, '')))) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
    console.log(path)
  }
  console.log(`\nNext: give ${folder} its line in tools/floors/floors.mjs, then run: npx --yes pnpm@12.21.0 install`)
})
