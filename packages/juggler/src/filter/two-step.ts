import type { Row } from '@reloop/connector'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { RelationDefinition } from '../relations/relation-definition'
import { isPlainObject, type PlainObject } from '../value/plain'
import { needsTwoSteps } from './across'
import { mergeWhere } from './merge'
import { planFind } from './plan'
import { quantifiersIn, type Quantifier } from './quantifiers'
import { trust } from './trusted'

/** A where in which conditions on related rows stand as lists of keys; the same object where there are none. */
export async function resolveRelated(model: ModelRuntime, where: unknown, options: JugglerOptions): Promise<unknown> {
  if (!isPlainObject(where) || !mentionsRelated(model, where)) return where
  const resolver = new Resolver(options)
  return trust(await resolver.where(model, where))
}

function relationAt(model: ModelRuntime, key: string): RelationDefinition | undefined {
  return model.compiled.byName.has(key) || model.compiled.byName.has(key.split('.')[0]!) ? undefined : model.relation(key.split('.')[0]!)
}

/** Whether a where has conditions on related rows that the store can not answer by itself. */
export function mentionsRelated(model: ModelRuntime, where: unknown): boolean {
  if (!isPlainObject(where)) return false
  return Object.entries(where).some(([key, value]) => {
    if (Array.isArray(value) && !model.compiled.byName.has(key)) return value.some((clause) => mentionsRelated(model, clause))
    if (key === 'not' && isPlainObject(value)) return mentionsRelated(model, value)
    const relation = relationAt(model, key)
    if (relation === undefined) return false
    return needsTwoSteps(model, relation) || mentionsFurther(relation, key, value)
  })
}

/** Whether conditions inside those on a related row that the store can join are such that it can not. */
function mentionsFurther(relation: RelationDefinition, key: string, value: unknown): boolean {
  const to = relation.joinTarget()
  if (!to) return false
  const rest = key.split('.').slice(1).join('.')
  if (rest) return mentionsRelated(to.model, { [rest]: value })
  if (!isPlainObject(value)) return false
  const named = quantifiersIn(value)
  if (named.length === 0) return mentionsRelated(to.model, value)
  const between = relation.throughTarget?.()
  if (between && mentionsRelated(between.model, value.through)) return true
  return named.some((quantifier) => isPlainObject(value[quantifier]) && mentionsRelated(to.model, value[quantifier]))
}

/** Conditions on related rows, and on those between. */
interface Conditions {
  readonly where: PlainObject
  readonly through?: PlainObject
}

class Resolver {
  readonly #options: JugglerOptions

  constructor({ transaction }: JugglerOptions) {
    this.#options = transaction === undefined ? {} : { transaction }
  }

  async where(model: ModelRuntime, where: PlainObject): Promise<PlainObject> {
    const clauses: PlainObject[] = []
    for (const [key, value] of Object.entries(where)) clauses.push(await this.#clause(model, key, value))
    return clauses.length === 1 ? clauses[0]! : { and: clauses }
  }

  async #clause(model: ModelRuntime, key: string, value: unknown): Promise<PlainObject> {
    if (!model.compiled.byName.has(key)) {
      if (Array.isArray(value)) return { [key]: await Promise.all(value.map((clause: PlainObject) => this.where(model, clause))) }
      if (key === 'not' && isPlainObject(value)) return { not: await this.where(model, value) }
    }
    const relation = relationAt(model, key)
    if (!relation) return { [key]: value }
    const rest = key.split('.').slice(1).join('.')
    if (!needsTwoSteps(model, relation)) return this.#inside(relation, { key, rest, value })
    if (rest) return this.#quantified(relation, 'some', { where: { [rest]: value } })
    const given = value as PlainObject
    const named = quantifiersIn(given)
    if (named.length === 0) return this.#quantified(relation, 'some', { where: given })
    const through = given.through as PlainObject | undefined
    const each = named.map((quantifier) =>
      this.#quantified(relation, quantifier, { where: (given[quantifier] ?? {}) as PlainObject, through }),
    )
    return { and: await Promise.all(each) }
  }

  /** The store joins this one; conditions further on may still need steps. */
  async #inside(relation: RelationDefinition, { key, rest, value }: { key: string; rest: string; value: unknown }): Promise<PlainObject> {
    const to = relation.joinTarget()
    if (!to || !mentionsFurther(relation, key, value)) return { [key]: value }
    if (rest) return { [relation.name]: { some: await this.where(to.model, { [rest]: value }) } }
    const given = value as PlainObject
    const named = quantifiersIn(given)
    if (named.length === 0) return { [key]: { some: await this.where(to.model, given) } }
    const inner = await Promise.all(named.map(async (name) => [name, await this.where(to.model, (given[name] ?? {}) as PlainObject)]))
    const links = given.through as PlainObject | undefined
    const through = links && (await this.where(relation.throughTarget!()!.model, links))
    return { [key]: { ...(Object.fromEntries(inner) as PlainObject), ...(through && { through }) } }
  }

  async #quantified(relation: RelationDefinition, quantifier: Quantifier, { where, through }: Conditions): Promise<PlainObject> {
    const inner = quantifier === 'every' ? { not: where } : where
    const keys = await this.#ownKeys(relation, { where: inner, through })
    return { [relation.keyFrom]: quantifier === 'some' ? { inq: keys } : { nin: keys } }
  }

  /** Keys of this side whose related rows match. */
  async #ownKeys(relation: RelationDefinition, { where, through }: Conditions): Promise<readonly unknown[]> {
    const { model } = relation.joinTarget()!
    const { softDelete } = model.compiled
    const scope = mergeWhere(relation.applyScope(null, {}).where, softDelete && { [softDelete.property]: null })
    const resolved = await this.where(model, Object.keys(where).length ? where : {})
    const keys = await this.#column(model, { where: mergeWhere(resolved, scope), column: relation.keyTo })
    const between = relation.throughTarget?.()
    if (!between) return keys
    const links = mergeWhere(between.where, through && (await this.where(between.model, through)))
    return this.#column(between.model, { where: mergeWhere({ [between.to]: { inq: keys } }, links), column: between.from })
  }

  async #column(model: ModelRuntime, asked: { where?: PlainObject; column: string }): Promise<readonly unknown[]> {
    if (!model.ready) await model.whenReady('find')
    const { plan, values } = planFind(model, { where: asked.where, fields: [asked.column] }, { trusted: true })
    const rows: readonly Row[] = await plan.run(values, model.call(this.#options))
    return [...new Set(rows.map((row) => row[asked.column]).filter((key) => key !== null && key !== undefined))]
  }
}
