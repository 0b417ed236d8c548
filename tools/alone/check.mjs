import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pool, run } from '../run/command.mjs'
import { resultOf } from '../run/results.mjs'
import { exampleOf, namesToInstall } from './example.mjs'

const patience = 60_000

/**
 * "Usable alone": each package's README example, run as a CommonJS script in a folder where only what the README says and the package's peers are installed,
 * must end by itself, without an error, having printed something.
 */
export function checkAlone({ rooms }) {
  return pool(rooms, 2, ({ name, folder, source }) =>
    resultOf(`${name}: README example runs alone`, () => runReadme({ name, folder, source })),
  )
}

function runReadme({ name, folder, source }) {
  const example = exampleOf(source)
  if (!namesToInstall(source).includes(name)) throw new Error(`README.md has no line "npm install ${name}".`)
  return runExample(folder, example)
}

export async function runExample(folder, text) {
  const file = join(folder, 'example.js')
  writeFileSync(file, text)
  const { code, output, stdout } = await run([process.execPath, file], { cwd: folder, timeout: patience, env: { NODE_PATH: '' } })
  if (code !== 0) throw new Error(`The example ended with ${code}:\n${output.trim().slice(-2000)}`)
  if (stdout.trim() === '') throw new Error('The example printed nothing.')
}
