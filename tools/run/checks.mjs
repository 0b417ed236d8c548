import { join } from 'node:path'
import { pool, root, run } from './command.mjs'
import { step } from './step.mjs'

const bin = (name) => join(root, 'node_modules/.bin', name)
const tool = (name, ...args) => [process.execPath, join(root, 'tools', name, 'index.mjs'), ...args]

/** Checks that are one program each; the longest first, so that two cores end together. */
const programs = [
  ['lint', [bin('eslint'), '.']],
  ['types', [bin('tsc'), '-p', 'tsconfig.json']],
  ['format', [bin('prettier'), '--check', '.', '--cache', '--cache-location', 'node_modules/.cache/prettier/house']],
  ['floors', tool('floors')],
  ['unused exports', [bin('knip'), '--no-progress', '--no-config-hints']],
  ['names and anatomy', tool('limits')],
  ['errors page is current', tool('errors-doc', '--check')],
]

/** Runs every check; a failing one does not stop the others. */
export function runChecks() {
  return pool(programs, 2, async ([name, words]) => {
    const { code, output } = await run(words)
    return { name, passed: code === 0, output: output.trim().slice(-8000) }
  })
}

/** Runs a stage of the test as one step and returns its results; an error of the stage itself is a failed result. */
export async function stage(name, work) {
  try {
    return await step(name, async (note) => {
      const results = await work(note)
      const failed = results.filter(({ passed }) => !passed).length
      note(failed ? `${failed} of ${results.length} failed` : `${results.length} passed`, failed === 0)
      return results
    })
  } catch (error) {
    return [{ name, passed: false, output: error.message }]
  }
}
