import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { errors } from '../errors'

interface Holder {
  readonly pid: number
  /** When the process began, in the system's own unit; tells a reused pid from the holder's. Empty where unknown. */
  readonly began: string
}

const held = new Set<string>()

/**
 * Takes `FILE.lock`, which keeps a second process (or a second connector of this one) off the file.
 *
 * @returns the function that gives the lock back
 * @throws MEMORY_FILE_LOCKED
 */
export function lockFile(file: string): () => void {
  const path = `${file}.lock`
  const text = JSON.stringify({ pid: process.pid, began: beganAt(process.pid) } satisfies Holder)
  if (held.has(path)) throw errors.MEMORY_FILE_LOCKED({ file, pid: process.pid })
  if (!created(path, text)) {
    const holder = readHolder(path)
    if (holder && isAlive(holder)) throw errors.MEMORY_FILE_LOCKED({ file, pid: holder.pid })
    rmSync(path, { force: true })
    if (!created(path, text)) throw errors.MEMORY_FILE_LOCKED({ file, pid: readHolder(path)?.pid ?? 0 })
  }
  held.add(path)
  return () => {
    held.delete(path)
    rmSync(path, { force: true })
  }
}

function created(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return undefined // killed between making the file and filling it
  }
}

function isAlive({ pid, began }: Holder): boolean {
  if (pid === process.pid) return false // a former process had our number: this one holds its locks in `held`
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const now = beganAt(pid)
  return began === '' || now === '' || began === now
}

/** Field 22 of /proc/PID/stat, counted behind the command name, which may itself hold spaces. */
function beganAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
