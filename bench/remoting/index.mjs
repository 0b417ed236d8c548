import { execFile, fork } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'

const run = promisify(execFile)
const options = { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '2' } }
const { values } = parseArgs({ options })

/** Every round visits every server; a fresh process each time. Server on the first core, load on the second. */
const kinds = [['raw'], ['remoting'], ['idle'], ['remoting', '50'], ['remoting', '200'], ['remoting', '500']]
const results = new Map(kinds.map((kind) => [kind.join(' '), { rates: [], ready: [], memory: [] }]))

for (let round = 0; round < Number(values.rounds); round++) {
  for (const kind of kinds) {
    const { rate, ready, memory } = await measure(kind)
    const result = results.get(kind.join(' '))
    result.rates.push(rate)
    result.ready.push(ready)
    result.memory.push(memory)
  }
}
report()

async function measure(kind) {
  const server = fork(join(import.meta.dirname, 'server.mjs'), kind)
  try {
    const { port, ready, memory } = await new Promise((resolve, reject) => server.once('message', resolve).once('exit', reject))
    await run('taskset', ['-cp', '0', String(server.pid)])
    const url = `http://127.0.0.1:${port}/api/Target/join?a=1&b=two`
    const text = await (await fetch(url)).text()
    if (text !== '{"text":"1 two"}') throw new Error(`${kind.join(' ')} answers ${text}`)
    await load(url, 1)
    return { rate: await load(url, values.seconds), ready, memory: memory / 2 ** 20 }
  } finally {
    server.kill()
  }
}

async function load(url, seconds) {
  const { stdout } = await run('taskset', ['-c', '1', 'wrk', '-t1', '-c32', `-d${seconds}s`, url])
  if (/Non-2xx/.test(stdout)) throw new Error(stdout)
  return Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)[1])
}

function report() {
  const raw = results.get('raw').rates
  const one = results.get('remoting')
  console.log('| server | requests/s | to raw Fastify | to one class | start, ms | memory, MB |\n| --- | --- | --- | --- | --- | --- |')
  for (const [name, { rates, ready, memory }] of results) {
    const ratio = (base) => median(rates.map((rate, round) => rate / base[round])).toFixed(3)
    const columns = [Math.round(median(rates)), ratio(raw), ratio(one.rates), median(ready).toFixed(0), median(memory).toFixed(1)]
    console.log(`| ${name} | ${columns.join(' | ')} |`)
  }
}

function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
}
