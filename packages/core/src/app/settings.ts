import type { Application } from './application'
import { addRoute } from './routes'

/** The members that read and write settings. */
export function settingMembers(app: Application) {
  const settings = new Map<string, unknown>()
  return {
    get(name: string, handler?: unknown): unknown {
      if (typeof handler === 'function') return addRoute(app, { verb: 'GET', path: name, handler: handler as never })
      return settings.get(name)
    },
    set(name: string, value: unknown): Application {
      settings.set(name, value)
      return app
    },
    enable: (name: string) => app.set(name, true),
    disable: (name: string) => app.set(name, false),
    enabled: (name: string) => Boolean(settings.get(name)),
    disabled: (name: string) => !settings.get(name),
  }
}
