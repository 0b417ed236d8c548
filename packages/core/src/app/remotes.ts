import { RemoteObjects, type Contract, type LimitSettings, type RemotingOptions } from '@reloop/remoting'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import type { Application, RequestListener } from './application'

/** The members that give what is shared. */
export function remoteMembers(app: Application) {
  let remotes: RemoteObjects | undefined
  return {
    remotes(): RemoteObjects {
      return (remotes ??= makeRemotes(app))
    },

    remoteObjects(): Record<string, SharedModel> {
      const shared = app.models().filter((Model) => Model.shared)
      return Object.fromEntries(shared.map((Model) => [Model.modelName, Model]))
    },

    handler(type: string): RequestListener {
      if (type !== 'rest') throw errors.APP_HANDLER_UNKNOWN({ type })
      return app
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
