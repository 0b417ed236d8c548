import type { Change, Row } from '@reloop/connector'
import { errors } from '../errors'
import { mergeWhere } from '../filter/merge'
import { planWhere } from '../filter/plan'
import { whereById } from '../filter/plan-by-id'
import { allowedRows, isThere, testOf } from '../guard/guard-write'
import type { GuardAllowed, JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { kModel } from '../symbols'
import type { PlainObject } from '../value/plain'
import { applyChange } from './apply-change'
import { isPromise } from './begin'
import { changeOf, type Operators } from './change'
import { idOf } from './ids'
import { own } from '../model/instance'
import { storeErrors } from './store-errors'

/** A change to one row. */
export interface RowChange {
  readonly where: PlainObject
  readonly set: PlainObject
  readonly unset?: readonly string[]
  /** What is done in place; the instance takes what comes of it. */
  readonly operators?: Operators
  /** Which error says that the row is not there. */
  readonly missing: 'update' | 'replace'
  /** What the guard says of it. */
  readonly allowed?: GuardAllowed
  /** Values that the row must have, or the write is refused. */
  readonly holds?: PlainObject
  /** Row to insert when it is not there, where the profile does so. */
  readonly insert?: PlainObject
}

/** Writes one row and answers whether it was inserted; a row that is not there is an error. */
export async function writeRow(instance: ModelInstance, change: RowChange, options: JugglerOptions): Promise<boolean> {
  const model = instance[kModel]
  if (Object.keys(change.set).length === 0 && !change.unset?.length && !change.operators) return false
  const reached = change.allowed ? await guarded(model, change, options) : change
  const count = reached ? await update(model, { instance, change: reached }, options) : 0
  if (count > 0) return false
  if (change.allowed) await refuse(model, change, options)
  else if (change.insert && model.flags.saveRecreates) {
    await insert(model, { instance, row: change.insert }, options)
    return true
  }
  const id = idOf(model, change.where)
  throw change.missing === 'update' ? errors.UPDATE_MISSING({ id }) : errors.REPLACE_MISSING({ id })
}

/** The same change of the rows that the guard lets it reach; undefined for none. */
async function guarded(model: ModelRuntime, change: RowChange, options: JugglerOptions): Promise<RowChange | undefined> {
  const lost = Object.fromEntries((change.unset ?? []).map((name) => [name, null]))
  const where = mergeWhere(change.where, change.holds)
  const reached = await allowedRows(model, { where, set: { ...lost, ...change.set }, allowed: change.allowed! }, options)
  return reached && { ...change, where: reached }
}

/** A row that is there for the caller was not to be changed like that; any other does not exist. */
async function refuse(model: ModelRuntime, { where, allowed }: RowChange, options: JugglerOptions): Promise<void> {
  if (await isThere(model, { where, allowed }, options)) throw errors.AUTHORIZATION_REQUIRED()
}

async function update(
  model: ModelRuntime,
  asked: { instance: ModelInstance; change: RowChange },
  options: JugglerOptions,
): Promise<number> {
  const { set, unset, operators, where } = asked.change
  if (operators) return updateInPlace(model, { ...asked, operators }, options)
  const change: Change = unset?.length ? { set, unset: Object.fromEntries(unset.map((name) => [name, true])) } : { set }
  try {
    const reached = whereById(model, where) ?? planWhere(model, where)
    const answer = model.connector.update({ entity: model.entity, where: reached, change }, model.call(options))
    return (isPromise(answer) ? await answer : answer).count
  } catch (cause) {
    throw storeErrors(asked.instance, cause)
  }
}

/** Changes values in the store, and takes what they have become. */
async function updateInPlace(
  model: ModelRuntime,
  asked: { instance: ModelInstance; change: RowChange; operators: Operators },
  options: JugglerOptions,
): Promise<number> {
  const { instance, change, operators } = asked
  const where = planWhere(model, change.where)
  const call = model.call(options)
  try {
    const test = testOf(model, change.allowed, options)
    const { count, rows } = await applyChange(model, { where, change: changeOf(change.set, operators), returning: true, test }, call)
    const [row] = rows ?? (await model.connector.find({ entity: model.entity, query: { where, limit: 1 } }, call))
    if (row && count > 0) takeInPlace(instance, row, operators)
    return count
  } catch (cause) {
    throw storeErrors(instance, cause)
  }
}

function takeInPlace(instance: ModelInstance, row: Row, operators: Operators): void {
  const data = own(instance)
  for (const name of Object.values(operators).flatMap((operands) => Object.keys(operands ?? {}))) {
    const property = instance[kModel].compiled.byName.get(name)!
    const value = row[name] ?? null
    data[name] = value !== null && property.complex ? property.hydrate(value, instance) : value
  }
}

async function insert(model: ModelRuntime, asked: { instance: ModelInstance; row: PlainObject }, options: JugglerOptions): Promise<void> {
  try {
    await model.connector.insert({ entity: model.entity, rows: [asked.row] }, model.call(options))
  } catch (cause) {
    throw storeErrors(asked.instance, cause)
  }
}

/** Data without its ids, in a new object. */
export function withoutIds(model: ModelRuntime, data: PlainObject): PlainObject {
  const rest = { ...data }
  for (const id of model.compiled.ids) delete rest[id.name]
  return rest
}
