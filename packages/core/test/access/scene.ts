import type { Profile } from '@reloop/compat'
import type { RequestView } from '@reloop/remoting'
import type { ModelDefinitionObject, SharedModel } from '../../src'
import { serve, type Reply, type Served } from '../notes'

/** Rules in few words: `deny('$everyone')`, `allow('admin', { property: 'find' })`. */
export const deny = (role: string, more: object = {}) => ({ principalType: 'ROLE', principalId: role, permission: 'DENY', ...more })
export const allow = (role: string, more: object = {}) => ({ principalType: 'ROLE', principalId: role, permission: 'ALLOW', ...more })

/** An application with access control, whose callers say who they are: user ids, `admin` has the role of that name. */
export interface Scene extends Served {
  as(user: unknown, verb: string, path: string, body?: unknown): Promise<Reply>
  add(config: ModelDefinitionObject, rows?: readonly object[]): Promise<SharedModel>
  /** Calls of the store since the last count, by model. */
  calls(): string[]
}

export async function scene(compat: Profile = 'modern', settings: Record<string, unknown> = {}): Promise<Scene> {
  const served = serve(compat, settings)
  const { app } = served
  const users = { name: 'User', properties: { email: 'string', dept: 'string', password: 'string' }, hidden: ['password'], plural: 'users' }
  const User = app.registry.findModel('User') ?? app.registry.createModel(users)
  app.remotes().identify = (req: RequestView) => {
    if (req.accessToken !== undefined) return
    const header = req.headers.authorization
    req.accessToken = typeof header === 'string' ? (JSON.parse(header) as unknown) : null
  }
  app.model(User, { dataSource: 'db' })
  app.enableAuth()
  ;(app.registry.getModel('Role') as unknown as Registering).registerResolver('admin', (_role, context) =>
    Promise.resolve(context.getUserId() === 'admin'),
  )
  const told: string[] = []
  spy(app.dataSources.db as never, told)
  return {
    ...served,
    as: (user, verb, path, body) =>
      served.ask(
        verb,
        path,
        body,
        user === undefined ? {} : { authorization: JSON.stringify(typeof user === 'object' ? user : { id: 't', userId: user }) },
      ),
    async add(config, rows = []) {
      const Model = served.model(config)
      for (const row of rows) await (Model.create as (data: object) => Promise<unknown>)(row)
      return Model
    },
    calls: () => told.splice(0),
  }
}

export interface Registering {
  registerResolver(
    role: string,
    resolver: (role: string, context: { getUserId(): unknown }, cb: (error: unknown, is?: unknown) => void) => unknown,
  ): void
}

/** Notes calls of a store: `find Note`. */
export function spy(source: { connector: Record<string, unknown> }, told: string[]): string[] {
  const { connector } = source
  for (const verb of ['find', 'count', 'insert', 'update', 'delete']) {
    const own = connector[verb] as Function
    connector[verb] = function (this: unknown, request: { entity: { name: string } }, ...rest: unknown[]) {
      told.push(`${verb} ${request.entity.name}`)
      return own.call(this, request, ...rest) as unknown
    }
  }
  const prepare = connector.prepare as Function | undefined
  if (prepare)
    connector.prepare = function (this: unknown, entity: { name: string }, ...rest: unknown[]) {
      const run = prepare.call(this, entity, ...rest) as Function
      return (...values: unknown[]) => {
        told.push(`find ${entity.name}`)
        return run(...values) as unknown
      }
    }
  return told
}
