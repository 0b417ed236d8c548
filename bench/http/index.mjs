// Usage: node http/index.mjs --help
import { checkAnswers } from './check.mjs'
import { measure } from './load.mjs'
import { readOptions } from './options.mjs'
import { peersOf } from './peers.mjs'
import { checkTools, installPeers } from './prepare.mjs'
import { tablesOf, writeReadme } from './report.mjs'
import { startServer } from './server.mjs'
import { workloads as all } from './workloads.mjs'

const options = readOptions(process.argv.slice(2))
checkTools()
const [base, ...others] = peersOf(installPeers())
const peers = [base, ...others.filter(({ name }) => !options.peers || options.peers.some((part) => name.toLowerCase().includes(part)))]
const workloads = all.filter(({ name }) => !options.only || options.only.includes(name.toLowerCase()))

process.stderr.write('checking that all answer the same\n')
await checkAnswers(peers, workloads)

const results = []
for (let round = 0; round < options.rounds; round++) {
  // Every round visits every peer, so that what else the machine does falls on all of them.
  const measured = Object.fromEntries(peers.map(({ name }) => [name, {}]))
  for (const workload of workloads) {
    for (const peer of peers) {
      if (peer.only && peer.only !== workload.name) continue
      const cell = await measureOnce(peer, workload)
      measured[peer.name][workload.name] = cell
      process.stderr.write(
        `round ${round + 1}  ${workload.name}  ${peer.name.padEnd(34)} ${Math.round(cell.rate)}/s  ${Math.round(cell.cpu)} µs\n`,
      )
    }
  }
  results.push(measured)
}

const tables = tablesOf(results, { peers, workloads, options })
console.log(tables)
if (!options.dry) writeReadme(tables)

async function measureOnce(peer, workload) {
  const server = await startServer(peer, workload.rows)
  try {
    return await measure(server, workload.requests(peer), options.seconds)
  } finally {
    await server.stop()
  }
}
