import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const warmUp = 1

/**
 * Puts a server under load from the second core: one thread, 32 connections, after a second of warming up.
 *
 * @returns requests per second, microseconds of the server's processor per request, latencies in milliseconds
 */
export async function measure(server, requests, seconds) {
  const folder = mkdtempSync(join(tmpdir(), 'reloop-bench-'))
  const file = join(folder, 'requests')
  writeFileSync(
    file,
    requests
      .map(({ method = 'GET', path, body }) => `${method}\t${path}\t${body ? JSON.stringify(body) : ''}\t${server.authorization ?? ''}\n`)
      .join(''),
  )
  try {
    await wrk(server, file, warmUp)
    const before = server.cpu()
    const { requests: count, seconds: time, failed, p50, p99 } = await wrk(server, file, seconds)
    if (failed > 0) throw new Error(`${failed} of ${count} requests like ${JSON.stringify(requests[0])} failed.`)
    return { rate: count / time, cpu: ((server.cpu() - before) / count) * 1e6, p50, p99 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function wrk(server, file, seconds) {
  const args = [
    '-c',
    '1',
    'wrk',
    '-t1',
    '-c32',
    `-d${seconds}s`,
    '--timeout',
    '30s',
    '-s',
    join(import.meta.dirname, 'load.lua'),
    server.url,
  ]
  const { stdout } = await run('taskset', args, { env: { ...process.env, BENCH_REQUESTS: file } })
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{"requests"')))
}
