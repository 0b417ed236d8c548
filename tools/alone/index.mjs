// Usage: node tools/alone [--keep]      packs what is built, installs every package alone and runs its README example
import { rmSync } from 'node:fs'
import { setUp } from '../run/setup.mjs'
import { main, step } from '../run/step.mjs'
import { printResults } from '../run/results.mjs'
import { checkAlone } from './check.mjs'
import { installAlone } from './workspace.mjs'

await main(async () => {
  await setUp()
  const installed = await step('install every package alone', installAlone)
  printResults(await checkAlone(installed))
  if (process.argv.includes('--keep')) console.log(installed.home)
  else rmSync(installed.home, { recursive: true, force: true })
})
