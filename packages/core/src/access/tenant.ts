import { runtimeOf } from '@reloop/juggler'
import type { HttpContext } from '@reloop/remoting'
import type { Application } from '../app/application'
import type { SharedModel } from '../types'
import { accessStateOf, resolverTime } from './access-state'
import { isPlainObject } from './plain-object'
import { inTime } from './in-time'
import { explain } from './explain'

const values = new WeakMap<object, Promise<unknown>>()

/** The tenant of a request; `true` for all of them, undefined for none. A resolver that fails or takes too long says none. */
export function tenantOf(app: Application, context: HttpContext): Promise<unknown> {
  const { raw } = context.request
  let value = values.get(raw)
  if (!value) values.set(raw, (value = resolve(app, context)))
  return value
}

async function resolve(app: Application, context: HttpContext): Promise<unknown> {
  const { tenant } = accessStateOf(app)
  if (!tenant) return undefined
  try {
    const asked = (async () => tenant(context))()
    const found = await inTime(asked, resolverTime(app))
    return found === null || isPlainObject(found) ? undefined : found
  } catch (error) {
    explain('acl')?.(`the tenant resolver failed: ${String(error)}`)
    return undefined
  }
}

/** Forgets the tenant of a request: what is held open asks anew. */
export function forgetTenant(raw: object): void {
  values.delete(raw)
}

/** The property of a model that holds the tenant: the setting `tenant`, or the property that has the option `tenant: true`. */
export function tenantProperty(Model: SharedModel): string | undefined {
  const { tenant } = Model.settings
  if (typeof tenant === 'string') return tenant
  if (tenant === false) return undefined
  const { properties } = (Model as unknown as { definition: { properties: Record<string, { tenant?: unknown } | undefined> } }).definition
  const found = Object.keys(properties).find((name) => properties[name]?.tenant === true)
  return found !== undefined && runtimeOf(Model).compiled.byName.has(found) ? found : undefined
}
