import {
  capabilities,
  compileMatch,
  compileOrder,
  errors,
  nearOf,
  orderByDistance,
  sameValue,
  sessionOf,
  topK,
  trackTransaction,
  type Aggregate,
  type Call,
  type Change,
  type IndexWhere,
  type CrudConnector,
  type DiscoveredColumn,
  type Discovery,
  type Entity,
  type IsolationLevel,
  type Join,
  type Matcher,
  type Query,
  type Row,
  type SchemaConnector,
  type Shape,
  type TransactionSteps,
  type Where,
  bindQuery,
  changeOperators,
  keysetWhere,
  and,
} from '../../src'

type Rows = Map<string, Row>

/** Everything that is stored, in maps that are copied when a transaction begins; rows are never changed in place. */
class State {
  constructor(readonly tables = new Map<string, Rows>()) {}

  rows(entity: Entity): Rows {
    let rows = this.tables.get(entity.table)
    if (!rows) this.tables.set(entity.table, (rows = new Map()))
    return rows
  }

  copy(): State {
    return new State(new Map([...this.tables].map(([name, rows]) => [name, new Map(rows)])))
  }
}

interface Session {
  state: State
  readonly log: ((state: State) => void)[]
}

/** A whole store in a hundred lines or two: slow, and right in every respect that the kit knows. Mutants break one method each. */
export class ReferenceStore implements CrudConnector, SchemaConnector {
  readonly name = 'reference'
  readonly capabilities = capabilities({
    related: true,
    perParent: true,
    near: true,
    change: changeOperators,
    transactions: 'savepoints',
    unique: true,
    open: true,
    relational: true,
  })

  readonly entities = new Map<string, Entity>()
  readonly tables = new Map<string, Entity>()
  protected main = new State()
  #next = 1

  connect(): void {}
  disconnect(): void {}
  ping(): void {}

  define(entity: Entity): void {
    this.entities.set(entity.name, entity)
  }

  find({ entity, query }: { entity: Entity; query: Query }, call: Call): readonly Row[] | Promise<readonly Row[]> {
    const state = this.state(call)
    const where = query.after ? and([query.where, keysetWhere(query.order!, query.after)]) : query.where
    const found = this.matching(entity, where, state)
    const rows = this.cut(this.ordered(entity, query, { rows: found, state }), query)
    return rows.map((row) => this.project(entity, row, query.columns))
  }

  count({ entity, where }: { entity: Entity; where?: Where }, call: Call): number {
    return this.matching(entity, where, this.state(call)).length
  }

  insert({ entity, rows }: { entity: Entity; rows: readonly Row[] }, call: Call): readonly Row[] | Promise<readonly Row[]> {
    const made = rows.map((row) => this.made(entity, row))
    this.write(call, (state) => this.putAll(entity, made, state))
    return made
  }

  update(
    at: { entity: Entity; where?: Where; change: Change; returning?: boolean },
    call: Call,
  ): { count: number; rows?: readonly Row[] } | Promise<{ count: number; rows?: readonly Row[] }> {
    const { entity, where, change } = at
    const before = this.matching(entity, where, this.state(call))
    const after = before.map((row) => this.checked(entity, this.changed(row, change)))
    this.write(call, (state) => {
      const rows = state.rows(entity)
      for (const row of before) rows.delete(keyOf(entity, row))
      try {
        this.putAll(entity, after, state)
      } catch (error) {
        for (const row of before) rows.set(keyOf(entity, row), row)
        throw error
      }
    })
    return { count: after.length, ...(at.returning && { rows: after }) }
  }

  remove({ entity, where }: { entity: Entity; where?: Where }, call: Call): number {
    const gone = this.matching(entity, where, this.state(call))
    this.write(call, (state) => {
      for (const row of gone) state.rows(entity).delete(keyOf(entity, row))
    })
    return gone.length
  }

  upsert({ entity, row, set }: { entity: Entity; row: Row; set?: Row }, call: Call): { row: Row; created: boolean } {
    const known = this.state(call).rows(entity).get(keyOf(entity, row))
    const next = Object.freeze(known ? { ...known, ...(set ?? row) } : { ...row })
    this.write(call, (state) => void state.rows(entity).set(keyOf(entity, row), next))
    return { row: next, created: !known }
  }

  aggregate({ entity, query }: { entity: Entity; query: Aggregate }, call: Call): readonly Row[] {
    const groups = new Map<string, Row[]>()
    for (const row of this.matching(entity, query.where, this.state(call))) {
      const key = JSON.stringify((query.groupBy ?? []).map((path) => valueAt(row, path) ?? null))
      groups.set(key, [...(groups.get(key) ?? []), row])
    }
    if (groups.size === 0 && !query.groupBy) groups.set('', [])
    return [...groups.values()].slice(0, query.limit).map((rows) => ({
      ...Object.fromEntries((query.groupBy ?? []).map((path) => [path.at(-1)!, valueAt(rows[0]!, path)])),
      ...Object.fromEntries(
        Object.entries(query.values).map(([name, { fn, path }]) => [name, summed(fn, path ? rows.map((row) => valueAt(row, path)) : rows)]),
      ),
    }))
  }

  async *stream(at: { entity: Entity; query: Query }, call: Call): AsyncIterable<Row> {
    yield* await this.find(at, call)
  }

  prepare(entity: Entity, shape: Shape): (values: readonly unknown[], call: Call) => readonly Row[] | Promise<readonly Row[]> {
    return (values, call) => this.find({ entity, query: bindQuery(shape.query, values) }, call)
  }

  begin(_: { isolationLevel?: IsolationLevel }) {
    const session: Session = { state: this.main.copy(), log: [] }
    const commit = () => {
      for (const apply of session.log) apply(this.main)
    }
    return Promise.resolve(trackTransaction(this.steps(session, commit), { owner: this }))
  }

  async migrate({ entities, mode }: { entities: readonly Entity[]; mode: 'recreate' | 'alter' }): Promise<void> {
    for (const entity of entities) {
      if (mode === 'recreate') this.main.tables.delete(entity.table)
      const known = mode === 'alter' ? this.tables.get(entity.table) : undefined
      this.tables.set(entity.table, known ? merged(known, entity) : entity)
    }
  }

  async isActual({ entities }: { entities: readonly Entity[] }): Promise<boolean> {
    return entities.every((entity) => {
      const known = this.tables.get(entity.table)
      return known !== undefined && entity.properties.every((one) => known.byName.get(one.name)?.unique === one.unique)
    })
  }

  readonly discover: Discovery = {
    tables: async ({ offset = 0, limit }) =>
      [...this.tables.keys()].map((name) => ({ type: 'table' as const, name })).slice(offset, limit && offset + limit),
    columns: async (table) => (this.tables.get(table)?.properties ?? []).map((property) => columnOf(property)),
    primaryKeys: async (table) => (this.tables.get(table)?.ids ?? []).map(({ column, id }) => ({ columnName: column, keySeq: id! })),
    foreignKeys: async (table) => this.foreignKeys().filter((key) => key.fkTableName === table),
    exportedForeignKeys: async (table) => this.foreignKeys().filter((key) => key.pkTableName === table),
  }

  protected matcher(entity: Entity, where: Where | undefined, state: State): Matcher {
    return compileMatch(entity, where, { resolve: (join, row) => this.joined(join, row, state) })
  }

  protected matching(entity: Entity, where: Where | undefined, state: State): Row[] {
    const matches = this.matcher(entity, where, state)
    return [...state.rows(entity).values()].filter((row) => matches(row))
  }

  protected ordered(entity: Entity, query: Query, { rows, state }: { rows: Row[]; state: State }): Row[] {
    const near = query.order ? undefined : nearOf(query.where)
    const byId = compileOrder(entity)
    const order = near
      ? orderByDistance(near.path, near.near)
      : compileOrder(entity, query.order, (join, row) => this.joined(join, row, state))
    return topK(rows.sort(byId), Infinity, order)
  }

  protected cut(rows: Row[], { limit, skip, perParent }: Query): Row[] {
    const kept = perParent ? this.perParent(rows, perParent) : rows
    const from = Number(skip ?? 0)
    return kept.slice(from, limit === undefined ? undefined : from + Number(limit))
  }

  protected perParent(rows: Row[], { key, limit = Infinity, skip = 0 }: NonNullable<Query['perParent']>): Row[] {
    const seen = new Map<string, number>()
    return rows.filter((row) => {
      const parent = JSON.stringify(key.map((name) => row[name] ?? null))
      const place = seen.get(parent) ?? 0
      seen.set(parent, place + 1)
      return place >= Number(skip) && place < Number(skip) + Number(limit)
    })
  }

  protected project(entity: Entity, row: Row, columns: readonly string[] | undefined): Row {
    const names = columns ? [...entity.ids.map(({ name }) => name), ...columns] : entity.open ? Object.keys(row) : [...entity.byName.keys()]
    return Object.fromEntries(names.filter((name) => Object.hasOwn(row, name)).map((name) => [name, row[name]]))
  }

  protected joined(join: Join, row: Row, state: State): readonly Row[] {
    const others = [...state.rows(join.entity).values()]
    const { through } = join
    if (!through) return others.filter((other) => equalKeys([row, join.from], [other, join.to]))
    const belongs = compileMatch(through.entity, through.where)
    const links = [...state.rows(through.entity).values()].filter(
      (link) => belongs(link) && equalKeys([row, join.from], [link, through.from]),
    )
    return others.filter((other) => links.some((link) => equalKeys([other, join.to], [link, through.to])))
  }

  protected made(entity: Entity, row: Row): Row {
    const [id] = entity.ids
    const given =
      id?.generated && row[id.name] == null ? { [id.name]: id.type === 'string' ? `id${this.#next++}` : this.#next++, ...row } : row
    return this.checked(entity, given)
  }

  protected checked(entity: Entity, row: Row): Row {
    const required = entity.properties.find((property) => property.required && row[property.name] == null)
    if (required) throw errors.VALUE_REQUIRED({ model: entity.name, property: required.name })
    return Object.freeze(row)
  }

  protected putAll(entity: Entity, made: readonly Row[], state: State): void {
    const rows = new Map(state.rows(entity))
    for (const row of made) {
      const taken = rows.has(keyOf(entity, row)) ? entity.ids.map(({ name }) => name) : this.duplicate(entity, row, rows)
      if (taken) throw errors.DUPLICATE_ENTRY({ model: entity.name, properties: taken })
      rows.set(keyOf(entity, row), row)
    }
    state.tables.set(entity.table, rows)
  }

  protected duplicate(entity: Entity, row: Row, rows: Rows): readonly string[] | undefined {
    const single = entity.properties.filter(({ unique }) => unique).map(({ name }) => [name])
    const holds = (one: Row, where: IndexWhere = {}) => Object.entries(where).every(([name, value]) => (one[name] ?? null) === value)
    const partial = entity.indexes
      .filter(({ unique, where }) => unique && where && holds(row, where))
      .find(({ keys, where }) => {
        const names = keys.map(({ property }) => property)
        return [...rows.values()].some((other) => holds(other, where) && equalKeys([row, names], [other, names]))
      })
    if (partial) return partial.keys.map(({ property }) => property)
    const several = entity.indexes.filter(({ unique, where }) => unique && !where).map(({ keys }) => keys.map(({ property }) => property))
    return [...single, ...several].find((names) => [...rows.values()].some((other) => equalKeys([row, names], [other, names])))
  }

  protected changed(row: Row, change: Change): Row {
    const next: Record<string, unknown> = { ...row, ...change.set }
    for (const operator of changeOperators) {
      for (const [name, operand] of Object.entries(change[operator] ?? {})) next[name] = changeValue(operator, next[name], operand)
    }
    return next
  }

  protected state(call: Call): State {
    return sessionOf<Session>(call.transaction, this)?.state ?? this.main
  }

  protected write(call: Call, apply: (state: State) => void): void {
    const session = sessionOf<Session>(call.transaction, this)
    apply(session?.state ?? this.main)
    session?.log.push(apply)
  }

  protected steps(session: Session, commit: () => void): TransactionSteps<Session> {
    return {
      session,
      commit,
      rollback: () => undefined,
      begin: () => {
        const [state, length] = [session.state.copy(), session.log.length]
        const rollback = () => {
          session.state = state
          session.log.length = length
        }
        return { ...this.steps(session, () => undefined), rollback }
      },
    }
  }

  private foreignKeys() {
    return [...this.tables.values()].flatMap((entity) =>
      entity.foreignKeys.flatMap(({ name, properties, references }) =>
        properties.map((property, index) => ({
          fkName: name,
          fkTableName: entity.table,
          fkColumnName: entity.byName.get(property)!.column,
          keySeq: index + 1,
          pkTableName: references.table,
          pkColumnName: references.columns[index]!,
        })),
      ),
    )
  }
}

function keyOf(entity: Entity, row: Row): string {
  return JSON.stringify(entity.ids.map(({ name }) => row[name]))
}

function equalKeys([a, from]: [Row, readonly string[]], [b, to]: [Row, readonly string[]]): boolean {
  return from.every((name, index) => a[name] != null && sameValue(a[name], b[to[index]!]))
}

function valueAt(row: Row, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Row | undefined)?.[part], row)
}

function merged(known: Entity, entity: Entity): Entity {
  const properties = [...entity.properties, ...known.properties.filter(({ name }) => !entity.byName.has(name))]
  return { ...entity, properties, byName: new Map(properties.map((property) => [property.name, property])) }
}

function columnOf({ column, type, required, id }: Entity['properties'][number]): DiscoveredColumn {
  const types: Record<string, string> = { date: 'Date', boolean: 'Boolean', buffer: 'Binary', number: 'Number', integer: 'Number' }
  return { columnName: column, dataType: type, nullable: !required && !id, generated: false, type: types[type] ?? 'String' }
}

function summed(fn: string, all: readonly unknown[]): unknown {
  const values = all.filter((value) => value != null) as number[]
  if (fn === 'count') return values.length
  if (fn === 'countDistinct') return new Set(values).size
  if (values.length === 0) return null
  const sum = values.reduce((total, value) => total + value, 0)
  if (fn === 'sum') return sum
  if (fn === 'avg') return sum / values.length
  return values.reduce((best, value) => ((fn === 'min' ? value < best : value > best) ? value : best))
}

function changeValue(operator: string, value: unknown, operand: unknown): unknown {
  const number = (value ?? 0) as number
  const list = (value ?? []) as readonly unknown[]
  const given = Array.isArray(operand) ? (operand as unknown[]) : [operand]
  switch (operator) {
    case 'inc':
      return number + (operand as number)
    case 'mul':
      return number * (operand as number)
    case 'min':
      return value == null || (operand as number) < (value as number) ? operand : value
    case 'max':
      return value == null || (operand as number) > (value as number) ? operand : value
    case 'push':
      return [...list, ...given]
    case 'pull':
      return value == null ? value : list.filter((item) => !given.some((one) => sameValue(item, one)))
    case 'addToSet':
      return [...list, ...given.filter((one) => !list.some((item) => sameValue(item, one)))]
    default:
      return null
  }
}
