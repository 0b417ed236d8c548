import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs'

export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    // Killed, and its parent has not looked yet: a zombie holds nothing any more.
    return statOf(pid)?.[0] !== 'Z'
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** When a process began, so that a number given to somebody else later is not taken for our server. */
export function bornAt(pid) {
  return statOf(pid)?.[19] ?? spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim()
}

/** What the system says of a process, from its state on: ['S', parent, …]; undefined where it does not. */
function statOf(pid) {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** Whether the process that was noted down still runs. */
export const stillRuns = (entry) => entry?.pid !== undefined && isAlive(entry.pid) && bornAt(entry.pid) === entry.born

/** Processes at work in a folder, also those that a killed `up` had no time to note down (where the system shows them). */
export function processesIn(dir) {
  if (!existsSync('/proc/self/cmdline')) return []
  const inside = (path) => path !== undefined && (path === dir || path.startsWith(`${dir}/`))
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      // Without the capability to trace, root sees no other account's working folder, but always its command line.
      const words = read(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? ''
      const folder = read(() => readlinkSync(`/proc/${pid}/cwd`))?.replace(/ \(deleted\)$/, '')
      return inside(folder) || words.split(/[\0=]/).some(inside)
    })
    .map(Number)
}

function read(from) {
  try {
    return from()
  } catch {
    return undefined
  }
}
