type Done = (error: Error | null, ...results: unknown[]) => void
type Row = Record<string, unknown>
type Where = Record<string, unknown>

interface Definition {
  readonly model: { readonly modelName: string }
  readonly properties: Record<string, { readonly type: unknown; readonly id?: unknown }>
}

interface Host {
  readonly settings: { readonly fails?: number }
  connector?: unknown
}

/**
 * A connector in the manner of LoopBack: rows in Maps, callbacks, LoopBack's filters. Like real ones it regards texts loosely
 * (`'a'` equals `'A'`), knows few operators, and passes over what it does not know.
 */
export class MapConnector {
  readonly name = 'map'
  readonly definitions: Record<string, Definition> = {}
  readonly rows: Record<string, Map<unknown, Row>> = {}
  readonly calls: unknown[][] = []
  dataSource: unknown
  nextId = 1
  fails: number

  constructor({ settings }: Host) {
    this.fails = settings.fails ?? 0
  }

  connect(done: Done): void {
    process.nextTick(done, this.fails-- > 0 ? new Error('the map is folded') : null)
  }

  disconnect(done: Done): void {
    process.nextTick(done, null)
  }

  getDefaultIdType(): unknown {
    return Number
  }

  define(definition: Definition): void {
    const name = definition.model.modelName
    this.definitions[name] = definition
    this.rows[name] ??= new Map()
  }

  create(model: string, data: Row, done: Done): void {
    this.calls.push(['create', model, data])
    const key = this.keyOf(model)
    const id = data[key] ?? this.nextId++
    if (this.rows[model]!.has(id)) return void process.nextTick(done, new Error('it is there already'))
    this.rows[model]!.set(id, { ...data, [key]: id })
    process.nextTick(done, null, id)
  }

  all(model: string, filter: { where?: Where; order?: string[]; limit?: number; offset?: number }, options: Row, done: Done): void {
    this.calls.push(['all', model, filter, options])
    const found = this.matching(model, filter.where)
    const sorted = filter.order ? found.sort((a, b) => compareBy(filter.order!, a, b)) : found
    const from = filter.offset ?? 0
    process.nextTick(done, null, filter.limit ? sorted.slice(from, from + filter.limit) : sorted.slice(from))
  }

  /** The old way round: the callback stands before the condition. */
  count(model: string, done: Done, where?: Where): void {
    this.calls.push(['count', model, where])
    process.nextTick(done, null, this.matching(model, where).length)
  }

  update(model: string, where: Where, data: Row, done: Done): void {
    this.calls.push(['update', model, where, data])
    const found = this.matching(model, where)
    for (const row of found) Object.assign(this.rows[model]!.get(row[this.keyOf(model)])!, data)
    process.nextTick(done, null, { count: found.length })
  }

  destroyAll(model: string, where: Where, done: Done): void {
    this.calls.push(['destroyAll', model, where])
    const found = this.matching(model, where)
    for (const row of found) this.rows[model]!.delete(row[this.keyOf(model)])
    process.nextTick(done, null, { count: found.length })
  }

  keyOf(model: string): string {
    return Object.entries(this.definitions[model]!.properties).find(([, property]) => property.id)![0]
  }

  matching(model: string, where: Where = {}): Row[] {
    return [...this.rows[model]!.values()].filter((row) => fulfils(row, where)).map((row) => ({ ...row }))
  }
}

function fulfils(row: Row, where: Where): boolean {
  return Object.entries(where).every(([key, condition]) => {
    if (key === 'and') return (condition as Where[]).every((item) => fulfils(row, item))
    if (key === 'or') return (condition as Where[]).some((item) => fulfils(row, item))
    return holds(row[key], condition)
  })
}

function holds(value: unknown, condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null || condition instanceof Date) return loose(value) === loose(condition)
  const [[operator, operand]] = Object.entries(condition) as [[string, unknown]]
  if (operator === 'inq') return (operand as unknown[]).some((item) => loose(item) === loose(value))
  if (value === undefined || value === null) return false
  if (operator === 'gt') return (value as number) > (operand as number)
  if (operator === 'gte') return (value as number) >= (operand as number)
  if (operator === 'lt') return (value as number) < (operand as number)
  return true
}

function loose(value: unknown): unknown {
  if (value instanceof Date) return value.getTime()
  return typeof value === 'string' ? value.toLowerCase() : value
}

function compareBy(order: string[], a: Row, b: Row): number {
  for (const item of order) {
    const [key, direction] = item.split(' ') as [string, string]
    const [x, y] = [a[key] as number, b[key] as number]
    if (x !== y) return (x < y ? -1 : 1) * (direction === 'DESC' ? -1 : 1)
  }
  return 0
}

/** What the package of such a connector exports. */
export const mapModule = {
  initialize(dataSource: Host & { connecting?: boolean }, done: Done): void {
    const connector = new MapConnector(dataSource)
    dataSource.connector = connector
    connector.dataSource = dataSource
    connector.connect(done)
  },
}
