import type { Aggregate, PropertyType } from '@reloop/connector'
import { errors } from '../errors'
import type { ModelRuntime } from '../model/runtime'
import { isPlainObject, isUnsafeKey } from '../value/plain'
import { targetOf } from './path'

/** What users ask for: groups, functions of each, and which groups in which order. */
export interface AggregateRequest {
  readonly where?: unknown
  readonly groupBy?: unknown
  readonly values?: unknown
  readonly having?: unknown
  readonly order?: unknown
  readonly limit?: unknown
  readonly skip?: unknown
  readonly offset?: unknown
}

type Value = Aggregate['values'][string]

/** One column of the result. */
export interface AggregateColumn {
  readonly name: string
  readonly type: PropertyType
}

/** A request that was checked against a model. */
export interface PlannedAggregate {
  readonly groupBy: readonly (readonly string[])[]
  readonly values: Readonly<Record<string, Value>>
  readonly columns: readonly AggregateColumn[]
  /** Properties that it touches beside those of its where. */
  readonly paths: readonly string[]
}

const functions: ReadonlySet<string> = new Set<Value['fn']>(['count', 'countDistinct', 'sum', 'avg', 'min', 'max'])
const numeric: ReadonlySet<PropertyType> = new Set<PropertyType>(['number', 'integer', 'bigint', 'decimal', 'any'])
const nameForm = /^[A-Za-z_]\w{0,62}$/
const mostValues = 50

/** Checks the groups and functions of an aggregate: only declared properties, none that the caller may not see. */
export function planAggregate(model: ModelRuntime, request: AggregateRequest, outside: boolean): PlannedAggregate {
  const reader = new Reader(model, outside)
  const groups = listOf(request.groupBy).map((path) => reader.path('groupBy', path))
  const values = reader.values(request.values ?? (groups.length ? {} : { count: { count: true } }))
  const columns = [
    ...groups.map(({ path, type }) => ({ name: path.at(-1)!, type })),
    ...Object.entries(values).map(([name, { value, type }]) => ({ name, type: typeOf(value.fn, type) })),
  ]
  const doubled = columns.find(({ name }, index) => columns.findIndex((other) => other.name === name) !== index)
  if (doubled) throw errors.AGGREGATE_INVALID({ part: 'values', value: doubled.name, problem: 'the name stands for two columns' })
  return Object.freeze({
    groupBy: groups.map(({ path }) => path),
    values: Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value])),
    columns,
    paths: [
      ...new Set([
        ...groups.map(({ path }) => path.join('.')),
        ...Object.values(values).flatMap(({ value }) => value.path?.join('.') ?? []),
      ]),
    ],
  })
}

function listOf(groupBy: unknown): readonly unknown[] {
  if (groupBy === undefined || groupBy === null || groupBy === '') return []
  if (typeof groupBy === 'string') return groupBy.split(',').map((path) => path.trim())
  if (!Array.isArray(groupBy) || groupBy.length > mostValues)
    throw errors.AGGREGATE_INVALID({ part: 'groupBy', value: groupBy, problem: 'Expected properties' })
  return groupBy
}

function typeOf(fn: Value['fn'], type: PropertyType): PropertyType {
  return fn === 'min' || fn === 'max' || (fn === 'sum' && (type === 'bigint' || type === 'decimal')) ? type : 'number'
}

interface ReadPath {
  readonly path: readonly string[]
  readonly type: PropertyType
}

class Reader {
  constructor(
    private readonly model: ModelRuntime,
    private readonly outside: boolean,
  ) {}

  path(part: string, given: unknown): ReadPath {
    const { model, outside } = this
    if (typeof given !== 'string' || given === '')
      throw errors.AGGREGATE_INVALID({ part, value: given, problem: 'Expected the name of a property' })
    const target = targetOf(model, given, { outside, place: part })
    if (target.kind !== 'place' || !target.known) throw errors.QUERY_PROPERTY_UNKNOWN({ model: model.name, property: given, where: part })
    const type = target.path.length === 1 ? (model.entity.byName.get(target.path[0]!)?.type ?? 'any') : 'any'
    return { path: target.path, type }
  }

  /** `{ total: { sum: 'price' }, rows: { count: true } }`. */
  values(given: unknown): Record<string, { value: Value; type: PropertyType }> {
    if (!isPlainObject(given) || Object.keys(given).length > mostValues)
      throw errors.AGGREGATE_INVALID({ part: 'values', value: given, problem: 'Expected functions by name' })
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [checkedName(name), this.#value(value)]))
  }

  #value(given: unknown): { value: Value; type: PropertyType } {
    const [entry, ...others] = isPlainObject(given) ? Object.entries(given) : []
    if (!entry || others.length || !functions.has(entry[0]))
      throw errors.AGGREGATE_INVALID({ part: 'values', value: given, problem: `Expected one of ${[...functions].join(', ')}` })
    const [fn, of] = entry as [Value['fn'], unknown]
    if (fn === 'count' && (of === true || of === '*' || of === 'true')) return { value: Object.freeze({ fn }), type: 'number' }
    const { path, type } = this.path('values', of)
    if ((fn === 'sum' || fn === 'avg') && !numeric.has(type))
      throw errors.AGGREGATE_INVALID({ part: 'values', value: given, problem: `${fn} is of numbers` })
    return { value: Object.freeze({ fn, path }), type }
  }
}

function checkedName(name: string): string {
  if (!nameForm.test(name) || isUnsafeKey(name))
    throw errors.AGGREGATE_INVALID({ part: 'values', value: name, problem: 'a name is of letters, digits and _' })
  return name
}
