import { parameterize, type Awaitable, type Call, type Entity, type Query, type Row, type Shape } from '@reloop/connector'
import { after } from '../run/awaitable'
import type { On, Runner } from '../run/runner'
import { Cache } from '../statement/cache'
import type { Plan } from '../statement/plan'
import type { Statements } from '../statement/statements'
import { growing, type Growing } from './growing'
import { select, type Selection } from './select'

/** Finds rows of one shape. */
type Find = (values: readonly unknown[], call: Call) => Awaitable<readonly Row[]>

const none: readonly unknown[] = Object.freeze([])

/** Finds rows; the statement of a shape is made once. */
export class Finding {
  readonly #runner: Runner
  readonly #statements: Statements
  readonly #known: Cache<Find>

  constructor(runner: Runner, statements: Statements, size: number) {
    this.#runner = runner
    this.#statements = statements
    this.#known = new Cache(size)
  }

  find(entity: Entity, query: Query, call: Call): Awaitable<readonly Row[]> {
    const taken = parameterize(entity, query)
    if (!taken) return this.prepare(entity, query)(none, call)
    return this.#shape(entity, taken.shape)(taken.values, call)
  }

  prepare(entity: Entity, query: Query): Find {
    const table = this.#statements.tableOf(entity)
    const search = growing(query)
    if (search) return this.#search(entity, search)
    const plan = this.#statements.plan((making) => select(making, table, query))
    return (values, call) => this.#all(plan.for(values), values, { table, call })
  }

  async *stream(entity: Entity, query: Query, call: Call): AsyncGenerator<Row> {
    const table = this.#statements.tableOf(entity)
    const { shape, values } = parameterize(entity, query) ?? { shape: { query }, values: none }
    const { statement, read } = this.#statements.plan((making) => select(making, table, shape.query)).for(values)
    for await (const raw of this.#runner.iterate(statement, values, { table, call })) yield read([raw])[0]!
  }

  #shape(entity: Entity, { key, query }: Shape): Find {
    let find = this.#known.get(key)
    if (!find) this.#known.set(key, (find = this.prepare(entity, query)))
    return find
  }

  #all({ statement, read }: Selection, values: readonly unknown[], on: On): Awaitable<readonly Row[]> {
    const raw = this.#runner.all(statement, values, on)
    return raw instanceof Promise ? raw.then(read) : read(raw)
  }

  #search(entity: Entity, search: Growing): Find {
    const table = this.#statements.tableOf(entity)
    const plan: Plan<Selection> = this.#statements.plan((making) => select(making, table, search.query(making.trace.values.length - 1)))
    return (values, call) => {
      const limit = search.limit(values)
      const [first, ...others] = search.radiuses(values)
      const within = (radius: number) => {
        const all = [...values, radius]
        return this.#all(plan.for(all), all, { table, call })
      }
      return others.reduce((found, radius) => after(found, (rows) => (rows.length >= limit ? rows : within(radius))), within(first!))
    }
  }
}
