import { resolveProfile } from '@reloop/compat'
import { flags as flagsOf, type BootFlags } from '../compat'
import type { Instructions } from '../instructions'
import { profileOf, type Bootable } from './bootable'
import { runComponents } from './components'
import { makeDataSources } from './data-sources'
import { defineMixins } from './mixins'
import { useMiddleware } from './middleware'
import { makeModels } from './models'
import { runScripts } from './scripts'
import { applySettings } from './settings'

/** The flags that an application is started by. */
export function flagsFor(app: Bootable): BootFlags {
  return flagsOf.of(profileOf(app) ?? resolveProfile())
}

/**
 * Does everything that needs no waiting: settings, data sources, mixins, models, middleware, components.
 *
 * @returns the rest: components that wait, boot scripts, and the end
 */
export function begin(app: Bootable, instructions: Instructions): () => Promise<void> {
  const flags = flagsFor(app)
  const dynamic = { get: (name: string) => app.get(name), interpolate: flags.interpolate }
  app.booting = true
  warnOfProfile(app, instructions)
  applySettings(app, instructions, flags)
  makeDataSources(app, instructions, dynamic)
  defineMixins(app, instructions)
  makeModels(app, instructions, flags)
  useMiddleware(app, instructions, dynamic)
  const components = runComponents(app, instructions, dynamic)
  return () => finish(app, instructions, components)
}

async function finish(app: Bootable, instructions: Instructions, components: Promise<unknown> | undefined): Promise<void> {
  if (components) await components
  await runScripts(app, instructions)
  await new Promise((resolve) => process.nextTick(resolve))
  app.booting = false
  app.emit('booted')
}

/** An application has its profile from the moment it is made; a file that is read later cannot change it. */
function warnOfProfile(app: Bootable, { config }: Instructions): void {
  const profile = profileOf(app)
  if (config.compat === undefined || profile === undefined || config.compat === profile) return
  process.emitWarning(`"compat": "${String(config.compat)}" in config.json comes too late: the application was made with ${profile}.`)
}
