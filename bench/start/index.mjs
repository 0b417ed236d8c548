// Usage: node start/index.mjs [--rounds 7]      from the start of a process to its first answer with 10 rows, and what is installed for it
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { packAll } from '../../tools/pack/pack.mjs'
import { peersOf } from '../http/peers.mjs'
import { installPeers } from '../http/prepare.mjs'
import { startServer } from '../http/server.mjs'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } })
const peers = peersOf(installPeers()).filter(({ name }) => !/its memory connector|access/.test(name))
const runs = new Map(peers.map(({ name }) => [name, []]))

for (let round = 0; round < Number(values.rounds); round++) {
  for (const peer of peers) runs.get(peer.name).push(await startOnce(peer))
}
const [base] = peers
const median = (name, pick) =>
  runs
    .get(name)
    .map(pick)
    .sort((a, b) => a - b)[Number(values.rounds) >> 1]
const time = (name) => median(name, (run) => run.time)
const cpu = (name) => median(name, (run) => run.cpu)

console.log('| | ms to the first answer | of the base | processor ms | of the base | RSS MB |\n| --- | --- | --- | --- | --- | --- |')
for (const { name } of peers) {
  const cells = [
    time(name).toFixed(0),
    (time(name) / time(base.name)).toFixed(2),
    cpu(name).toFixed(0),
    (cpu(name) / cpu(base.name)).toFixed(2),
  ]
  console.log(`| ${[name, ...cells, median(name, (run) => run.memory).toFixed(0)].join(' | ')} |`)
}
const { packages, megabytes } = await installed()
console.log(`\nInstalled for \`reloop\` alone, npm, production: ${packages} packages, ${megabytes.toFixed(1)} MB.`)

async function startOnce(peer) {
  const begun = performance.now()
  const server = await startServer(peer, 10)
  try {
    const reply = await fetch(`${server.url}${peer.base}/1`, {
      headers: server.authorization ? { authorization: server.authorization } : {},
    })
    const time = performance.now() - begun
    if (reply.status !== 200) throw new Error(`${peer.name} answered ${reply.status}: ${await reply.text()}`)
    return { time, cpu: server.cpu() * 1000, memory: server.memory() }
  } finally {
    await server.stop()
  }
}

/** Packs what is built, installs `reloop` into an empty folder as a user would, and counts. */
async function installed() {
  const folder = mkdtempSync(join(tmpdir(), 'reloop-size-'))
  try {
    const { packages } = await packAll(join(folder, 'tarballs'))
    const tarballs = Object.fromEntries(packages.map(({ name, filename }) => [name, `file:${filename}`]))
    // Ours are not published yet: every name of ours means the tarball.
    const manifest = { private: true, dependencies: { reloop: tarballs.reloop }, overrides: { ...tarballs, reloop: undefined } }
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
    execFileSync('npm', ['install', '--omit=dev', '--omit=optional', '--omit=peer', '--no-audit', '--no-fund', '--ignore-scripts'], {
      cwd: folder,
      stdio: 'ignore',
    })
    const names = packagesIn(join(folder, 'node_modules'))
    return { packages: names.length, megabytes: sizeOf(join(folder, 'node_modules')) / 1e6 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function packagesIn(modules) {
  if (!existsSync(modules)) return []
  return readdirSync(modules).flatMap((entry) => {
    if (entry.startsWith('.')) return []
    const names = entry.startsWith('@') ? readdirSync(join(modules, entry)).map((name) => join(entry, name)) : [entry]
    return names.flatMap((name) => [join(modules, name), ...packagesIn(join(modules, name, 'node_modules'))])
  })
}

function sizeOf(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}
