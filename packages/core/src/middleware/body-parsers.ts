import type { Application } from '../app/application'
import type { Settings } from '../types'
import { chainOf } from './chains'
import { optionsOf } from './entry-config'
import type { Twin } from './twins'

type Kind = 'json' | 'urlencoded' | 'raw' | 'text'

/**
 * The router reads JSON and forms by itself; the entry's limit holds for it. Handlers of Express find `req.body` as they are used to. Raw
 * and plain text bodies are for handlers of Express only.
 */
export function useBodyParser(...kinds: readonly Kind[]): Twin {
  return (app, { params, paths, place }) => {
    const chain = chainOf(app)
    for (const kind of kinds) {
      const make = () => (chain.express(`body-parser#${kind}`).express[kind] as (options: object) => unknown)(bodyOptions(kind, params))
      if (kind === 'raw' || kind === 'text') {
        chain.slot(place, `The middleware body-parser#${kind}`).use(paths ?? '/', [make()])
      } else {
        keepLimit(app, optionsOf(params).limit)
        chain.addPassive(place, (slot) => slot.use(paths ?? '/', [make()]))
      }
    }
  }
}

function bodyOptions(kind: Kind, params: unknown): Settings {
  const options = optionsOf(params)
  return kind === 'urlencoded' ? { extended: true, ...options } : options
}

/** What was allowed for handlers is allowed for the API. */
function keepLimit(app: Application, limit: unknown): void {
  if (typeof limit !== 'number' && typeof limit !== 'string') return
  const remoting = app.get('remoting') as { json?: Settings } | undefined
  app.set('remoting', { ...remoting, json: { limit, ...remoting?.json } })
}
