import { changeOperators, type Change, type ChangeOperator } from '@reloop/connector'
import type { Codec, CompiledProperty } from '../definition/compiled'
import { errors } from '../errors'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { isPlainObject, isUnsafeKey, type PlainObject } from '../value/plain'

/** What is done to values in place, checked and typed. */
export type Operators = Omit<Change, 'set'>

/** Data of a change, with what is done in place apart from it. */
export interface SplitChange {
  readonly data: PlainObject
  readonly operators?: Operators
}

const known: ReadonlySet<string> = new Set(changeOperators.map((name) => `$${name}`))
const numbers: ReadonlySet<Codec['kind']> = new Set<Codec['kind']>(['number', 'integer', 'bigint', 'decimal'])

/** A change that sets values, and changes others in place; given away to the connector. */
export function changeOf(set: PlainObject, operators?: Operators): Change {
  if (!operators) return { set }
  return Object.keys(set).length ? { set, ...operators } : { ...operators }
}

/**
 * Takes `$inc` and its like out of the data of a change. Throws for one that is not allowed on its property, and for an operand that the
 * property can not take. Data without any is answered as it is.
 */
export function splitOperators(model: ModelRuntime, data: PlainObject, options: JugglerOptions): SplitChange {
  let some = false
  for (const key in data) if (key.startsWith('$') && !model.compiled.byName.has(key)) some = true
  if (!some) return { data }
  const plain: PlainObject = {}
  const operators: Record<string, PlainObject> = {}
  const seen = new Set<string>()
  for (const [key, value] of Object.entries(data)) {
    if (!key.startsWith('$') || model.compiled.byName.has(key) || !isOperator(model, key)) {
      if (value !== undefined) seen.add(key)
      plain[key] = value
    } else operators[key.slice(1)] = operandsOf(model, { operator: key, value, seen }, options)
  }
  const doubled = Object.values(operators).flatMap((operands) => Object.keys(operands).filter((name) => Object.hasOwn(plain, name)))[0]
  if (doubled !== undefined) throw errors.CHANGE_INVALID({ operator: '$set', property: doubled, problem: 'it is changed in place too' })
  return { data: plain, operators: Object.keys(operators).length ? operators : undefined }
}

/** Keys that only look like operators are refused, but where the profile keeps everything. */
function isOperator(model: ModelRuntime, key: string): boolean {
  if (known.has(key)) return true
  if (model.flags.refuseUnknown) throw errors.CHANGE_NOT_ALLOWED({ operator: key, property: '*' })
  return false
}

/** Refuses operators where whole rows are given: an open model would keep them as values. */
export function refuseOperators(model: ModelRuntime, data: PlainObject): void {
  if (!model.compiled.open || !model.flags.refuseUnknown) return
  for (const key in data)
    if (known.has(key) && !model.compiled.byName.has(key)) throw errors.CHANGE_NOT_ALLOWED({ operator: key, property: '*' })
}

/** Data as hooks see it: with what is done in place beside it. */
export function shownWith(data: PlainObject, operators: Operators | undefined): PlainObject {
  if (!operators) return data
  return { ...data, ...Object.fromEntries(Object.entries(operators).map(([name, operands]) => [`$${name}`, { ...operands }])) }
}

/** The same apart again: hooks may have taken something away, or changed it. */
export function takenBack(data: PlainObject, operators: Operators | undefined): { data: PlainObject; operators?: Operators } {
  if (!operators) return { data }
  const plain = Object.entries(data).filter(([name]) => !known.has(name))
  const left = Object.entries(data).filter(
    ([name, operands]) => known.has(name) && isPlainObject(operands) && Object.keys(operands).length > 0,
  )
  const inPlace = Object.fromEntries(left.map(([name, operands]) => [name.slice(1), operands]))
  return { data: Object.fromEntries(plain), operators: left.length ? inPlace : undefined }
}

interface Given {
  readonly operator: string
  readonly value: unknown
  readonly seen: Set<string>
}

function operandsOf(model: ModelRuntime, { operator, value, seen }: Given, options: JugglerOptions): PlainObject {
  if (!isPlainObject(value)) throw errors.CHANGE_INVALID({ operator, property: '*', problem: 'Expected values by property' })
  const operands: PlainObject = {}
  for (const [name, operand] of Object.entries(value)) {
    const property = isUnsafeKey(name) ? undefined : model.compiled.byName.get(name)
    if (!property || !isAllowed(model, { property, operator }, options)) throw errors.CHANGE_NOT_ALLOWED({ operator, property: name })
    if (seen.has(name)) throw errors.CHANGE_INVALID({ operator, property: name, problem: 'it is changed twice' })
    seen.add(name)
    operands[name] = typed(property, operator, operand)
  }
  return operands
}

/** Ids and foreign keys never; hidden and protected properties not from outside; others as the property or the model says. */
function isAllowed(
  model: ModelRuntime,
  { property, operator }: { property: CompiledProperty; operator: string },
  options: JugglerOptions,
): boolean {
  if (property.id || (options.fromOutside === true && (property.hidden || property.protected))) return false
  if (isForeignKey(model, property.name)) return false
  const { settings, dataSource } = model
  if (settings.allowExtendedOperators === true) return true
  if (dataSource?.settings.allowExtendedOperators === true && settings.allowExtendedOperators !== false) return true
  return names(property.source.operators, operator) || names(settings.operators, operator)
}

function names(allowed: unknown, operator: string): boolean {
  return allowed === true || (Array.isArray(allowed) && (allowed.includes(operator) || allowed.includes(operator.slice(1))))
}

function isForeignKey(model: ModelRuntime, name: string): boolean {
  return Object.keys(model.definition.relations).some((relation) => {
    const found = model.relation(relation)
    return found?.type === 'belongsTo' && (found.keyFrom === name || found.polymorphic?.discriminator === name)
  })
}

/** The operand in the type of its property. */
function typed(property: CompiledProperty, operator: string, operand: unknown): unknown {
  const wrong = (problem: string) => errors.CHANGE_INVALID({ operator, property: property.name, problem })
  switch (operator.slice(1) as ChangeOperator) {
    case 'inc':
    case 'mul':
      if (!numbers.has(property.kind)) throw wrong('the property is no number')
      return valueOf(property, operand, wrong)
    case 'min':
    case 'max':
      if (!numbers.has(property.kind) && property.kind !== 'date') throw wrong('the property is neither number nor date')
      return valueOf(property, operand, wrong)
    case 'unset':
      if (property.required) throw wrong('the property is required')
      return true
    default:
      if (property.kind !== 'list') throw wrong('the property is no list')
      return listOf(property.items!, operand, wrong)
  }
}

function listOf(items: Codec, operand: unknown, wrong: (problem: string) => Error): unknown {
  return (Array.isArray(operand) ? operand : [operand]).map((item) => valueOf(items, item, wrong))
}

function valueOf(codec: Codec, operand: unknown, wrong: (problem: string) => Error): unknown {
  if (operand === null || operand === undefined) throw wrong('Expected a value')
  if (numbers.has(codec.kind) && typeof operand === 'object') throw wrong('Expected a number')
  const value = codec.assign(operand)
  if (value === null || value === undefined || value !== value) throw wrong('Expected a value of its type')
  const problem = codec.problem(value)
  if (problem) throw wrong(problem)
  return codec.complex ? codec.store(value) : value
}
