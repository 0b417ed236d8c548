// Usage: node profile.mjs [W1] [seconds]      profiles our server under load, and tells self time by package and by function
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure } from './http/load.mjs'
import { peersOf } from './http/peers.mjs'
import { checkTools } from './http/prepare.mjs'
import { startServer } from './http/server.mjs'
import { workloads } from './http/workloads.mjs'

const [name = 'W1', seconds = '3'] = process.argv.slice(2)
const workload = workloads.find((one) => one.name === name.toUpperCase())
if (!workload) throw new Error(`There is no workload ${name}; there are ${workloads.map((one) => one.name).join(', ')}.`)
checkTools()

const folder = mkdtempSync(join(tmpdir(), 'reloop-profile-'))
const file = join(folder, 'server.cpuprofile')
const reloop = peersOf({}).find((peer) => peer.name === 'Reloop')
const peer = { ...reloop, env: { BENCH_PROFILE: file, NODE_OPTIONS: `--require=${join(import.meta.dirname, 'http', 'profiler.cjs')}` } }
const server = await startServer(peer, workload.rows)
server.signal('SIGUSR2')
const { rate, cpu } = await measure(server, workload.requests(peer), Number(seconds))
await server.stop('SIGINT')

const { busy, byPackage, byFunction } = selfTimes(JSON.parse(readFileSync(file, 'utf8')))
rmSync(folder, { recursive: true })
console.log(`${workload.name} ${workload.title}: ${Math.round(rate)}/s, ${Math.round(cpu)} µs per request (the profiler's own included)\n`)
print('package', byPackage, 20)
print('function', byFunction, 25)

/** Sums samples; idle time and the time of the profiler itself are left out. */
function selfTimes({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]))
  const [byPackage, byFunction] = [new Map(), new Map()]
  let busy = 0
  samples.forEach((id, index) => {
    const frame = byId.get(id)
    if (frame.functionName === '(idle)' || frame.functionName === '(root)') return
    busy += timeDeltas[index]
    const room = packageOf(frame)
    byPackage.set(room, (byPackage.get(room) ?? 0) + timeDeltas[index])
    const title = `${frame.functionName || '(anonymous)'}  ${placeOf(frame)}`
    byFunction.set(title, (byFunction.get(title) ?? 0) + timeDeltas[index])
  })
  return { busy, byPackage, byFunction }
}

function packageOf({ functionName, url }) {
  if (url.startsWith('node:')) return 'node'
  if (url === '') return functionName.startsWith('(') ? functionName : 'native'
  const own = /\/(packages|connectors|components)\/([^/]+)\/(dist|src)\//.exec(url)
  if (own) return own[1] === 'packages' ? `@reloop/${own[2]}` : `@reloop/${own[1].slice(0, -1)}-${own[2]}`
  return /.*\/node_modules\/((@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? 'other'
}

function placeOf({ url, lineNumber }) {
  return url === '' ? '' : `${url.replace(/^.*\/(node_modules|packages|connectors)\//, '')}:${lineNumber + 1}`
}

function print(title, times, most) {
  console.log(`self time by ${title}, %`)
  for (const [name, time] of [...times].sort((a, b) => b[1] - a[1]).slice(0, most)) {
    console.log(`${((time / busy) * 100).toFixed(1).padStart(6)}  ${name}`)
  }
  console.log()
}
