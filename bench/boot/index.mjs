// Usage: node boot/index.mjs [1,50,200,500] [rounds] [files|code]      time from process start to the first answer, by the number of models
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from './generate.mjs'

const [counts = '1,50,200,500', rounds = '5', from = 'files'] = process.argv.slice(2)
// USER_HZ, which is 100 on every Linux that Node runs on.
const msPerTick = 10

console.log('| models | ms to the first 200 | processor ms | RSS MB |\n| --- | --- | --- | --- |')
for (const count of counts.split(',').map(Number)) {
  const folder = mkdtempSync(join(tmpdir(), 'reloop-boot-'))
  if (from === 'files') generate(folder, count)
  const runs = []
  for (let round = 0; round < Number(rounds); round++) runs.push(await start(folder, count))
  rmSync(folder, { recursive: true })
  const median = (name) => Math.round(runs.map((run) => run[name]).sort((a, b) => a - b)[runs.length >> 1])
  console.log(`| ${count} | ${median('time')} | ${median('cpu')} | ${median('memory')} |`)
}

async function start(folder, count) {
  const begun = performance.now()
  const child = spawn(process.execPath, [join(import.meta.dirname, from === 'files' ? 'app.cjs' : 'in-code.cjs')], {
    env: { ...process.env, NODE_ENV: 'production', BENCH_APP: folder, BENCH_MODELS: String(count) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const reply = await fetch(`http://127.0.0.1:${await portOf(child)}/api/Model0s`)
    const time = performance.now() - begun
    if (reply.status !== 200) throw new Error(`Answered ${reply.status}: ${await reply.text()}`)
    return { time, ...usedBy(child.pid) }
  } finally {
    const over = once(child, 'exit')
    child.kill('SIGKILL')
    await over
  }
}

async function portOf(child) {
  for await (const text of child.stdout) {
    const port = /^ready (\d+)$/m.exec(String(text))?.[1]
    if (port) return port
  }
  throw new Error('The application ended before it listened.')
}

function usedBy(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]) / 1024
  return { cpu: (Number(fields[11]) + Number(fields[12])) * msPerTick, memory }
}
