import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { root } from './command.mjs'

const patience = 12 * 60_000

/**
 * Runs jest over all projects, showing its progress.
 * @param {readonly string[]} args further arguments of jest
 * @returns {Promise<Map<string, { passed: number, failed: number, skipped: number }>>} folder of the package → counts
 */
export async function runSuites(args = []) {
  const folder = mkdtempSync(join(tmpdir(), 'reloop-jest-'))
  const outputFile = join(folder, 'result.json')
  try {
    await jest(['-w', '2', '--ci', '--json', `--outputFile=${outputFile}`, ...args])
    return countsOf(JSON.parse(readFileSync(outputFile, 'utf8')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Jest in a process group of its own, so that a suite that hangs, or the end of this process, ends its workers too. */
async function jest(args) {
  const child = spawn(process.execPath, ['--max-old-space-size=2048', join(root, 'node_modules/jest/bin/jest.js'), ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  })
  const end = () => process.kill(-child.pid, 'SIGKILL')
  process.once('exit', end)
  const watch = setTimeout(end, patience)
  const [, signal] = await once(child, 'close')
  clearTimeout(watch)
  process.off('exit', end)
  if (signal) throw new Error(`The suites did not end within ${patience / 60_000} minutes: one of them hangs.`)
}

function countsOf({ testResults }) {
  const counts = new Map()
  for (const { name, assertionResults, status } of testResults) {
    const suite = relative(root, name).split(sep).slice(0, 2).join('/')
    const count = counts.get(suite) ?? { passed: 0, failed: 0, skipped: 0 }
    counts.set(suite, count)
    for (const one of assertionResults) count[one.status === 'passed' ? 'passed' : one.status === 'failed' ? 'failed' : 'skipped']++
    // A file that could not run at all has no results of its own.
    if (status === 'failed' && !assertionResults.some((one) => one.status === 'failed')) count.failed++
  }
  return counts
}
