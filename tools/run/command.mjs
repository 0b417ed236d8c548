import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Told } from './step.mjs'

/** The top folder of the workspace. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** pnpm at its one version, whether or not one is installed. */
export const pnpm = ['npx', '--yes', 'pnpm@12.21.0']

/**
 * Runs a program to its end and keeps what it says; `onText` hears it as it comes.
 * @returns {Promise<{ code: number | string, output: string, stdout: string }>} code 127 when the program cannot be started,
 *   the signal's name when it was ended by one (SIGKILL after `timeout` milliseconds)
 */
export function run([command, ...args], { cwd = root, env, timeout, onText } = {}) {
  const began = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout,
    killSignal: 'SIGKILL',
  })
  const said = { stdout: '', output: '' }
  began.stdout.setEncoding('utf8').on('data', (text) => ((said.stdout += text), (said.output += text), onText?.(text)))
  began.stderr.setEncoding('utf8').on('data', (text) => (said.output += text))
  return new Promise((resolve) => {
    began.once('error', (error) => resolve({ code: 127, ...said, output: `${command}: ${error.message}` }))
    began.once('close', (code, signal) => resolve({ ...said, code: code ?? signal }))
  })
}

/** Like run, and throws what the program said when it fails. */
export async function mustRun(words, options) {
  const done = await run(words, options)
  if (done.code !== 0) throw new Told(`${words.join(' ')} ended with ${done.code}\n${done.output.trim().slice(-6000)}`)
  return done
}

/** Runs work over items, at most `width` at once; results in the order of the items. */
export async function pool(items, width, work) {
  const results = []
  const queue = [...items.entries()]
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(next[1])
  }
  await Promise.all(Array.from({ length: width }, worker))
  return results
}
