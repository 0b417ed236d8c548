import { runtimeOf } from '@reloop/juggler'
import type { Application } from '../app/application'
import type { SharedModel } from '../types'
import { accessStateOf, judgesHops, ownsRows } from './access-state'
import { dynamicRoles } from './names'
import { staticRules } from './static-rules'
import { storesRules } from './stored-rules'
import { concernsTenants, followTenant } from './tenant-hook'

/** What the models of an application, taken together, want of a guard. */
interface Survey {
  /** Counts of changes that it was made at. */
  readonly remotes: number
  readonly access: number
  /** Whether any model has rules about rows or fields, or belongs to tenants. */
  readonly anywhere: boolean
  readonly needs: Map<SharedModel, boolean>
}

const surveys = new WeakMap<Application, Survey>()
const watched = new WeakMap<Application, WeakSet<SharedModel>>()

/** Whether a guard could say anything but yes while a method of a model runs; found out once per state of the models. */
export function needsGuard(app: Application, Model: SharedModel): boolean {
  const state = accessStateOf(app)
  let survey = surveys.get(app)
  if (!survey || survey.remotes !== app.remotes().version || survey.access !== state.version) surveys.set(app, (survey = make(app)))
  let needs = survey.needs.get(Model)
  if (needs === undefined) survey.needs.set(Model, (needs = survey.anywhere || (state.enabled && asks(app, Model))))
  return needs
}

function make(app: Application): Survey {
  const state = accessStateOf(app)
  const known = watched.get(app) ?? new WeakSet<SharedModel>()
  watched.set(app, known)
  let anywhere = false
  for (const Model of Object.values(app.registry.modelBuilder.models) as SharedModel[]) {
    if (!known.has(Model)) {
      known.add(Model)
      runtimeOf(Model).on('changed', () => state.version++)
    }
    if (state.tenant && concernsTenants(app, Model)) {
      followTenant(app, Model)
      anywhere = true
    }
    if (state.enabled) anywhere ||= staticRules(Model, []).some(({ where, fields }) => where !== undefined || fields !== undefined)
  }
  return { remotes: app.remotes().version, access: state.version, anywhere, needs: new Map() }
}

/** Owners' rows, steps over relations and stored rules are found out while a method runs. */
function asks(app: Application, Model: SharedModel): boolean {
  if (storesRules(app.registry)) return true
  if (judgesHops(app) && runtimeOf(Model).hasRelations) return true
  return ownsRows(app) && staticRules(Model, []).some(({ principalId }) => principalId === dynamicRoles.OWNER)
}
