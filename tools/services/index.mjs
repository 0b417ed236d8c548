#!/usr/bin/env node
// Usage: node tools/services up|down|env [name …]     names: postgresql mysql redis chromium (all when none is given)
import { stillRuns } from './identity.mjs'
import { registry } from './registry.mjs'
import { readState } from './state.mjs'
import { down, up } from './up.mjs'

const [command, ...names] = process.argv.slice(2)
const commands = { up: start, down: () => down(names.length ? names : undefined), env: print }
const run = commands[command]
if (run) await run()
else fail(`Usage: services ${Object.keys(commands).join('|')} [${Object.keys(registry).join(' ')}]`)

async function start() {
  const began = Date.now()
  const { env, missing } = await up(names.length ? names : Object.keys(registry))
  for (const [variable, value] of Object.entries(env)) console.log(`${variable}=${value}`)
  console.log(`up in ${((Date.now() - began) / 1000).toFixed(1)} s`)
  for (const line of missing) console.error(`missing ${line}`)
  if (missing.length && (names.length || process.env.CI)) process.exitCode = 1
}

/** Prints the exports for a shell: eval "$(node tools/services env)" */
function print() {
  for (const [name, { variable, find, start: runs }] of Object.entries(registry)) {
    if (process.env[variable] || (names.length && !names.includes(name))) continue
    const entry = readState()[name]
    const value = runs ? entry?.url && stillRuns(entry) && entry.url : find()
    if (value) console.log(`export ${variable}='${value}'`)
  }
}

function fail(message) {
  console.error(message)
  process.exitCode = 1
}
