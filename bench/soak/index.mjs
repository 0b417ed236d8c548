// Usage: node soak/index.mjs [--minutes 10] [--rate 200]      mixed load on PostgreSQL, which is restarted in the middle
import { spawn } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { serverAccount } from '../../tools/services/account.mjs'
import { freePort, terminate } from '../../tools/services/process.mjs'
import { postgresql } from '../../tools/services/servers/postgresql.mjs'
import { startLoad } from './load.mjs'

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, rate: { type: 'string', default: '200' } } })
const [minutes, rate] = [Number(values.minutes), Number(values.rate)]
const settled = Math.min(3, minutes * 0.3)
const { Client } = createRequire(import.meta.url)('pg')

const dir = mkdtempSync(join(tmpdir(), 'reloop-soak-'))
const account = serverAccount()
if (account) chownSync(dir, account.uid, account.gid)
let pid
const found = postgresql.find(account)
if (!found) throw new Error(postgresql.missing)
const port = await freePort()
// What is confirmed must be on its way to disk: fsync may be off, this may not.
const database = await postgresql.start({ found, dir, port, account, started: (own) => (pid = own), further: ['synchronous_commit=on'] })

let app
try {
  app = await startApp(database.url)
  const load = startLoad(`${app.url}/api`, rate)
  const memory = await soak(load)
  await load.stop()
  report({ load, memory, lost: await missing(load.confirmed) })
} finally {
  app?.child.kill('SIGKILL')
  await terminate({ pid }, dir, postgresql.stopSignal)
  rmSync(dir, { recursive: true, force: true })
}

async function soak(load) {
  const samples = []
  const begun = Date.now()
  let restarted = false
  while (Date.now() - begun < minutes * 60_000) {
    // Memory is read after a collection: otherwise it tells when V8 last felt like one.
    app.child.kill('SIGUSR2')
    await sleep(5000)
    const minute = (Date.now() - begun) / 60_000
    samples.push({ minute, mb: rssOf(app.child.pid) })
    if (!restarted && minute > minutes / 2) {
      restarted = true
      await restart()
    }
    progress(minute, load, samples.at(-1).mb)
  }
  return samples
}

/** Fast shutdown: open transactions are broken off, then everything starts anew on the same data. */
async function restart() {
  process.stderr.write('\nrestarting PostgreSQL\n')
  process.kill(pid, 'SIGINT')
  while (isAlive(pid)) await sleep(50)
  await sleep(2000)
  await database.again()
}

/** What was confirmed and is not there. */
async function missing({ created, versions }) {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query('select id, key, version from note')
  await client.end()
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const byId = new Map(rows.map((row) => [row.id, row]))
  const keys = [...created.keys()].filter((key) => !byKey.has(key))
  const stale = [...versions].filter(([id, version]) => !(byId.get(id)?.version >= version)).map(([id]) => id)
  return { rows: rows.length, keys, stale }
}

function report({ load, memory, lost }) {
  const slope = slopeOf(memory.filter(({ minute }) => minute > settled))
  const { counts, failures } = load
  const [gap, after] = [load.longestGap() / 1000, memory.at(-1).mb]
  console.log(
    `\n${counts.sent} requests in ${minutes} min: ${counts.ok} answered 200, ${counts.failed} refused, ${counts.unanswered} without an answer`,
  )
  if (failures.size > 0) console.log(`  ${[...failures].map(([what, times]) => `${what}: ${times}`).join(', ')}`)
  console.log(
    `longest time without a success: ${gap.toFixed(1)} s; memory at the end ${after.toFixed(0)} MB, ${slope.toFixed(2)} MB/min after minute ${settled}`,
  )
  console.log(
    `${load.confirmed.created.size} created and ${load.confirmed.versions.size} rows changed as confirmed; ${lost.rows} rows in the table`,
  )
  const problems = [
    lost.keys.length > 0 && `${lost.keys.length} confirmed rows are missing, such as ${lost.keys[0]}`,
    lost.stale.length > 0 && `${lost.stale.length} confirmed changes are missing, such as of id ${lost.stale[0]}`,
    slope >= 1 && `memory grows by ${slope.toFixed(2)} MB/min`,
    gap > 30 && `no success for ${gap.toFixed(1)} s`,
  ].filter(Boolean)
  for (const problem of problems) console.error(`FAILED: ${problem}`)
  if (problems.length > 0) process.exitCode = 1
  else console.log('nothing lost, memory steady, recovered without a restart')
}

/** Least squares, MB per minute. */
function slopeOf(samples) {
  const mean = (pick) => samples.reduce((sum, one) => sum + pick(one), 0) / samples.length
  const [x, y] = [mean(({ minute }) => minute), mean(({ mb }) => mb)]
  const over = samples.reduce((sum, { minute, mb }) => sum + (minute - x) * (mb - y), 0)
  return over / samples.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0)
}

async function startApp(url) {
  const child = spawn(process.execPath, ['--expose-gc', join(import.meta.dirname, 'app.cjs')], {
    env: { ...process.env, NODE_ENV: 'production', SOAK_URL: url },
    stdio: ['ignore', 'pipe', process.env.SOAK_LOG ? 'inherit' : 'ignore'],
  })
  for await (const text of child.stdout) {
    const ready = /^ready (\d+)$/m.exec(String(text))?.[1]
    if (ready) return { child, url: `http://127.0.0.1:${ready}` }
  }
  throw new Error('The application ended before it listened; SOAK_LOG=1 shows why.')
}

function rssOf(process) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process}/status`, 'latin1'))[1]) / 1024
}

function isAlive(server) {
  try {
    return process.kill(server, 0)
  } catch {
    return false
  }
}

function progress(minute, { counts }, mb) {
  const done = Math.min(1, minute / minutes)
  const bar = '█'.repeat(Math.round(done * 30)).padEnd(30, '░')
  process.stderr.write(`\r${bar} ${minute.toFixed(1)} min  ${counts.ok} ok  ${counts.failed + counts.unanswered} not  ${mb.toFixed(0)} MB `)
}
