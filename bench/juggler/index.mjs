// Usage: node juggler/index.mjs [--rounds 5] [--seconds 1] [--only D1,D4] [--peers reloop] [--dry]      SQLite: models beside the driver and peers
import { fork } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { tables, writeReadme } from './report.mjs'
import { installPeers } from './prepare.mjs'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    only: { type: 'string' },
    peers: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
})
const workloads = [
  ['D1', 'find by id'],
  ['D2', 'create one by one'],
  ['D2b', 'create 10,000 in one call'],
  ['D3', 'find 1,000 rows'],
  ['D4', '100 parents × 20 children'],
  ['D5', 'update by id'],
].filter(([name]) => !values.only || values.only.split(',').includes(name))
const all = [
  ['raw better-sqlite3', 'raw'],
  ['Reloop', 'reloop'],
  ['Kysely', 'kysely'],
  ['TypeORM', 'typeorm'],
  ['juggler 3', 'juggler3'],
]
const peers = all.filter(([, script], at) => at === 0 || !values.peers || values.peers.split(',').includes(script))

process.env.BENCH_PEERS = installPeers()
const folder = mkdtempSync(join(tmpdir(), 'reloop-bench-'))
let files = 0
const filled = join(folder, 'filled.db')
createRequire(import.meta.url)('./database.cjs').fill(filled)

try {
  await checkAnswers()
  const results = []
  for (let round = 0; round < Number(values.rounds); round++) results.push(await visitAll(round))
  const text = tables(results, { peers: peers.map(([name]) => name), workloads, options: values })
  console.log(text)
  if (!values.dry) writeReadme(text)
} finally {
  rmSync(folder, { recursive: true })
}

/** Every round visits every peer with a file of its own, one workload after the other, so that other load falls on all. */
async function visitAll(round) {
  const measured = Object.fromEntries(peers.map(([name]) => [name, {}]))
  for (const [workload] of workloads) {
    for (const [name, script] of peers) {
      const worker = start(script)
      measured[name][workload] = await worker.ask({ name: workload, seconds: Number(values.seconds) })
      worker.end()
      const { rate, cpu } = measured[name][workload]
      process.stderr.write(`round ${round + 1}  ${workload.padEnd(4)} ${name.padEnd(20)} ${Math.round(rate)}/s  ${cpu.toFixed(1)} µs\n`)
    }
  }
  return measured
}

async function checkAnswers() {
  let expected
  for (const [name, script] of peers) {
    const worker = start(script)
    const answer = await worker.ask({ name: 'check' })
    worker.end()
    expected ??= answer
    if (!isDeepStrictEqual(sorted(answer), sorted(expected)))
      throw new Error(`${name} answers\n${JSON.stringify(answer)}\nwhere the base answers\n${JSON.stringify(expected)}`)
  }
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}

function start(script) {
  const file = join(folder, `${files++}.db`)
  copyFileSync(filled, file)
  const child = fork(join(import.meta.dirname, 'worker.cjs'), {
    env: { ...process.env, NODE_ENV: 'production', BENCH_PEER: join(import.meta.dirname, 'peers', `${script}.cjs`), BENCH_FILE: file },
  })
  return {
    ask: (message) =>
      new Promise((resolve, reject) => {
        child.once('message', ({ result, error }) => (error ? reject(new Error(error)) : resolve(result)))
        child.once('exit', (code) => reject(new Error(`${script} ended with ${code}.`)))
        child.send(message)
      }),
    end() {
      child.removeAllListeners('exit')
      child.kill('SIGKILL')
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
    },
  }
}
