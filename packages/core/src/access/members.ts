import { runtimeOf, type DataSource } from '@reloop/juggler'
import type { RequestView } from '@reloop/remoting'
import type { Application } from '../app/application'
import { errors } from '../errors'
import { identifyFor } from '../identity/identify'
import { recheckFor } from '../identity/recheck'
import type { SharedModel } from '../types'
import { accessStateOf, judgesHops, type TenantResolver } from './access-state'
import { authorizationFor, linksFor } from './authorize'
import { readDebug } from './explain'
import { forgetRequest } from './forget'
import { usualCheckAccess } from './check-access'

/** What `app.enableAuth` takes. */
export interface EnableAuthOptions {
  /** Data source, or its name, for those of User, AccessToken, ACL, Role and RoleMapping that have none. */
  readonly dataSource?: DataSource | string
}

const needed = ['User', 'AccessToken', 'ACL', 'Role', 'RoleMapping'] as const

/** The members of access control. */
export function accessMembers(app: Application) {
  if (!('checkAccess' in app.registry.Model))
    Object.defineProperty(app.registry.Model, 'checkAccess', { value: usualCheckAccess, writable: true, configurable: true })
  return {
    enableAuth(options: EnableAuthOptions = {}): void {
      enable(app, options)
    },

    tenant(resolver: TenantResolver): Application {
      if (typeof resolver !== 'function') throw errors.ACCESS_TENANT_INVALID({ given: typeof resolver })
      const state = accessStateOf(app)
      state.tenant = resolver
      state.version++
      app.remotes().authorizationOf ??= linksFor(app)
      return app
    },
  }
}

function enable(app: Application, { dataSource }: EnableAuthOptions): void {
  readDebug()
  if (dataSource !== undefined) for (const name of needed) attach(app, name, dataSource)
  const state = accessStateOf(app)
  const first = !state.enabled
  state.enabled = true
  state.version++
  Object.assign(app, { isAuthEnabled: true })
  const remotes = app.remotes()
  remotes.identify ??= identifyFor(app)
  remotes.authorizationOf = authorizationFor(app)
  if (!first) return
  const recheck = remotes.recheck ?? recheckFor(app)
  remotes.recheck = (req: RequestView) => {
    forgetRequest(req)
    return recheck(req)
  }
  followStoredRules(app)
  warnOfOpenHops(app)
}

/** Attaches a built-in model unless it, or a class that extends it, is attached already. */
function attach(app: Application, name: (typeof needed)[number], dataSource: DataSource | string): void {
  if (!app.registry.findModel(name)) throw errors.ACCESS_MODEL_MISSING({ model: name })
  const Model = app.registry.getModelByType(name)
  if (Model.dataSource) return
  app.model(Model, { dataSource, public: name === 'User' })
}

/** Methods that no rule in settings protects get a step once rules may be stored. */
function followStoredRules(app: Application): void {
  const ACL = app.registry.findModel('ACL')
  if (!ACL) return
  const again = () => {
    accessStateOf(app).version++
    app.remotes().authorizationOf = authorizationFor(app)
  }
  const follow = (Model: SharedModel) => void runtimeOf(Model).on('changed', again)
  follow(ACL)
  const { setup } = ACL
  Object.defineProperty(ACL, 'setup', {
    value(this: SharedModel) {
      setup.call(this)
      follow(this)
    },
    writable: true,
    configurable: true,
  })
}

/** LB2, LB3: whoever may read one model reads what it relates to. */
function warnOfOpenHops(app: Application): void {
  if (judgesHops(app)) return
  process.emitWarning(
    `Access rules do not follow relations in the profile ${app.registry.profile}: who may read a model also reads what it includes, ` +
      "filters and sorts by, whatever the rules of the related model say. Close this door with app.set('access', { hops: true }).",
    { type: 'ReloopWarning', code: 'ACCESS_HOPS_OPEN' },
  )
}
