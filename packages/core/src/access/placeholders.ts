import { errors } from '../errors'
import type { Caller } from './caller'
import { then, type Awaitable } from './awaitable'
import { isPlainObject } from './plain-object'
import type { Condition } from './decide'

/** Values of a request that conditions of rules may name; a text that begins with `$` for real is written with two of them. */
type Known = (caller: Caller, tenant: () => Awaitable<unknown>) => Awaitable<unknown>

const known: Readonly<Record<string, Known>> = {
  $userId: (caller) => caller.user?.id,
  $principalType: (caller) => caller.user?.principalType,
  $appId: (caller) => caller.token?.appId,
  $tenant: (_, tenant) => tenant(),
  $now: () => new Date(),
}

/**
 * A condition with the values of the request in it; undefined where the request has no such value, and nobody can meet it.
 *
 * @param where as the rule has it
 * @param caller who sends the request
 * @param tenant gives the value of the tenant
 * @throws ACCESS_PLACEHOLDER_UNKNOWN
 */
export function fillIn(where: Condition, caller: Caller, tenant: () => Awaitable<unknown>): Awaitable<Condition | undefined> {
  let missing = false
  const waiting: Promise<void>[] = []
  const place: Place = (name, put) => {
    const take = (value: unknown) => {
      if (value === undefined || value === null || isPlainObject(value)) missing = true
      else put(value)
    }
    const value = valueOf(name, caller, tenant)
    if (value instanceof Promise) waiting.push(value.then(take))
    else take(value)
  }
  const filled = copy(where, place) as Condition
  const result = () => (missing ? undefined : filled)
  return waiting.length > 0 ? Promise.all(waiting).then(result) : result()
}

type Place = (name: string, put: (value: unknown) => void) => void

function copy(value: unknown, place: Place): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const made: Record<string, unknown> = Array.isArray(value) ? ([] as unknown as Record<string, unknown>) : {}
  for (const [key, item] of Object.entries(value)) {
    if (typeof item !== 'string' || !item.startsWith('$')) made[key] = copy(item, place)
    else if (item.startsWith('$$')) made[key] = item.slice(1)
    else place(item, (found) => (made[key] = found))
  }
  return made
}

function valueOf(name: string, caller: Caller, tenant: () => Awaitable<unknown>): Awaitable<unknown> {
  if (Object.hasOwn(known, name)) return known[name]!(caller, tenant)
  const path = name.startsWith('$user.') ? name.slice('$user.'.length) : ''
  if (!/^\w+$/.test(path)) throw errors.ACCESS_PLACEHOLDER_UNKNOWN({ name })
  return then(caller.record(), (record) => record?.[path])
}
