import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isAlive } from './identity.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Everything of this clone's servers lives below this folder: state file, data, logs. */
export const home = join(tmpdir(), `reloop-services-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`)
const file = join(home, 'state.json')

/** What is running: name → { pid, born, url }. */
export function readState() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

/** Written whole and renamed, so that a kill leaves the old state or the new one. */
export function writeState(state) {
  mkdirSync(home, { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(state, null, 2))
  renameSync(`${file}.new`, file)
}

/** Makes the folder of one server anew; others may pass through, only the server's account may read it. */
export function makeFolder(name, account, chown) {
  const dir = join(home, name)
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  chmodSync(home, 0o711)
  if (account) chown(dir, account.uid, account.gid)
  return dir
}

/** Removes what is left of a server; the last one takes the whole folder along. */
export function removeFolder(name) {
  rmSync(join(home, name), { recursive: true, force: true })
  if (Object.keys(readState()).length === 0) rmSync(home, { recursive: true, force: true })
}

/** One `up` or `down` at a time; a lock whose owner is gone is taken over. */
export async function locked(work) {
  const lock = `${home}.lock`
  for (let tries = 0; ; tries++) {
    try {
      mkdirSync(lock)
      writeFileSync(join(lock, 'pid'), String(process.pid))
      break
    } catch {
      if (tries > 2400) throw new Error(`Another services command holds ${lock}.`)
      const owner = ownerOf(lock)
      if (owner === undefined ? tries % 40 === 39 : !isAlive(owner)) rmSync(lock, { recursive: true, force: true })
      else await sleep(50)
    }
  }
  try {
    return await work()
  } finally {
    rmSync(join(lock, 'pid'), { force: true })
    rmdirSync(lock)
  }
}

function ownerOf(lock) {
  try {
    return Number(readFileSync(join(lock, 'pid'), 'utf8')) || undefined
  } catch {
    return undefined
  }
}
