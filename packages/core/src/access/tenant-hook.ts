import { runtimeOf } from '@reloop/juggler'
import type { HttpContext } from '@reloop/remoting'
import type { Application } from '../app/application'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import { tenantOf, tenantProperty } from './tenant'

/** Key of the options of a call under which the tenant of its request is asked for. */
const kTenant = Symbol('tenant')

/** Asks for the tenant of the request behind a call. */
export type AskTenant = () => Promise<unknown>

/** What the options of a call hold for models that belong to tenants. */
export function tenantOption(app: Application, context: HttpContext): { [kTenant]: AskTenant } {
  return { [kTenant]: () => tenantOf(app, context) }
}

type Row = Record<string, unknown>

interface SaveContext {
  readonly instance?: Row
  readonly data?: Row
  readonly isNewInstance?: boolean
  readonly options: { readonly [kTenant]?: AskTenant; readonly transaction?: unknown }
}

const followed = new WeakSet<SharedModel>()

/** New rows of a model get the tenant of the request where it belongs to tenants, and may not point to rows of another one. */
export function followTenant(app: Application, Model: SharedModel): void {
  if (followed.has(Model)) return
  followed.add(Model)
  const observe = Model.observe as (operation: string, hook: (context: SaveContext) => Promise<void>) => void
  observe.call(Model, 'before save', async ({ instance, data, options }) => {
    const ask = options[kTenant]
    const tenant = await ask?.()
    const row = instance ?? data
    if (!ask || tenant === true || !row) return
    const property = tenantProperty(Model)
    // Without a tenant nothing is let through by the guard; rows that belong to none may still point to some.
    if (property !== undefined && tenant === undefined) return
    if (property !== undefined && (row[property] === undefined || row[property] === null)) row[property] = tenant
    for (const step of foreignKeys(app, Model)) await checkTarget(step, { id: row[step.key], tenant, transaction: options.transaction })
  })
}

/** Whether rows of a model have a tenant, or point to rows that have one. */
export function concernsTenants(app: Application, Model: SharedModel): boolean {
  return tenantProperty(Model) !== undefined || foreignKeys(app, Model).length > 0
}

interface ForeignKey {
  readonly key: string
  readonly target: SharedModel
  readonly to: string
  readonly property: string
}

interface RelationLike {
  readonly type: string
  readonly keyFrom: string
  readonly keyTo: string
  readonly modelTo?: SharedModel
}

/** Keys of rows that may point to rows that belong to tenants: as those between two models do. */
function foreignKeys(app: Application, Model: SharedModel): readonly ForeignKey[] {
  const relations = Object.values((Model as unknown as { relations?: Record<string, RelationLike> }).relations ?? {})
  return relations.flatMap(({ type, keyFrom, keyTo, modelTo }) => {
    const target = type === 'belongsTo' && modelTo ? app.registry.findModel(modelTo) : undefined
    const property = target && tenantProperty(target)
    return target && property !== undefined ? [{ key: keyFrom, to: keyTo, target, property }] : []
  })
}

/** A row of another tenant is not told from none. */
async function checkTarget(
  { target, to, property }: ForeignKey,
  { id, tenant, transaction }: { id: unknown; tenant: unknown; transaction: unknown },
): Promise<void> {
  if (id === undefined || id === null) return
  if (tenant === undefined || tenant === false) throw errors.MODEL_NOT_FOUND({ model: target.modelName, id })
  const options = transaction === undefined ? {} : { transaction }
  const found = await runtimeOf(target).rows.count({ [to]: id, [property]: tenant }, options)
  if (found === 0) throw errors.MODEL_NOT_FOUND({ model: target.modelName, id })
}
