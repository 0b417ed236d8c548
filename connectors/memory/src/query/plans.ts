import { parameterize, type Entity, type Query, type Row } from '@reloop/connector'
import type { Table } from '../table/table'
import type { Session } from '../transaction/session'
import { compileFind, type Base, type Find } from './find'

const most = 500

interface Plan {
  readonly find: Find
  readonly version: number
}

/** Compiled queries, kept by shape: a bounded number for each entity, and made anew when indexes change. */
export class Plans {
  readonly #plans = new WeakMap<Entity, Map<string, Plan>>()

  constructor(private readonly base: Base) {}

  /** Runs a query for somebody who sees nothing but what the entity declares. */
  find(entity: Entity, query: Query, session: Session | undefined): readonly Row[] {
    const columns = query.columns ?? this.base.store.table(entity).cutFor(entity)
    return this.run(entity, columns ? { ...query, columns } : query, session)
  }

  /** Runs a query whose values are in it. */
  run(entity: Entity, query: Query, session: Session | undefined): readonly Row[] {
    const taken = parameterize(entity, query)
    if (!taken) return compileFind(this.base, entity, query)([], session)
    return this.#planOf(entity, taken.shape).find(taken.values, session)
  }

  /** A function that runs a shape, for as long as the caller keeps it. */
  prepare(entity: Entity, query: Query): Find {
    const table = this.base.store.table(entity)
    const compile = () => {
      const columns = query.columns ?? table.cutFor(entity)
      return this.#compile(entity, table, columns ? { ...query, columns } : query)
    }
    let plan = compile()
    return (values, session) => {
      if (plan.version !== table.version) plan = compile()
      return plan.find(values, session)
    }
  }

  #planOf(entity: Entity, { key, query }: { readonly key: string; readonly query: Query }): Plan {
    let plans = this.#plans.get(entity)
    if (!plans) this.#plans.set(entity, (plans = new Map<string, Plan>()))
    const table = this.base.store.table(entity)
    let plan = plans.get(key)
    if (plan?.version !== table.version) {
      if (plans.size >= most) plans.delete(plans.keys().next().value!)
      plans.set(key, (plan = this.#compile(entity, table, query)))
    }
    return plan
  }

  #compile(entity: Entity, table: Table, query: Query): Plan {
    return { find: compileFind(this.base, entity, query), version: table.version }
  }
}
