import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun, pnpm, root, run } from '../run/command.mjs'

/**
 * Runs the suites on another line of Node, in a copy of the workspace with an install of its own: native packages are compiled
 * against that Node's headers, which the npm package of the binary carries.
 *
 * @param {string} line major, such as '24'
 * @param {string} home folder for this line
 * @returns {Promise<{ version: string, counts: Map<string, { passed: number, failed: number, skipped: number }> }>}
 */
export async function runLine(line, home) {
  const node = await fetchNode(line, join(home, 'node'))
  const copy = join(home, 'workspace')
  await copyWorkspace(copy)
  useDriversOf(copy)
  const env = { PATH: `${join(node, 'bin')}:${process.env.PATH}`, npm_config_nodedir: node, CI: 'true' }
  await mustRun([...pnpm, 'install', '--no-frozen-lockfile'], { cwd: copy, env })
  const version = (await mustRun([join(node, 'bin/node'), '--version'])).stdout.trim()
  const script = `import { runSuites } from './tools/run/suites.mjs'; console.log(JSON.stringify([...(await runSuites())]))`
  const { stdout, output } = await run([join(node, 'bin/node'), '--input-type=module', '-e', script], { cwd: copy, env })
  const last = stdout.trim().split('\n').at(-1)
  if (!last?.startsWith('[')) throw new Error(output.slice(-4000))
  return { version, output, counts: new Map(JSON.parse(last)) }
}

async function fetchNode(line, folder) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  mkdirSync(folder, { recursive: true })
  await mustRun(['npm', 'install', '--prefix', folder, '--no-save', '--ignore-scripts', `${name}@${line}`], { cwd: folder })
  return join(folder, 'node_modules', name)
}

/**
 * The newer lines take the driver that is made for them: better-sqlite3 12 is compiled against Node's own headers, and since 24.19
 * aborts the process when a statement is collected outside of any context; 13 is Node-API, and asks for Node 22.
 */
function useDriversOf(copy) {
  const file = join(copy, 'pnpm-workspace.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^( +better-sqlite3:) \d.*$/m, '$1 13.2.0'))
}

/** What git knows and what is new and not ignored, as it is now. */
async function copyWorkspace(copy) {
  const { stdout } = await mustRun(['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  for (const file of stdout.split('\0').filter(Boolean)) cpSync(join(root, file), join(copy, file), { recursive: true })
}
