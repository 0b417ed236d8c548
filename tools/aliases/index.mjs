// Usage: node tools/aliases [DIR]      writes every alias package below DIR; without DIR checks them, installed together
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { installAlone } from '../alone/workspace.mjs'
import { printResults } from '../run/results.mjs'
import { setUp } from '../run/setup.mjs'
import { main, step } from '../run/step.mjs'
import { checkAliases } from './check.mjs'
import { generate } from './generate.mjs'

await main(async () => {
  const [target] = process.argv.slice(2)
  if (target) return generate(resolve(target)).forEach(({ folder }) => console.log(folder))
  await setUp()
  const installed = await step('install every package alone', installAlone)
  printResults(await checkAliases(installed))
  rmSync(installed.home, { recursive: true, force: true })
})
