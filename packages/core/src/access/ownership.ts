import { runtimeOf } from '@reloop/juggler'
import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'
import { accessFlags } from './compat'
import { descends, hasSeveralUsers, isUserClass } from './user-class'

/** Who somebody is, to rows: id, and type of the principal. */
export interface Owner {
  readonly id: unknown
  readonly principalType: string
}

/** How the rows of a model belong to users. */
interface Ways {
  /** The rows are users themselves. */
  readonly self: boolean
  /** Properties that hold the owner's id, the first that has a value deciding. */
  readonly properties: readonly string[]
  /** Foreign keys of relations to users, one of which has to match. */
  readonly keys: readonly string[]
}

interface RelationLike {
  readonly type: string
  readonly keyFrom: string
  readonly modelTo?: { readonly modelName: string }
}

/**
 * Whether a row belongs to somebody: a user to itself; else what has the id in `userId` or `owner`; else over a relation to a user model.
 *
 * @param Model the class of the row
 * @param row the row
 * @param given registry, and who is asked about
 */
export function owns(Model: SharedModel, row: Readonly<Record<string, unknown>>, given: { registry: Registry; owner: Owner }): boolean {
  const { owner } = given
  const ways = waysOf(Model, given)
  if (ways.self) return same(row[idName(Model)], owner.id)
  for (const name of ['userId', 'owner']) {
    const value = row[name]
    if (value && typeof value !== 'function') return same(value, owner.id) && countsProperty(given)
  }
  return ways.keys.some((key) => row[key] !== undefined && row[key] !== null && same(row[key], owner.id))
}

/** The condition that the rows of somebody meet; undefined where no row can be anybody's. */
export function ownerWhere(Model: SharedModel, given: { registry: Registry; owner: Owner }): Record<string, unknown> | undefined {
  const { id } = given.owner
  const { self, properties, keys } = waysOf(Model, given)
  if (self) return { [idName(Model)]: id }
  const clauses: Record<string, unknown>[] = []
  const before: Record<string, unknown> = {}
  for (const property of properties) {
    clauses.push({ ...before, [property]: id })
    before[property] = null
  }
  for (const key of keys) if (!properties.includes(key)) clauses.push({ ...before, [key]: id })
  return clauses.length > 1 ? { or: clauses } : clauses[0]
}

/** With several user models, a bare id says nothing about whose it is. */
function countsProperty({ registry, owner }: { registry: Registry; owner: Owner }): boolean {
  return owner.principalType === 'USER' || !hasSeveralUsers(registry)
}

function waysOf(Model: SharedModel, given: { registry: Registry; owner: Owner }): Ways {
  const { registry, owner } = given
  if (isUserClass(registry, Model))
    return { self: owner.principalType === 'USER' || owner.principalType === Model.modelName, properties: [], keys: [] }
  const { byName } = runtimeOf(Model).compiled
  const properties = countsProperty(given) ? ['userId', 'owner'].filter((name) => byName.has(name)) : []
  return { self: false, properties, keys: keysOf(Model, given) }
}

/** Relations that make an owner: the first one to a user model, or those that `ownerRelations` says. */
function keysOf(Model: SharedModel, { registry, owner }: { registry: Registry; owner: Owner }): readonly string[] {
  const { ownerRelations: follows } = accessFlags.of(registry.profile)
  const wanted = follows ? Model.settings.ownerRelations : undefined
  const several = hasSeveralUsers(registry)
  const relations = Object.entries((Model as unknown as { relations?: Record<string, RelationLike> }).relations ?? {}).filter(
    ([name, { type, modelTo }]) =>
      type === 'belongsTo' &&
      isUserClass(registry, modelTo) &&
      (!several || isOfType(registry, modelTo!, owner.principalType)) &&
      (!Array.isArray(wanted) || wanted.includes(name)),
  )
  const counted = wanted === true || Array.isArray(wanted) ? relations : relations.slice(0, 1)
  return counted.map(([, { keyFrom }]) => keyFrom)
}

function isOfType(registry: Registry, Model: { readonly modelName: string }, principalType: string): boolean {
  if (Model.modelName === principalType) return true
  const User = registry.findModel(principalType)
  return User !== undefined && descends(User, Model)
}

function idName(Model: SharedModel): string {
  return runtimeOf(Model).compiled.ids[0]?.name ?? 'id'
}

function same(a: unknown, b: unknown): boolean {
  return a !== undefined && a !== null && String(a) === String(b)
}
