import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * The account that servers run under: undefined (our own) unless we are root, because PostgreSQL and MariaDB refuse root.
 * @returns {{ uid: number, gid: number, name: string } | undefined}
 */
export function serverAccount() {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
  const account = accounts.find((one) => one.name === 'nobody') ?? accounts.find((one) => one.uid > 0)
  if (!account) throw new Error('Servers must not run as root, and /etc/passwd has no other account.')
  return account
}

/** Runs a program to its end under the server account; throws with its last words when it fails. */
export function runAs(account, [command, ...args], options = {}) {
  const done = spawnSync(command, args, { encoding: 'utf8', ...(account && { uid: account.uid, gid: account.gid }), ...options })
  if (done.error) throw new Error(`${command}: ${done.error.message}`)
  if (done.status !== 0)
    throw new Error(`${command} ended with ${done.status ?? done.signal}: ${`${done.stderr}${done.stdout}`.trim().slice(-800)}`)
  return done.stdout
}

/** Whether the server account can run a program: a home folder in front of it may be closed to others. */
export function canRun(account, command) {
  const done = spawnSync(command, ['--version'], { stdio: 'ignore', ...(account && { uid: account.uid, gid: account.gid }), cwd: '/' })
  return done.status === 0
}
