import { chainOf } from '../middleware/chains'
import { addPlainRoute } from '../middleware/express-members'
import type { Application } from './application'

/** The members that read and write settings. */
export function settingMembers(app: Application) {
  const settings = Object.create(null) as Record<string, unknown>
  const read = (name: string): unknown => (name in settings ? settings[name] : chainOf(app).bridge?.engine.get(name))
  return {
    settings,
    get(name: string, ...handlers: unknown[]): unknown {
      return handlers.length > 0 ? addPlainRoute(app, 'get', [name, ...handlers]) : read(name)
    },
    set(name: string, ...values: unknown[]): unknown {
      // As in Express: without a value it reads.
      if (values.length === 0) return read(name)
      settings[name] = values[0]
      chainOf(app).bridge?.engine.set(name, values[0])
      return app
    },
    enable: (name: string) => app.set(name, true),
    disable: (name: string) => app.set(name, false),
    enabled: (name: string) => Boolean(read(name)),
    disabled: (name: string) => !read(name),
  }
}
