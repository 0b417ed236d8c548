import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const version = '3.28.0'

/** Says what is missing before anything is measured. */
export function checkTools() {
  for (const [tool, hint] of [
    ['wrk', 'apt-get install wrk'],
    ['taskset', 'apt-get install util-linux'],
  ]) {
    if (spawnSync(tool, ['--version']).error) throw new Error(`The bench needs ${tool}, which is not installed. Run: ${hint}`)
  }
  const built = createRequire(import.meta.url).resolve('reloop')
  if (!existsSync(built)) throw new Error(`Reloop is not built (${built} is missing). Run: npm run build`)
}

/** Installs LoopBack in a folder of its own, once, and gives the folder. */
export function installLoopback() {
  const folder = join(import.meta.dirname, '..', '.cache', `loopback-${version}`)
  if (existsSync(join(folder, 'node_modules', 'loopback'))) return folder
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { loopback: version } }))
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' })
  return folder
}
