import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const dependencies = {
  kysely: '0.28.19',
  'loopback-connector-sqlite3': '3.0.0',
  'loopback-datasource-juggler': '3.36.1',
  'reflect-metadata': '0.2.2',
  typeorm: '0.3.31',
}

/** Installs the peers in a folder of their own, once, and gives the folder. */
export function installPeers() {
  const ours = createRequire(import.meta.url).resolve('@reloop/juggler')
  if (!existsSync(ours)) throw new Error(`Reloop is not built (${ours} is missing). Run: npm run build`)
  const folder = join(import.meta.dirname, '..', '.cache', 'juggler-peers')
  if (existsSync(join(folder, 'node_modules', 'typeorm'))) return folder
  mkdirSync(folder, { recursive: true })
  // npm 12 builds only what it is told to; older ones build everything.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies, allowScripts: { sqlite3: true } }))
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
  return folder
}
