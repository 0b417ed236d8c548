// npm test: sets everything up, starts the servers that tests need, runs every check and every suite, and counts.
// npm test -- PATTERN … runs only the suites that match.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readReports, staleLines } from '../capability-table/page.mjs'
import { down, up } from '../services/up.mjs'
import { runChecks, stage } from './checks.mjs'
import { indent, resultOf } from './results.mjs'
import { build, prepare } from './setup.mjs'
import { bold, dim, red, step, yellow } from './step.mjs'
import { runSuites } from './suites.mjs'
import { addResults, summary } from './summary.mjs'

const needed = ['postgresql', 'mysql', 'redis', 'chromium']
const patterns = process.argv.slice(2)
const counts = new Map()

report({ 'set-up': [await resultOf('set-up', testAll)].filter(({ passed }) => !passed) })
const { text, failed } = summary(counts)
if (failed) process.exitCode = 1
console.log(text)

async function testAll() {
  await prepare()
  report({ build: [await resultOf('build packages', () => step('build packages', build))] })
  const services = await step('start services', (note) =>
    up(needed).then((result) => (note(result.started.join(', ') || 'up already'), result)),
  )
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void down(services.started).then(() => process.exit(1)))
  Object.assign(process.env, services.env)
  try {
    report({ services: tellMissing(services.missing) })
    if (patterns.length === 0) await check()
    console.log(bold('\nSuites'))
    await suites()
  } finally {
    await step('stop services', () => down(services.started))
  }
}

/** Runs the suites. Those of the conformance kit report what each connector can do, which the page of connectors must say. */
async function suites() {
  const reports = mkdtempSync(join(tmpdir(), 'reloop-conformance-'))
  process.env.RELOOP_CONFORMANCE_REPORT = reports
  try {
    for (const [suite, count] of await runSuites(patterns)) merge(suite, count)
    if (patterns.length) return
    const stale = staleLines(readReports(reports))
    const name = 'connectors page is current'
    report({ checks: [{ name, passed: stale.length === 0, output: ['run node tools/capability-table; it lacks', ...stale].join('\n') }] })
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

async function check() {
  // Its tools are packages, which are there only once the set-up has run.
  const { runPackageChecks } = await import('./packages.mjs')
  report({ checks: await stage('types, lint, format, house rules', runChecks) })
  const suites = {}
  const results = await stage('packages: alone, exports, aliases', async () =>
    Object.values(Object.assign(suites, await runPackageChecks())).flat(),
  )
  report(Object.keys(suites).length ? suites : { 'tools/alone': results })
}

/** Without a server its tests are skipped, and that is said aloud; under CI it is a failure. */
function tellMissing(missing) {
  for (const line of missing)
    console.log((process.env.CI ? red : yellow)(`MISSING ${line}: its tests ${process.env.CI ? 'must run' : 'are skipped'}`))
  return process.env.CI ? missing.map((line) => ({ name: line, passed: false })) : []
}

/** Counts results, and shows what failed. */
function report(suites) {
  for (const [suite, results] of Object.entries(suites)) {
    addResults(counts, suite, results)
    for (const { name, passed, output } of results) if (!passed) console.log(`${red('✗')} ${name}\n${dim(indent(output ?? ''))}`)
  }
}

function merge(suite, count) {
  const before = counts.get(suite) ?? { passed: 0, failed: 0, skipped: 0 }
  counts.set(suite, Object.fromEntries(Object.entries(before).map(([key, value]) => [key, value + count[key]])))
}
