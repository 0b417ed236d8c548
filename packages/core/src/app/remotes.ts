import { RemoteObjects, type Contract, type LimitSettings, type RemotingOptions } from '@reloop/remoting'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import { mark } from '../middleware/marked'
import type { Application, RequestListener } from './application'
import { tellMounted } from './mounted'

/** What handlers stand for when the application itself is given one. */
const twinsOfHandlers: Readonly<Record<string, string>> = { rest: 'loopback#rest', jsonrpc: 'jsonrpc' }

/** The members that give what is shared. */
export function remoteMembers(app: Application) {
  let remotes: RemoteObjects | undefined
  const handlers = new Map<string, RequestListener>()
  return {
    remotes(): RemoteObjects {
      return (remotes ??= makeRemotes(app))
    },

    remoteObjects(): Record<string, SharedModel> {
      const shared = app.models().filter((Model) => Model.shared)
      return Object.fromEntries(shared.map((Model) => [Model.modelName, Model]))
    },

    handler(type: string): RequestListener {
      const known = handlers.get(type)
      if (known) return known
      if (!Object.hasOwn(twinsOfHandlers, type)) throw errors.APP_HANDLER_UNKNOWN({ type: String(type) })
      const made = mark(app.remotes().handler(type) as RequestListener, { name: twinsOfHandlers[type]! })
      handlers.set(type, made)
      for (const Model of app.models()) if (Model.shared) tellMounted(app, Model)
      return made
    },

    contract(): Contract {
      const setting = (name: string) => (typeof app.get(name) === 'string' ? (app.get(name) as string) : undefined)
      return app.remotes().contract({
        basePath: setting('restApiRoot') ?? '/api',
        title: setting('title') ?? setting('name') ?? 'Reloop application',
        version: setting('version') ?? '1.0.0',
        description: setting('description'),
      })
    },
  }
}

/** Bounds may be set until the start: what was made before takes them over. */
export function settleLimits(app: Application): void {
  const { limits } = makeRemotes(app)
  Object.assign(app.remotes(), { limits })
}

/** Bounds hold as they are set by now; how errors and other origins are answered may still change until the start. */
function makeRemotes(app: Application): RemoteObjects {
  const current = () => (app.get('remoting') ?? {}) as RemotingOptions
  const given = current()
  const limits = { ...(app.get('limits') as LimitSettings | undefined), ...given.limits }
  const options: RemotingOptions = {
    ...given,
    limits,
    get errorHandler() {
      return current().errorHandler
    },
    get cors() {
      return current().cors
    },
  }
  return RemoteObjects.create(options, app.registry.profile)
}
