import { compileMatch } from '@reloop/connector'
import { mergeWhere } from '../filter/merge'
import { planFind, planWhere } from '../filter/plan'
import { quantifiersIn, type Quantifier } from '../filter/quantifiers'
import { resolveRelated } from '../filter/two-step'
import { trust } from '../filter/trusted'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { RelationDefinition } from '../relations/relation-definition'
import { isPlainObject, type PlainObject } from '../value/plain'
import { unguarded } from './ask'
import { ours } from './ours'
import { hopOf, isLogic } from './touched'

/** What is known of a row: all of it, or the values that a change gives it. */
export interface Known {
  readonly row: PlainObject
  readonly whole: boolean
}

/** Whether a rule holds; where what is known does not decide, the conditions that are left. */
export type Verdict = boolean | PlainObject

/** Holds a rule against what is known of a row. Conditions on related rows are asked of the store. */
export async function decide(model: ModelRuntime, rule: PlainObject, given: { known: Known; options: JugglerOptions }): Promise<Verdict> {
  return new Judge(given.known, unguarded(given.options)).where(model, rule)
}

class Judge {
  readonly #known: Known
  readonly #options: JugglerOptions

  constructor(known: Known, options: JugglerOptions) {
    this.#known = known
    this.#options = options
  }

  async where(model: ModelRuntime, where: unknown): Promise<Verdict> {
    if (!isPlainObject(where)) return true
    const verdicts: Verdict[] = []
    for (const [key, value] of Object.entries(where)) if (value !== undefined) verdicts.push(await this.#clause(model, key, value))
    return all(verdicts)
  }

  async #clause(model: ModelRuntime, key: string, value: unknown): Promise<Verdict> {
    if (isLogic(model, key)) {
      const clauses: readonly unknown[] = Array.isArray(value) ? value : [value]
      const verdicts: Verdict[] = []
      for (const clause of clauses) verdicts.push(await this.where(model, clause))
      if (key === 'and') return all(verdicts)
      return key === 'or' ? some(verdicts) : negated(some(verdicts))
    }
    const to = hopOf(model, key)
    if (to) return this.#related(model.relation(to.name)!, { key, rest: to.rest, value })
    if (!this.#knows(key.split('.')[0]!)) return { [key]: value }
    const condition = planWhere(model, trust({ [key]: value }))
    return condition === undefined || compileMatch(model.entity, condition)(this.#known.row)
  }

  #knows(name: string): boolean {
    return this.#known.whole || Object.hasOwn(this.#known.row, name)
  }

  async #related(relation: RelationDefinition, { key, rest, value }: { key: string; rest: string; value: unknown }): Promise<Verdict> {
    if (!this.#knows(relation.keyFrom)) return { [key]: value }
    if (rest) return this.#quantified(relation, 'some', { where: { [rest]: value } })
    if (!isPlainObject(value)) return { [key]: value }
    const named = quantifiersIn(value)
    if (named.length === 0) return this.#quantified(relation, 'some', { where: value })
    for (const quantifier of named)
      if (!(await this.#quantified(relation, quantifier, { where: value[quantifier], through: value.through }))) return false
    return true
  }

  async #quantified(
    relation: RelationDefinition,
    quantifier: Quantifier,
    { where, through }: { where: unknown; through?: unknown },
  ): Promise<boolean> {
    const key = this.#known.row[relation.keyFrom]
    if (key === undefined || key === null) return quantifier !== 'some'
    const { model } = relation.joinTarget()!
    const { softDelete } = model.compiled
    const between = relation.throughTarget?.()
    const keys = between
      ? await this.#column(between.model, { where: mergeWhere({ ...between.where, [between.from]: key }, through), column: between.to })
      : [key]
    const own = mergeWhere(relation.applyScope(null, {}).where, softDelete && { [softDelete.property]: null })
    const far = mergeWhere({ [relation.keyTo]: { inq: keys } }, own)
    const found = await this.#column(model, {
      where: mergeWhere(far, quantifier === 'every' ? { not: where ?? {} } : where),
      column: relation.keyTo,
      limit: 1,
    })
    return quantifier === 'some' ? found.length > 0 : found.length === 0
  }

  async #column(model: ModelRuntime, asked: { where?: PlainObject; column: string; limit?: number }): Promise<readonly unknown[]> {
    if (!model.ready) await model.whenReady('find')
    const where = await resolveRelated(model, asked.where, this.#options)
    const query = { where: isPlainObject(where) ? trust(ours(where)) : where, fields: [asked.column], limit: asked.limit }
    const { plan, values } = planFind(model, query, { trusted: true })
    const rows = await plan.run(values, model.call(this.#options))
    return rows.map((row) => row[asked.column]).filter((key) => key !== null && key !== undefined)
  }
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false
  const left = verdicts.filter((verdict) => verdict !== true) as PlainObject[]
  if (left.length === 0) return true
  return left.length === 1 ? left[0]! : { and: left }
}

function some(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true
  const left = verdicts.filter((verdict) => verdict !== false) as PlainObject[]
  if (left.length === 0) return false
  return left.length === 1 ? left[0]! : { or: left }
}

function negated(verdict: Verdict): Verdict {
  return typeof verdict === 'boolean' ? !verdict : { not: verdict }
}
