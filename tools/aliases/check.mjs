import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../run/command.mjs'
import { aliases } from './generate.mjs'
import { shared } from './table.mjs'

/**
 * All alias packages in one folder: what they hand out must be the same things (`===`) as ours, whichever name is loaded.
 * One result per alias package, one per shared thing of `table.mjs`.
 */
export async function checkAliases({ aliasRoom }) {
  for (const file of ['identity.cjs', 'shared.cjs']) copyFileSync(join(import.meta.dirname, file), join(aliasRoom, file))
  const { problems } = await ask(aliasRoom, 'identity.cjs', aliases)
  const things = await ask(aliasRoom, 'shared.cjs', shared)
  return [
    ...problems.map(({ title, wrong }) => ({
      name: `alias ${title} hands out ours`,
      passed: wrong.length === 0,
      output: wrong.join('\n'),
    })),
    ...things.map(({ name, wrong }) => ({
      name: `${name} is one thing under every name`,
      passed: wrong.length === 0,
      output: wrong.join('\n'),
    })),
  ]
}

async function ask(cwd, file, question) {
  const { code, stdout, output } = await run([process.execPath, '--no-warnings', file, JSON.stringify(question)], {
    cwd,
    timeout: 60_000,
    env: { NODE_PATH: '' },
  })
  if (code !== 0) throw new Error(`${file} ended with ${code}: ${output.trim().slice(-1500)}`)
  return JSON.parse(stdout.trim().split('\n').at(-1))
}
