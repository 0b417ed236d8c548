import { types } from 'node:util'
import { withoutNot, type Compare, type Entity, type EntityProperty, type Where } from '@reloop/connector'
import type { PlainObject } from '../../value/plain'
import { isNull } from './by-ids'
import type { Conditions } from './raw'
import type { Values } from './values'

/** What a condition becomes for a connector of LoopBack. */
export interface Pushed {
  /** The condition in LoopBack's form; `true` when it leaves every row in, `false` when no row can fulfil it. */
  readonly where: PlainObject | boolean
  /** Whether it holds for exactly the rows; else for them and perhaps for others, which must be tested. */
  readonly exact: boolean
}

/** What decides how much of a condition a connector may be trusted with. */
export interface Trust {
  readonly entity: Entity
  readonly relational: boolean
  readonly conditions: Conditions
  readonly values: Values
}

const wider: Pushed = Object.freeze({ where: true, exact: false })
const all: Pushed = Object.freeze({ where: true, exact: true })
const none: Pushed = Object.freeze({ where: false, exact: true })

/**
 * Folds a condition to LoopBack's form, as far as all of its connectors agree on what that means. Where they differ — nulls and
 * negation outside of SQL, case and order of texts, patterns, lists, paths — it is left out, so that the result is wider than the
 * condition and never narrower.
 *
 * @param where condition; left out: every row
 */
export function pushWhere(where: Where | undefined, trust: Trust): Pushed {
  if (!where) return all
  if (trust.conditions === 'ids') return idIn(where, trust) === undefined ? wider : push(where, trust)
  const pushed = push(where, trust)
  return trust.conditions === 'hints' && typeof pushed.where === 'object' ? { where: pushed.where, exact: false } : pushed
}

/** The id that a condition asks for and nothing else; undefined when it asks for more or less. */
export function idIn(where: Where | undefined, { entity }: Pick<Trust, 'entity'>): unknown {
  const [id, second] = entity.ids
  if (!id || second || where?.kind !== 'compare' || where.op !== 'eq') return undefined
  return where.path.length === 1 && where.path[0] === id.name ? (where.value ?? undefined) : undefined
}

function push(where: Where, trust: Trust): Pushed {
  switch (where.kind) {
    case 'and':
      return everyOf(where.items.map((item) => push(item, trust)))
    case 'or':
      return someOf(where.items.map((item) => push(item, trust)))
    case 'not':
      return isReversible(where.item, trust) ? push(withoutNot(where), trust) : wider
    case 'compare':
      return pushCompare(where, trust)
    case 'native':
      return { where: where.value as PlainObject, exact: true }
    case 'related':
      return wider
  }
}

function everyOf(items: readonly Pushed[]): Pushed {
  if (items.some((item) => item.where === false)) return none
  return joined('and', items, (item) => item.where !== true) ?? { where: true, exact: items.every((item) => item.exact) }
}

function someOf(items: readonly Pushed[]): Pushed {
  if (items.some((item) => item.where === true)) return items.some((item) => item.where === true && item.exact) ? all : wider
  return joined('or', items, (item) => item.where !== false) ?? none
}

function joined(kind: 'and' | 'or', items: readonly Pushed[], tells: (item: Pushed) => boolean): Pushed | undefined {
  const kept = items.filter(tells)
  const exact = items.every((item) => item.exact)
  return kept[0] && { where: kept.length === 1 ? kept[0].where : { [kind]: kept.map((item) => item.where) }, exact }
}

const reversible: ReadonlySet<string> = new Set(['eq', 'neq', 'inq', 'nin', 'gt', 'gte', 'lt', 'lte', 'between', 'exists'])

function isReversible(where: Where, trust: Trust): boolean {
  if (where.kind === 'and' || where.kind === 'or') return where.items.every((item) => isReversible(item, trust))
  if (where.kind === 'not') return isReversible(where.item, trust)
  return where.kind === 'compare' && reversible.has(where.op) && kindOf(propertyOf(where, trust)) !== undefined
}

function propertyOf({ path }: Compare, { entity }: Trust): EntityProperty | undefined {
  return path.length === 1 ? entity.byName.get(path[0]!) : undefined
}

/** How far every connector compares values of a property alike: numbers and the like in every way, texts by equality but for case. */
function kindOf(property: EntityProperty | undefined): 'ordered' | 'text' | undefined {
  switch (property?.type) {
    case 'number':
    case 'integer':
    case 'boolean':
    case 'date':
    case 'dateOnly':
      return 'ordered'
    case 'string':
    case 'text':
    case 'bigint':
      return 'text'
    default:
      return undefined
  }
}

function pushCompare(node: Compare, trust: Trust): Pushed {
  const property = propertyOf(node, trust)
  const kind = kindOf(property)
  if (!property) return wider
  if (node.op === 'exists') return pushNull(property, node.value === false, trust)
  if ((node.op === 'eq' || node.op === 'neq') && isNull(node.value)) return pushNull(property, node.op === 'eq', trust)
  if (!kind || !fits(property, node.value)) return wider
  if (kind === 'ordered') return pushOrdered(property, node, trust)
  return pushText(property, node, trust)
}

/**
 * Whether an operand is what the property holds. Another one, which nothing equals, might be taken for an operator (an object) or make
 * the statement fail, so it never reaches the connector.
 */
function fits({ type }: EntityProperty, value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => isNull(item) || (!Array.isArray(item) && fits({ type } as EntityProperty, item)))
  switch (type) {
    case 'number':
    case 'integer':
      return Number.isFinite(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'date':
      return types.isDate(value) && !Number.isNaN(value.getTime())
    case 'bigint':
      return typeof value === 'bigint' || typeof value === 'string' || typeof value === 'number'
    default:
      return typeof value === 'string' && !value.includes('\0')
  }
}

function pushNull({ name }: EntityProperty, missing: boolean, { relational }: Trust): Pushed {
  return relational ? { where: { [name]: missing ? null : { neq: null } }, exact: true } : wider
}

const lists: ReadonlySet<string> = new Set(['inq', 'nin', 'between'])

function pushOrdered(property: EntityProperty, { op, value }: Compare, trust: Trust): Pushed {
  const { name } = property
  const isNegative = op === 'neq' || op === 'nin'
  if (isNegative && !trust.relational) return wider
  if (Array.isArray(value) !== lists.has(op)) return wider
  switch (op) {
    case 'eq':
      return { where: { [name]: value }, exact: true }
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
    case 'between':
      return { where: { [name]: { [op]: value } }, exact: true }
    case 'inq':
      return pushList(property, value as readonly unknown[], trust)
    case 'neq':
      return someOf([{ where: { [name]: { neq: value } }, exact: true }, pushNull(property, true, trust)])
    case 'nin':
      return pushWithout(property, value as readonly unknown[], trust)
    default:
      return wider
  }
}

/** A text is equal to others in some stores, by case or accents; a key is what the store says it is. */
function pushText(property: EntityProperty, { op, value }: Compare, trust: Trust): Pushed {
  const exact = property.id !== undefined
  if (Array.isArray(value) !== (op === 'inq')) return wider
  if (op === 'eq') return { where: { [property.name]: trust.values.operand(property, value) }, exact }
  if (op !== 'inq') return pushPattern(property, op, value, trust)
  const pushed = pushList(property, value as readonly unknown[], trust)
  return { where: pushed.where, exact: pushed.exact && exact }
}

function pushList(property: EntityProperty, list: readonly unknown[], trust: Trust): Pushed {
  const values = list.filter((value) => !isNull(value)).map((value) => trust.values.operand(property, value))
  const listed: Pushed = values.length ? { where: { [property.name]: { inq: values } }, exact: true } : none
  return values.length === list.length ? listed : someOf([listed, pushNull(property, true, trust)])
}

function pushWithout(property: EntityProperty, list: readonly unknown[], trust: Trust): Pushed {
  const values = list.filter((value) => !isNull(value))
  const others: Pushed = values.length ? { where: { [property.name]: { nin: values } }, exact: true } : all
  return values.length < list.length
    ? everyOf([others, pushNull(property, false, trust)])
    : someOf([others, pushNull(property, true, trust)])
}

const patterns: Readonly<Record<string, (text: string) => string>> = {
  like: (text) => text,
  startsWith: (text) => `${text}%`,
  endsWith: (text) => `%${text}`,
  contains: (text) => `%${text}%`,
}

/** SQL's LIKE, where nothing in it needs escaping, finds all that the pattern means, and perhaps other case. */
function pushPattern({ name }: EntityProperty, op: string, value: unknown, { relational }: Trust): Pushed {
  const pattern = patterns[op]
  if (!relational || !pattern || typeof value !== 'string') return wider
  if (value.includes('\\') || (op !== 'like' && /[%_]/.test(value))) return wider
  return { where: { [name]: { like: pattern(value) } }, exact: false }
}
