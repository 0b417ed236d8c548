import { parameterize, type Awaitable, type Call, type Change, type Entity, type Row, type Where } from '@reloop/connector'
import { after } from '../run/awaitable'
import type { Session } from '../run/driver'
import type { On, Runner } from '../run/runner'
import { Cache } from '../statement/cache'
import type { Statement } from '../statement/frame'
import type { Plan } from '../statement/plan'
import type { Statements } from '../statement/statements'
import type { Making } from '../query/scope'
import { changeShape } from './change'
import { count, counted, remove, update, type Update } from './update'

const none: readonly unknown[] = Object.freeze([])

/** Counts, updates and removes rows; the statement of a shape is made once. */
export class Modifying {
  readonly #runner: Runner
  readonly #statements: Statements
  readonly #known: Cache<Plan<Update | Statement | undefined>>

  constructor(runner: Runner, statements: Statements, size: number) {
    this.#runner = runner
    this.#statements = statements
    this.#known = new Cache(size)
  }

  count(
    { entity, where }: { readonly entity: Entity; readonly where?: Where | undefined },
    call: Call,
    session?: Session,
  ): Awaitable<number> {
    const { statement, values, on } = this.#plain('count', { entity, where, call })
    return after(this.#runner.all(statement, values, session ? { ...on, session } : on), counted)
  }

  remove(entity: Entity, where: Where | undefined, call: Call): Awaitable<number> {
    const { statement, values, on } = this.#plain('remove', { entity, where, call })
    return after(this.#runner.run(statement, values, on), (ran) => ran.count)
  }

  update(
    at: { readonly entity: Entity; readonly where?: Where; readonly change: Change; readonly returning?: boolean },
    call: Call,
  ): Awaitable<{ readonly count: number; readonly rows?: readonly Row[] }> {
    const table = this.#statements.tableOf(at.entity)
    const change = changeShape(at.change)
    const { key, whereOf, values } = this.#taken(at.entity, at.where)
    const offset = values.length
    const returning = at.returning === true
    const make = (making: Making) => update(making, table, { where: whereOf(), change, returning, offset })
    const all = [...values, ...change.values]
    const made = this.#plan(key && `update${returning}${change.key}${key}`, make).for(all) as Update | undefined
    if (!made) return this.#unchanged(at, call)
    const { statement, read } = made
    return after(this.#runner.run(statement, all, { table, call }), (ran) =>
      read ? { count: ran.count, rows: read(ran.rows) } : { count: ran.count },
    )
  }

  /** An update that sets nothing still tells how many rows it would have changed. */
  #unchanged(
    at: { readonly entity: Entity; readonly where?: Where; readonly returning?: boolean },
    call: Call,
  ): Awaitable<{ count: number }> {
    return after(this.count(at, call), (number) => ({ count: number }))
  }

  #plain(verb: 'count' | 'remove', { entity, where: given, call }: { entity: Entity; where: Where | undefined; call: Call }) {
    const table = this.#statements.tableOf(entity)
    const { key, whereOf, values } = this.#taken(entity, given)
    const make = (making: Making) => (verb === 'count' ? count : remove)(making, table, whereOf())
    const on: On = { table, call }
    return { statement: this.#plan(key && `${verb}${key}`, make).for(values) as Statement, values, on }
  }

  /** The condition in the form of a shape is only made for a statement that is not known yet. */
  #taken(
    entity: Entity,
    where: Where | undefined,
  ): { readonly key?: string; readonly whereOf: () => Where | undefined; readonly values: readonly unknown[] } {
    const taken = parameterize(entity, where ? { where } : {})
    if (!taken) return { whereOf: () => where, values: none }
    return { key: taken.shape.key, whereOf: () => taken.shape.query.where, values: taken.values }
  }

  #plan(key: string | undefined, make: (making: Making) => Update | Statement | undefined): Plan<Update | Statement | undefined> {
    const known = key === undefined ? undefined : this.#known.get(key)
    if (known) return known
    const plan = this.#statements.plan(make)
    if (key !== undefined) this.#known.set(key, plan)
    return plan
  }
}
