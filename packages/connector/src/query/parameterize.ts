import type { Entity } from '../entity'
import type { Compare, Join, Path, Pattern, Query, Shape, Where } from './ast'
import { isNull, nearParts, withSlots } from './with-slots'

/** A query taken apart: what it looks like, and what is in it. */
export interface Parameterized {
  readonly shape: Shape
  readonly values: readonly unknown[]
}

/**
 * Takes a query apart into a shape, which a connector prepares once, and the values of this time.
 *
 * Operators, paths, order, columns, `null`, flags of patterns and the presence of limit and skip belong to the shape; a list is one
 * slot whatever its length. A list with null in it becomes two conditions, so that no list in `values` holds null. The tree of the
 * shape is made when it is first asked for: where the key is known already, never.
 *
 * @param entity what the query is about
 * @param query a query without slots
 * @returns shape and values, or undefined when a condition in the store's own language stands in the way
 * @example
 * const { shape, values } = parameterize(product, { where: compare('price', 'lt', 10) })
 * // shape.query: price lt slot 0 · values: [10]
 */
export function parameterize(entity: Entity, query: Query): Parameterized | undefined {
  const reader = new Reader(entity)
  reader.query(query)
  return reader.native ? undefined : { shape: new LazyShape(reader.key, query), values: reader.values }
}

class LazyShape implements Shape {
  readonly key: string
  #source: Query | undefined
  #query: Query | undefined

  constructor(key: string, source: Query) {
    this.key = key
    this.#source = source
  }

  get query(): Query {
    if (!this.#query) {
      this.#query = withSlots(this.#source!)
      // A shape may be kept for long; the values that it was found with need not be.
      this.#source = undefined
    }
    return this.#query
  }
}

/** Writes the key and collects the values, in the order in which `withSlots` numbers them. */
class Reader {
  readonly values: unknown[] = []
  key: string
  native = false

  constructor(entity: Entity) {
    this.key = String(identity(entity))
  }

  query({ where, order, limit, skip, after, columns, perParent }: Query): void {
    if (where) this.#where(where)
    for (const { path, direction, join } of order ?? []) {
      this.key += direction
      this.#path(path)
      if (join) this.#join(join)
    }
    this.#optional('limit', limit)
    this.#optional('skip', skip)
    if (after) this.#after(after)
    if (columns) this.#names('columns', columns)
    if (perParent) {
      this.#names('per', perParent.key)
      this.#optional('limit', perParent.limit)
      this.#optional('skip', perParent.skip)
    }
  }

  #where(where: Where): void {
    switch (where.kind) {
      case 'compare':
        return this.#compare(where)
      case 'and':
      case 'or':
        this.key += `${where.kind}(`
        for (const item of where.items) {
          this.#where(item)
          this.key += ','
        }
        this.key += ')'
        return
      case 'not':
        this.key += '!'
        return this.#where(where.item)
      case 'related':
        this.key += `~${where.quantifier}`
        this.#join(where.join)
        return this.#inner(where)
      case 'native':
        this.native = true
    }
  }

  #compare({ path, op, value }: Compare): void {
    this.#path(path)
    this.key += op
    if (op === 'exists') this.key += value === false ? ':false' : ':true'
    else if (isNull(value)) this.key += ':null'
    else if (op === 'regexp') {
      this.key += JSON.stringify((value as Pattern).flags)
      this.#value((value as Pattern).source)
    } else if (op === 'near') for (const [name, part] of nearParts(value)) this.#optional(name, part)
    else if ((op === 'inq' || op === 'nin') && Array.isArray(value) && value.some(isNull)) {
      this.key += '+null'
      this.#value(value.filter((item) => !isNull(item)))
    } else this.#value(value)
  }

  #join(join: Join): void {
    this.key += `>${identity(join.entity)}`
    this.#names('from', join.from)
    this.#names('to', join.to)
    const { through } = join
    if (through) {
      this.key += `>>${identity(through.entity)}`
      this.#names('from', through.from)
      this.#names('to', through.to)
      this.#inner(through)
    }
    this.#inner(join)
  }

  #inner(holder: { readonly where?: Where }): void {
    this.key += '{'
    if (holder.where) this.#where(holder.where)
    this.key += '}'
  }

  #after(values: readonly unknown[]): void {
    this.key += 'after('
    for (const value of values) {
      if (isNull(value)) this.key += 'null,'
      else this.#value(value)
    }
    this.key += ')'
  }

  #optional(name: string, value: unknown): void {
    if (value === undefined) return
    this.key += name
    this.#value(value)
  }

  #value(value: unknown): void {
    this.key += Array.isArray(value) ? '[]' : '?'
    this.values.push(value)
  }

  #names(label: string, names: readonly string[]): void {
    this.key += label + JSON.stringify(names)
  }

  #path(path: Path): void {
    const name = path[0]!
    this.key += path.length === 1 && plainName.test(name) ? `"${name}"` : JSON.stringify(path)
  }
}

/** Names that need no quoting, so that no name can pass for another part of the key. */
const plainName = /^\w+$/

const identities = new WeakMap<Entity, number>()
let last = 0

/** A changed model is a new entity, so that a number for each entity tells whether two are the same. */
function identity(entity: Entity): number {
  let number = identities.get(entity)
  if (number === undefined) identities.set(entity, (number = ++last))
  return number
}
