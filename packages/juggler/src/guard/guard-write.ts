import { changeOperators } from '@reloop/connector'
import { errors } from '../errors'
import { mergeWhere } from '../filter/merge'
import { planWhere } from '../filter/plan'
import { resolveRelated } from '../filter/two-step'
import { trust } from '../filter/trusted'
import type { GuardAction, GuardAllowed, JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { kData, kGuard, kModel } from '../symbols'
import { isPlainObject, type PlainObject } from '../value/plain'
import { askGuard, unguarded } from './ask'
import { decide } from './decide'
import { checkFixed } from './guard-filter'

const given = new WeakMap<object, readonly string[]>()

/** Remembers which properties were given for an instance, beside those that it has by default. */
export function rememberNames(instance: ModelInstance, names: readonly string[]): void {
  given.set(instance, names)
}

const operators: ReadonlySet<string> = new Set(changeOperators.map((name) => `$${name}`))

/** The properties that data writes; those inside operators too. */
export function writtenBy(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null) return []
  const known = given.get(data)
  if (known) return known
  const values = (data as Partial<ModelInstance>)[kModel] ? (data as ModelInstance)[kData] : (data as PlainObject)
  const names = Object.keys(values).flatMap((key) => {
    if (values[key] === undefined) return []
    return operators.has(key) && isPlainObject(values[key]) ? Object.keys(values[key]) : [key]
  })
  return [...new Set(names)]
}

/** Asks the guard about a write of some properties of one row; undefined where there is no guard. */
export async function guardWrite(
  model: ModelRuntime,
  asked: { action: GuardAction; writes: readonly string[] },
  options: JugglerOptions,
): Promise<GuardAllowed | undefined> {
  if (!options[kGuard]) return undefined
  const allowed = await askGuard(model, { action: asked.action, paths: asked.writes }, options)
  checkFixed(asked.writes, allowed)
  return allowed
}

/** What a row has to meet once it is written. */
function ruleOf(allowed: GuardAllowed): PlainObject | undefined {
  return allowed.after ?? allowed.where
}

/** Refuses a new row that would not exist for the caller. */
export async function checkNew(
  model: ModelRuntime,
  row: PlainObject,
  given: { allowed: GuardAllowed | undefined; options: JugglerOptions },
): Promise<void> {
  const rule = given.allowed && ruleOf(given.allowed)
  if (!rule) return
  const known = { row, whole: true }
  if ((await decide(model, rule, { known, options: given.options })) !== true) throw errors.AUTHORIZATION_REQUIRED()
}

/** A change of rows that a guard allows under conditions. */
export interface GuardedChange {
  readonly where: unknown
  /** Values that the rows get. */
  readonly set: PlainObject
  readonly allowed: GuardAllowed
}

/**
 * The rows that a change may reach: they exist for the caller, and will meet what the guard wants once they are changed. Undefined when
 * the values alone break it.
 */
export async function allowedRows(model: ModelRuntime, change: GuardedChange, options: JugglerOptions): Promise<PlainObject | undefined> {
  const { where, set, allowed } = change
  const rule = ruleOf(allowed)
  const verdict = rule ? await decide(model, rule, { known: { row: set, whole: false }, options }) : true
  if (verdict === false) return undefined
  const reached = mergeWhere(mergeWhere(where, allowed.where), verdict === true ? undefined : verdict)
  const resolved = (await resolveRelated(model, reached, unguarded(options))) as PlainObject | undefined
  return trust({ ...resolved })
}

/** Whether some row that exists for the caller meets a where. */
export async function isThere(
  model: ModelRuntime,
  { where, allowed }: { where: PlainObject; allowed?: GuardAllowed },
  options: JugglerOptions,
): Promise<boolean> {
  const reached = await resolveRelated(model, mergeWhere(where, allowed?.where), unguarded(options))
  const condition = planWhere(model, isPlainObject(reached) ? trust({ ...reached }) : reached)
  return (await model.connector.count({ entity: model.entity, where: condition }, model.call(options))) > 0
}

/** A test of rows whose values a change computes; undefined when no computed value decides. */
export function testOf(
  model: ModelRuntime,
  allowed: GuardAllowed | undefined,
  options: JugglerOptions,
): ((row: PlainObject) => Promise<boolean>) | undefined {
  const rule = allowed && ruleOf(allowed)
  if (!rule) return undefined
  return async (row) => (await decide(model, rule, { known: { row, whole: true }, options })) === true
}
