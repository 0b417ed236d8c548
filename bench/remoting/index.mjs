import { execFile, fork } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'

const run = promisify(execFile)
const options = { rounds: { type: 'string', default: '9' }, seconds: { type: 'string', default: '1' }, only: { type: 'string' } }
const { values } = parseArgs({ options })

/** Every round visits every server in turn, so that what else the machine does meets all alike. Servers on the first core, load on the second. */
const kinds = [['raw'], ['remoting'], ['idle'], ['remoting', '50'], ['remoting', '200'], ['remoting', '500']]
const chosen = values.only ? kinds.filter((kind) => values.only.split(',').includes(kind.join(' '))) : kinds
const servers = []
for (const kind of chosen) servers.push(await start(kind))
for (const { url } of servers) await load(url, 2)
for (let round = 0; round < Number(values.rounds); round++) {
  for (const server of servers) await measure(server)
}
for (const { process: child } of servers) child.kill()
report(new Map(servers.map((server) => [server.name, server])))

async function start(kind) {
  const child = fork(join(import.meta.dirname, 'server.mjs'), kind)
  const { port, ready, memory } = await new Promise((resolve, reject) => child.once('message', resolve).once('exit', reject))
  await run('taskset', ['-cp', '0', String(child.pid)])
  const name = kind.join(' ')
  const url = `http://127.0.0.1:${port}/api/Target/join?a=1&b=two`
  const text = await (await fetch(url)).text()
  if (text !== '{"text":"1 two"}') throw new Error(`${name} answers ${text}`)
  return { name, process: child, url, ready, memory: memory / 2 ** 20, rates: [], costs: [] }
}

async function measure(server) {
  const before = await processorTime(server.process)
  const { rate, count } = await load(server.url, values.seconds)
  server.rates.push(rate)
  server.costs.push(((await processorTime(server.process)) - before) / count)
}

async function load(url, seconds) {
  const { stdout } = await run('taskset', ['-c', '1', 'wrk', '-t1', '-c32', `-d${seconds}s`, url])
  if (/Non-2xx/.test(stdout)) throw new Error(stdout)
  return { rate: Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)[1]), count: Number(/(\d+) requests in/.exec(stdout)[1]) }
}

/** Microseconds of processor that the server has used: other load on the machine hardly touches them. */
function processorTime(server) {
  const answer = new Promise((resolve) => server.once('message', ({ used }) => resolve(used)))
  server.send('used')
  return answer
}

function report(results) {
  const raw = results.get('raw')
  const one = results.get('remoting')
  console.log(
    '| server | requests/s | to raw Fastify | to one class | µs of processor a request | raw Fastify to it | one class to it | start, processor ms | memory, MB |',
  )
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |')
  for (const [name, { rates, costs, ready, memory }] of results) {
    const more = (base) => median(rates.map((rate, round) => rate / base.rates[round])).toFixed(3)
    const less = (base) => median(costs.map((cost, round) => base.costs[round] / cost)).toFixed(3)
    const speed = [Math.round(median(rates)), more(raw), more(one)]
    const cost = [median(costs).toFixed(1), less(raw), less(one)]
    console.log(`| ${[name, ...speed, ...cost, ready.toFixed(0), memory.toFixed(1)].join(' | ')} |`)
  }
}

function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
}
