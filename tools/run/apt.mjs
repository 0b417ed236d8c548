import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { onPath } from './on-path.mjs'

const policy = '/usr/sbin/policy-rc.d'

/** Whether missing system packages can be installed by us: root on a Debian-like system. */
export const canApt = () => process.getuid?.() === 0 && onPath('apt-get') !== undefined

/**
 * Installs system packages without starting the services they bring.
 * @returns {string | undefined} what went wrong, in one line
 */
export function aptInstall(packages) {
  const asked = !existsSync(policy)
  if (asked) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    return install(packages) && (run(['update', '-qq']), install(packages))
  } finally {
    if (asked) rmSync(policy, { force: true })
  }
}

const install = (packages) => run(['install', '-y', '-qq', '--no-install-recommends', ...packages])

function run(args) {
  const done = spawnSync('apt-get', args, { encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  if (done.status === 0) return undefined
  return `apt-get ${args.join(' ')} failed: ${`${done.stderr ?? done.error}`.trim().split('\n').at(-1)}`
}
