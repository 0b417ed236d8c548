import { dim, green, red } from './step.mjs'

/**
 * One thing that a check looked at.
 * @typedef {{ name: string, passed: boolean, output?: string }} Result
 */

/** The result of work that throws when something is wrong. */
export async function resultOf(name, work) {
  try {
    await work()
    return { name, passed: true }
  } catch (error) {
    return { name, passed: false, output: error instanceof Error ? error.message : String(error) }
  }
}

/** Prints results as a tool of its own does, and ends the process with 1 when one failed. */
export function printResults(results) {
  for (const { name, passed, output } of results) {
    console.log(`${passed ? green('✓') : red('✗')} ${name}`)
    if (!passed && output) console.log(dim(indent(output)))
  }
  const failed = results.filter(({ passed }) => !passed).length
  console.log(`${results.length - failed} passed, ${failed} failed`)
  if (failed) process.exitCode = 1
}

export const indent = (text) => text.trim().replace(/^/gm, '    ')
