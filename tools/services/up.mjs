import { chownSync } from 'node:fs'
import { join } from 'node:path'
import { aptInstall, canApt } from '../run/apt.mjs'
import { serverAccount } from './account.mjs'
import { bornAt, stillRuns } from './identity.mjs'
import { freePort, terminate } from './process.mjs'
import { registry } from './registry.mjs'
import { home, locked, makeFolder, readState, removeFolder, writeState } from './state.mjs'

/**
 * Makes services available.
 * @param {readonly string[]} names keys of the registry
 * @returns {Promise<{ env: Record<string, string>, started: string[], missing: string[] }>} variables for the tests,
 *   what this call started (the rest ran before or is the user's own), and a line for each that cannot be had
 */
export function up(names) {
  return locked(async () => {
    const result = { env: {}, started: [], missing: [] }
    for (const name of names) {
      try {
        await provide(name, result)
      } catch (error) {
        result.missing.push(error.message)
      }
    }
    return result
  })
}

async function provide(name, result) {
  const service = registry[name]
  if (!service) throw new Error(`Unknown service "${name}": one of ${Object.keys(registry).join(', ')}`)
  if (process.env[service.variable]) return
  const running = readState()[name]
  if (running?.url && stillRuns(running)) {
    result.env[service.variable] = running.url
    return
  }
  const account = service.start ? serverAccount() : undefined
  const found = service.find(account) ?? installed(service, account)
  if (!service.start) {
    result.env[service.variable] = found
    return
  }
  await stop(name)
  result.env[service.variable] = await start(name, { found, account })
  result.started.push(name)
}

function installed(service, account) {
  const problem = service.apt && canApt() ? aptInstall(service.apt) : undefined
  const found = service.find(account)
  if (!found) throw new Error([service.missing, problem].filter(Boolean).join(' · '))
  return found
}

/** A free port may be taken between asking and using, so a start has three tries. */
async function start(name, given, tries = 3) {
  const dir = makeFolder(name, given.account, chownSync)
  const note = (entry) => writeState({ ...readState(), [name]: entry })
  note({})
  try {
    const { pid, url } = await registry[name].start({
      ...given,
      dir,
      port: await freePort(),
      started: (pid) => note({ pid, born: bornAt(pid) }),
    })
    note({ pid, born: bornAt(pid), url })
    return url
  } catch (error) {
    await stop(name)
    if (tries === 1) throw error
    return start(name, given, tries - 1)
  }
}

/** Stops services and leaves nothing of them behind; what a killed `up` left half-way too. */
export function down(names = Object.keys(registry)) {
  return locked(async () => {
    for (const name of names) await stop(name)
  })
}

async function stop(name) {
  const service = registry[name]
  if (!service.start) return
  const { [name]: entry, ...others } = readState()
  await terminate(entry, join(home, name), service.stopSignal)
  if (entry) writeState(others)
  removeFolder(name)
}
