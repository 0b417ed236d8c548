import type { Change, Row } from '@reloop/connector'
import { errors } from '../errors'
import { guardedWhere } from '../filter/guard'
import { planWhere } from '../filter/plan'
import { whereById } from '../filter/plan-by-id'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { kGuard, kModel } from '../symbols'
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
  /** Row to insert when it is not there, where the profile does so. */
  readonly insert?: PlainObject
}

/** Writes one row and answers whether it was inserted; a row that is not there is an error. */
export async function writeRow(instance: ModelInstance, change: RowChange, options: JugglerOptions): Promise<boolean> {
  const model = instance[kModel]
  if (options[kGuard]) {
    const allowed = await guardedWhere(model, { action: 'update', where: change.where }, options)
    change = { ...change, where: allowed.where as PlainObject }
  }
  if (Object.keys(change.set).length === 0 && !change.unset?.length && !change.operators) return false
  const count = await update(model, { instance, change }, options)
  if (count > 0) return false
  if (change.insert && model.flags.saveRecreates) {
    await insert(model, { instance, row: change.insert }, options)
    return true
  }
  const id = idOf(model, change.where)
  throw change.missing === 'update' ? errors.UPDATE_MISSING({ id }) : errors.REPLACE_MISSING({ id })
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
    const { count, rows } = await applyChange(model, { where, change: changeOf(change.set, operators), returning: true }, call)
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
