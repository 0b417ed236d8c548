// Usage: node tools/node-matrix [24 26 …]      runs all suites on newer lines of Node and prints a table (minutes; outside npm test)
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main, step } from '../run/step.mjs'
import { summary } from '../run/summary.mjs'
import { down, up } from '../services/up.mjs'
import { runLine } from './line.mjs'

const asked = process.argv.slice(2)

await main(async () => {
  const services = await up(['postgresql', 'chromium'])
  Object.assign(process.env, services.env)
  const rows = []
  try {
    for (const line of asked.length ? asked : ['24', '26']) rows.push(await tryLine(line))
  } finally {
    await down(services.started)
  }
  console.log(['\n| Node | Passed | Failed | Skipped |', '|---|---|---|---|', ...rows].join('\n'))
})

async function tryLine(line) {
  const home = mkdtempSync(join(tmpdir(), `reloop-node-${line}-`))
  try {
    const { version, counts, output } = await step(`Node ${line}`, () => runLine(line, home))
    const { text, failed } = summary(counts)
    console.log(failed ? `${output}\n${text}` : text)
    if (failed) process.exitCode = 1
    const total = (key) => [...counts.values()].reduce((sum, count) => sum + count[key], 0)
    return `| ${version} | ${total('passed')} | ${total('failed')} | ${total('skipped')} |`
  } catch (error) {
    process.exitCode = 1
    console.error(error.message)
    return `| ${line} | could not run | | |`
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}
