import type { Compiled } from '../definition/compiled'
import { errors } from '../errors'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { kExtra, kModel } from '../symbols'
import { isPlainObject, type PlainObject } from '../value/plain'
import { Relation } from './relation'

/** What is asked of one relation: rows to make, to change, to remove, and which ones belong to the owner. */
export interface Asked {
  readonly create?: readonly PlainObject[]
  readonly update?: readonly PlainObject[]
  readonly connect?: readonly unknown[]
  readonly disconnect?: readonly unknown[]
  readonly delete?: readonly unknown[]
  readonly set?: readonly unknown[]
}

/** Data of a model, with what stands under the names of relations that take it apart. */
export interface Nested {
  readonly data: PlainObject
  readonly relations: readonly { readonly relation: Relation; readonly asked: Asked }[]
}

const verbs = ['create', 'update', 'connect', 'disconnect', 'delete', 'set'] as const
const most = 1000

const known = new WeakMap<Compiled, boolean>()

/** Whether some relation of a model takes nested data; asked once until the model changes. */
function hasNested(model: ModelRuntime): boolean {
  const { compiled } = model
  let some = known.get(compiled)
  if (some === undefined) known.set(compiled, (some = names(model).some((name) => model.relation(name)?.options.nested === true)))
  return some
}

function names(model: ModelRuntime | undefined): readonly string[] {
  return model ? [...Object.keys(model.relations), ...names(model.base)] : []
}

/** Takes the data of nested relations out of that of their owner; undefined when there is none. */
export function takeNested(model: ModelRuntime, data: unknown): Nested | undefined {
  if (!isPlainObject(data) || !hasNested(model)) return undefined
  let rest: PlainObject | undefined
  const relations: { relation: Relation; asked: Asked }[] = []
  for (const name in data) {
    if (model.compiled.byName.has(name)) continue
    const relation = model.relation(name)
    if (relation?.options.nested !== true || !(relation instanceof Relation) || data[name] === undefined) continue
    if (relation.kind !== 'one' && relation.kind !== 'many' && relation.kind !== 'through')
      throw errors.NESTED_INVALID({ relation: name, problem: `a ${relation.type} takes no nested data` })
    relations.push({ relation, asked: askedOf(relation, data[name]) })
    rest ??= { ...data }
    delete rest[name]
  }
  return rest && { data: rest, relations }
}

/** The data that stands under nested relations of an instance and was not written yet; undefined when there is none. */
export function takeHeld(instance: ModelInstance): Nested | undefined {
  const model = instance[kModel]
  const held = instance[kExtra]?.cachedRelations
  if (!held || !hasNested(model)) return undefined
  const given = Object.entries(held).filter(([name, value]) => model.relation(name)?.options.nested === true && isUnwritten(value))
  return given.length ? takeNested(model, Object.fromEntries(given)) : undefined
}

function isUnwritten(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 && value.every(isPlainObject) : isPlainObject(value)
}

/** A row, a list of rows, or verbs with what each is for. */
function askedOf(relation: Relation, given: unknown): Asked {
  const wrong = (problem: string) => errors.NESTED_INVALID({ relation: relation.name, problem })
  if (Array.isArray(given)) return checked(relation, { create: given }, wrong)
  if (given === null && !relation.multiple) return { set: [] }
  if (!isPlainObject(given)) throw wrong('Expected an object or a list')
  const keys = Object.keys(given)
  const isRow = keys.length === 0 || !keys.every((key) => (verbs as readonly string[]).includes(key))
  if (isRow) return checked(relation, { create: [given] }, wrong)
  const listed = Object.fromEntries(keys.map((key) => [key, listOf(given[key])]))
  return checked(relation, listed, wrong)
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return value === null || value === undefined ? [] : [value]
}

function checked(relation: Relation, asked: Asked, wrong: (problem: string) => Error): Asked {
  const all = Object.values(asked).flat() as unknown[]
  if (all.length > most) throw wrong(`more than ${most} rows`)
  if (!relation.multiple && (asked.create?.length ?? 0) + (asked.connect?.length ?? 0) + (asked.set?.length ?? 0) > 1)
    throw wrong('it holds one row at most')
  if (![...(asked.create ?? []), ...(asked.update ?? [])].every(isPlainObject)) throw wrong('Expected data of rows')
  const keys = [...(asked.connect ?? []), ...(asked.disconnect ?? []), ...(asked.delete ?? []), ...(asked.set ?? [])]
  if (keys.some((key) => key === null || key === undefined || (typeof key === 'object' && !isPlainObject(key)))) throw wrong('Expected ids')
  return asked
}
