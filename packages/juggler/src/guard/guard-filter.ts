import { errors } from '../errors'
import type { Filter } from '../filter/filter'
import { mergeWhere } from '../filter/merge'
import { quantifiersIn } from '../filter/quantifiers'
import { resolveRelated } from '../filter/two-step'
import { isTrusted, trust } from '../filter/trusted'
import type { GuardAction, GuardAllowed, GuardHop, JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { isPlainObject, type PlainObject } from '../value/plain'
import { askGuard } from './ask'
import { askIncluded } from './ask-included'
import { kReach } from './reach'
import { hopOf, isLogic, Touched, type Hop, type Touch } from './touched'

/** A query that a guard is asked about. */
export interface Guarding {
  readonly action: GuardAction
  readonly filter: Filter
  /** What the caller gave of it; the rest are scopes. */
  readonly asked: Filter
  readonly hop?: GuardHop
  /** Properties that the call reads beside its filter. */
  readonly reads?: readonly string[]
  /** Properties that the call writes. */
  readonly writes?: readonly string[]
}

/**
 * Asks the guard about a query and about every entity that it touches over a relation. Answers the filter that holds: with the rows of
 * each entity that exist for the caller in it, inside the conditions on related rows. Throws AUTHORIZATION_REQUIRED, and
 * QUERY_PROPERTY_UNKNOWN for a property that is hidden.
 */
export async function guardFilter(model: ModelRuntime, guarding: Guarding, options: JugglerOptions): Promise<Filter> {
  const { filter, asked } = guarding
  const touched = new Touched(model, guarding.hop)
  touched.where(touched.root, filter.where)
  const ordering = touched.order(filter.order, filter.order === asked.order ? 'order' : undefined)
  touched.names(guarding.reads ?? [], 'aggregate')
  touched.names(guarding.writes ?? [])

  const answers = new Map<Touch, GuardAllowed>()
  for (const touch of touched.all) {
    const action = touch === touched.root ? guarding.action : 'find'
    const answer = await askGuard(touch.model, { action, paths: [...touch.paths], hop: touch.hop }, options)
    checkHidden(touch, answer)
    answers.set(touch, answer)
  }
  if (filter.include && !guarding.hop && guarding.action === 'find') await askIncluded(model, filter.include, options)
  const allowed = answers.get(touched.root)!
  if (filter.fields === asked.fields) checkFields(model, filter.fields, allowed)
  checkFixed(guarding.writes, allowed)

  const where = mergeWhere(new Narrowing(touched, answers).where(touched.root, filter.where), allowed.where)
  if (where && where !== filter.where && !isTrusted(where)) trust(where)
  const orders = new Map<string, PlainObject>()
  for (const name of ordering) {
    const far = touched.of(touched.root, name, 'to')!
    const rows = answers.get(far)!.where
    if (rows) orders.set(name, (await resolveRelated(far.model, rows, options)) as PlainObject)
  }
  return { ...filter, where, [kReach]: Object.freeze({ allowed, orders }) }
}

function headOf(path: string): string {
  const dot = path.indexOf('.')
  return dot < 0 ? path : path.slice(0, dot)
}

function checkHidden({ model, named }: Touch, { hidden }: GuardAllowed): void {
  if (!hidden?.length) return
  for (const [path, where] of named)
    if (hidden.includes(headOf(path))) throw errors.QUERY_PROPERTY_UNKNOWN({ model: model.name, property: path, where })
}

/** A projection may leave hidden properties out, not ask for them. */
function checkFields(model: ModelRuntime, fields: unknown, { hidden }: GuardAllowed): void {
  if (!hidden?.length || fields === undefined || fields === null) return
  const names: readonly unknown[] = isPlainObject(fields)
    ? Object.keys(fields).filter((name) => ![false, 'false', 0, '0', undefined, null].includes(fields[name] as false))
    : typeof fields === 'string'
      ? fields.split(',')
      : Array.isArray(fields)
        ? fields
        : []
  const name = names.find((one) => typeof one === 'string' && hidden.includes(one.trim()))
  if (name !== undefined) throw errors.QUERY_PROPERTY_UNKNOWN({ model: model.name, property: String(name), where: 'fields' })
}

/** Refuses to write what the guard says is fixed. */
export function checkFixed(writes: readonly string[] | undefined, { fixed }: GuardAllowed): void {
  if (fixed?.length && writes?.some((path) => fixed.includes(headOf(path)))) throw errors.AUTHORIZATION_REQUIRED()
}

/** Puts the rows that exist for the caller into conditions on related rows. What needs no change is answered as it is. */
class Narrowing {
  readonly #touched: Touched
  readonly #answers: ReadonlyMap<Touch, GuardAllowed>
  readonly #some: boolean

  constructor(touched: Touched, answers: ReadonlyMap<Touch, GuardAllowed>) {
    this.#touched = touched
    this.#answers = answers
    this.#some = [...answers].some(([touch, answer]) => touch !== touched.root && answer.where !== undefined)
  }

  where(touch: Touch, where: unknown): unknown {
    if (!this.#some || !isPlainObject(where)) return where
    const clauses = Object.entries(where).map(([key, value]) => this.#clause(touch, key, value))
    return clauses.length === 1 ? clauses[0] : { and: clauses }
  }

  #clause(touch: Touch, key: string, value: unknown): PlainObject {
    if (isLogic(touch.model, key))
      return { [key]: Array.isArray(value) ? value.map((clause) => this.where(touch, clause)) : this.where(touch, value) }
    const to = hopOf(touch.model, key)
    return to ? { [to.name]: this.#related(touch, to, value) } : { [key]: value }
  }

  #related(touch: Touch, to: Hop, value: unknown): unknown {
    const far = this.#touched.of(touch, to.name, 'to')!
    const between = this.#touched.of(touch, to.name, 'between')
    const rows = this.#answers.get(far)?.where
    const links = between && this.#answers.get(between)?.where
    const inside = (given: unknown) => this.where(far, given)
    if (to.rest) return quantified({ some: both(inside({ [to.rest]: value }), rows) }, links)
    if (!isPlainObject(value)) return value
    const named = quantifiersIn(value)
    if (named.length === 0) return quantified({ some: both(inside(value), rows) }, links)
    const narrowed: PlainObject = {}
    for (const quantifier of named) {
      const inner = inside(value[quantifier])
      narrowed[quantifier] = quantifier === 'every' && rows ? { or: [inner ?? {}, { not: rows }] } : both(inner, rows)
    }
    return quantified(narrowed, mergeWhere(value.through, links))
  }
}

function both(where: unknown, rows: PlainObject | undefined): PlainObject {
  return mergeWhere(where, rows) ?? {}
}

function quantified(conditions: PlainObject, links: PlainObject | undefined): PlainObject {
  return links ? { ...conditions, through: links } : conditions
}
