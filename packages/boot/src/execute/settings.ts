import type { BootFlags } from '../compat'
import { errors } from '../errors'
import type { Instructions } from '../instructions'
import type { Bootable } from './bootable'

/** Applies config.json, the environment and the defaults. What the application has set already stays, but for host, port and root. */
export function applySettings(app: Bootable, { env, config }: Instructions, flags: BootFlags): void {
  app.set('env', env)
  app.set('host', first('host', [config.host, app.get('host')], flags))
  app.set('port', first('port', [config.port, app.get('port')], flags) ?? 3000)
  const root = config.restApiRoot ?? app.get('restApiRoot') ?? '/api'
  if (typeof root !== 'string' || !root.startsWith('/')) throw errors.REST_ROOT_INVALID({ root })
  app.set('restApiRoot', root)
  for (const [name, value] of Object.entries(config)) if (isMissing(app.get(name))) app.set(name, value)
}

/** The first value of: environment, config.json, the application's own; npm's settings around them where LoopBack read those. */
function first(name: 'host' | 'port', [configured, own]: readonly [unknown, unknown], flags: BootFlags): unknown {
  const { env } = process
  const npm = (prefix: string) => (flags.npmSettings ? env[`${prefix}_${name}`] : undefined)
  const values = [npm('npm_config'), env[name.toUpperCase()], configured, npm('npm_package_config'), own]
  return values.find((value) => !isMissing(value) && value !== '')
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null
}
