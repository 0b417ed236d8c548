import { rmSync, readdirSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun, pnpm, root } from './command.mjs'
import { install } from './install.mjs'
import { Told, step } from './step.mjs'
import { publishedPackages } from './workspace.mjs'

/** Everything that must be there before anything runs: a fitting Node, dependencies, built packages. */
export async function setUp() {
  await prepare()
  await step('build packages', build)
}

/** The part of it that nothing can do without. */
export async function prepare() {
  checkNode()
  await step('install dependencies', install)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    throw new Told(`Reloop needs Node 20.19 or newer; this is ${process.versions.node} (${process.execPath}).`)
}

/** Builds what changed. */
export async function build(note) {
  for (const { folder } of publishedPackages()) dropOrphans(join(root, folder), '')
  const { output } = await mustRun(
    [...pnpm, 'exec', 'turbo', 'run', 'build', '--output-logs=errors-only', '--continue=dependencies-successful'],
    {
      env: { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' },
    },
  )
  const cached = /Cached:\s+(\d+) cached, (\d+) total/.exec(output)
  if (cached) note(cached[1] === cached[2] ? 'up to date' : `${cached[2] - cached[1]} of ${cached[2]} packages`)
}

/** Removes built files whose source is gone; the compiler never does. */
function dropOrphans(packageFolder, below) {
  const dist = join(packageFolder, 'dist', below)
  if (!existsSync(dist)) return
  for (const entry of readdirSync(dist, { withFileTypes: true })) {
    const path = join(below, entry.name)
    if (entry.isDirectory()) dropOrphans(packageFolder, path)
    else if (/\.(js|d\.ts)(\.map)?$/.test(path) && !sourceOf(packageFolder, path)) rmSync(join(dist, entry.name))
  }
}

function sourceOf(packageFolder, built) {
  return existsSync(join(packageFolder, 'src', built.replace(/\.(js|d\.ts)(\.map)?$/, '.ts')))
}
