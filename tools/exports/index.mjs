// Usage: node tools/exports      packs what is built and checks how every package looks from outside (names, types, publint)
import { rmSync } from 'node:fs'
import { installAlone } from '../alone/workspace.mjs'
import { printResults } from '../run/results.mjs'
import { setUp } from '../run/setup.mjs'
import { main, step } from '../run/step.mjs'

await main(async () => {
  await setUp()
  const [{ checkExports }, { checkPublished }] = await Promise.all([import('./check.mjs'), import('./publint.mjs')])
  const installed = await step('install every package alone', installAlone)
  printResults([...(await checkExports(installed)), ...(await checkPublished(installed))])
  rmSync(installed.home, { recursive: true, force: true })
})
