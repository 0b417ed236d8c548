import { spawn } from 'node:child_process'
import { openSync, readFileSync, closeSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, processesIn, stillRuns } from './identity.mjs'

/** A port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** Starts a server of its own process group that outlives us, its output going to DIR/log. */
export function launch([command, ...args], { dir, account, env, argv0 }) {
  const log = openSync(join(dir, 'log'), 'a')
  const child = spawn(command, args, {
    cwd: dir,
    argv0,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', log, log],
    ...(account && { uid: account.uid, gid: account.gid }),
  })
  closeSync(log)
  child.unref()
  return new Promise((resolve, reject) => child.once('error', reject).once('spawn', () => resolve(child.pid)))
}

/** Waits until `ready()` is true; throws with the end of the log when the server dies or takes over 30 seconds. */
export async function waitUntil(ready, { pid, dir, name }) {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(40)) {
    if (await ready()) return
    if (!isAlive(pid)) throw new Error(`${name} ended at once: ${logOf(dir)}`)
  }
  throw new Error(`${name} was not ready within 30 s: ${logOf(dir)}`)
}

function logOf(dir) {
  return readFileSync(join(dir, 'log'), 'utf8').trim().slice(-800)
}

/** Whether a server on the port answers: with `expect`, its bytes (after sending `send`) must match. */
export function answers(port, { send, expect }) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (result) => (socket.destroy(), resolve(result))
    socket.setTimeout(1000, () => end(false))
    socket.once('error', () => end(false)).once('data', (data) => end(expect.test(data.toString('latin1'))))
    socket.once('close', () => end(false))
    if (send) socket.once('connect', () => socket.write(send))
  })
}

/** Ends a server and whatever else works in its folder: politely, and after 8 seconds by force. */
export async function terminate(entry, dir, signal) {
  const main = () => (stillRuns(entry) ? [entry.pid] : [])
  const all = () => [...new Set([...main(), ...processesIn(dir)])]
  const first = main()
  for (const pid of first.length ? first : all()) kill(pid, signal)
  for (const end = Date.now() + 8000; Date.now() < end && all().length > 0;) await sleep(30)
  for (const pid of all()) kill(pid, 'SIGKILL')
  for (const end = Date.now() + 2000; Date.now() < end && all().length > 0;) await sleep(30)
}

function kill(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch {
    // gone already
  }
}
