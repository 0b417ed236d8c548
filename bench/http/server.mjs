import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

// USER_HZ, which is 100 on every Linux that Node runs on.
const ticksPerSecond = 100
const patience = 60_000

/**
 * Starts a peer on the first core.
 *
 * @returns the address, what the process has used of the processor in seconds, and ways to signal and to stop it
 */
export async function startServer({ script, env }, rows) {
  const child = spawn('taskset', ['-c', '0', process.execPath, script], {
    env: { ...process.env, NODE_ENV: 'production', BENCH_ROWS: String(rows), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [port, authorization] = await readyLine(child, script)
  return {
    url: `http://127.0.0.1:${port}`,
    authorization,
    cpu: () => cpuOf(child.pid),
    memory: () => residentOf(child.pid),
    signal: (name) => child.kill(name),
    async stop(signal = 'SIGKILL') {
      if (child.exitCode !== null) return
      child.kill(signal)
      await once(child, 'exit')
    },
  }
}

/** `ready PORT`, and what requests are to carry as Authorization where the server wants some. */
function readyLine(child, script) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(`did not answer within ${patience / 1000} s`), patience)
    let told = ''
    child.stdout.on('data', (data) => {
      told += data
      const [, port, authorization] = /^ready (\d+)(?: (.+))?$/m.exec(told) ?? []
      if (port === undefined) return
      clearTimeout(timer)
      resolve([port, authorization])
    })
    child.once('exit', (code) => fail(`ended with ${code}`))
    function fail(problem) {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`${script} ${problem}.`))
    }
  })
}

/** User and system time of all threads, from /proc: nearly immune to other load. */
function cpuOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** Megabytes in memory. */
function residentOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]) / 1024
}
