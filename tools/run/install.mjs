import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { aptInstall, canApt } from './apt.mjs'
import { pnpm, root, run } from './command.mjs'
import { onPath } from './on-path.mjs'
import { Told } from './step.mjs'
import { packageFolders } from './workspace.mjs'

const stamp = join(root, 'node_modules/.reloop-installed')
const compilers = { python3: ['python3'], make: ['make'], 'g++': ['g++', 'c++', 'clang++'] }

/** Installs the workspace unless what is there was installed from the same files with the same Node. */
export async function install(note, now) {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return note('up to date')
  let done = await pnpmInstall(now)
  if (done.code !== 0 && missingCompilers().length) {
    bringCompilers(done.output)
    note('compilers installed')
    done = await pnpmInstall(now)
  }
  if (done.code !== 0) throw new Told(`pnpm install ended with ${done.code}\n${done.output.trim().slice(-4000)}`)
  proveNative()
  writeFileSync(stamp, wanted)
}

function pnpmInstall(now) {
  now('installing dependencies')
  return run([...pnpm, 'install', '--frozen-lockfile'], { env: { CI: 'true', ...localHeaders() }, onText: (text) => tellBuilds(text, now) })
}

/** Compiling native code takes a minute or two the first time: say so while it goes on. */
function tellBuilds(text, now) {
  for (const [, name] of text.matchAll(/node_modules\/(\S+) (?:pre|post)?install\$ .*(?:gyp|prebuild)/g))
    now(`compiling ${name} (a minute or two, the first time)`)
}

/** Native code is compiled against the headers beside this Node where there are some: no download then. */
export function localHeaders() {
  const prefix = dirname(dirname(process.execPath))
  return existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {}
}

function missingCompilers() {
  return Object.keys(compilers).filter((name) => !onPath(...compilers[name]))
}

function bringCompilers(output) {
  const missing = missingCompilers()
  const problem = canApt() ? aptInstall(missing) : `Install ${missing.join(', ')} and run again`
  if (problem)
    throw new Told(
      `${problem}: there is no prebuilt better-sqlite3 for this machine and it cannot be compiled.\n${output.trim().slice(-1500)}`,
    )
}

function proveNative() {
  const require = createRequire(join(root, 'connectors/sqlite/package.json'))
  try {
    const Database = require('better-sqlite3')
    new Database(':memory:').close()
  } catch (error) {
    throw new Told(`better-sqlite3 is installed but does not load: ${error.message}`)
  }
}

function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}`)
  const files = [
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    '.npmrc',
    ...packageFolders().map((folder) => join(folder, 'package.json')),
  ]
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}
