import type { HttpContext } from '@reloop/remoting'
import type { Application } from '../app/application'
import { accessFlags, type AccessFlags } from './compat'

/** Says which tenant a request belongs to: its value, `true` for all tenants, nothing for none. */
export type TenantResolver = (context: HttpContext) => unknown

/** How an application decides access. */
export interface AccessState {
  readonly flags: AccessFlags
  enabled: boolean
  tenant: TenantResolver | undefined
  /** Counts changes of rules anywhere; what was compiled from older ones is made anew. */
  version: number
}

const states = new WeakMap<object, AccessState>()

/** How an application decides access; made when first asked for. */
export function accessStateOf(app: Application): AccessState {
  let state = states.get(app)
  if (!state) {
    const flags = accessFlags.of(app.registry.profile)
    states.set(app, (state = { flags, enabled: false, tenant: undefined, version: 0 }))
  }
  return state
}

/** Settings under `access`, which lie over what the profile says. */
interface AccessSettings {
  readonly hops?: boolean
  readonly ownerRows?: boolean
}

/** Whether rules follow relations. */
export function judgesHops(app: Application): boolean {
  return (app.get('access') as AccessSettings | undefined)?.hops ?? accessStateOf(app).flags.hops
}

/** Whether `$owner` is about the rows that a method touches. */
export function ownsRows(app: Application): boolean {
  return (app.get('access') as AccessSettings | undefined)?.ownerRows ?? accessStateOf(app).flags.ownerRows
}

/** How long one look-up of a role or tenant may take, in milliseconds (`limits.time.resolver`). */
export function resolverTime(app: Application | undefined): number {
  const { time } = (app?.get('limits') ?? {}) as { time?: { resolver?: number } }
  return time?.resolver ?? 5_000
}
