import { planFind } from './filter/plan'
import type { Filter } from './filter/filter'
import { utils } from './legacy-utils'
import { modelOf } from './model/class-slots'
import type { ModelRuntime } from './model/runtime'
import type { ModelConstructor } from './model/types'
import { isPlainObject, type PlainObject } from './value/plain'

/**
 * Statics that LoopBack did not document and that mixins and connectors call all the same. Unlike the original's they answer something new
 * and leave what they are given as it is.
 */
export const semiPublicStatics = Object.freeze({
  /** A where with its values in the types of their properties. */
  _coerce(this: ModelConstructor, where: unknown): unknown {
    return isPlainObject(where) ? coerced(modelOf(this), where) : where
  },

  /** A filter as a connector of LoopBack expects it: checked, with numbers, a list of fields and typed values. */
  _normalize(this: ModelConstructor, filter?: Filter): PlainObject | undefined {
    if (!filter) return undefined
    const model = modelOf(this)
    planFind(model, filter)
    const { limit, skip, offset, where, fields } = filter as PlainObject
    const from = skip ?? offset
    return {
      ...filter,
      ...(isPlainObject(where) && { where: coerced(model, where) }),
      ...(fields !== undefined && {
        fields: utils.fieldsToArray(fields, Object.keys(model.definition.properties), model.compiled.strict !== false),
      }),
      ...(limit !== undefined && limit !== null && { limit: Number(limit) }),
      ...(from !== undefined && from !== null && { skip: Number(from), offset: Number(from) }),
    }
  },

  /** Data for a relational store, where objects and lists are text; for others it is the data itself. */
  _forDB(this: ModelConstructor, data: PlainObject): PlainObject {
    const model = modelOf(this)
    if (!model.connector.capabilities.relational) return data
    const text = (value: unknown) => typeof value === 'object' && value !== null && !(value instanceof Date) && !Buffer.isBuffer(value)
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, text(value) ? JSON.stringify(value) : value]))
  },

  /** A setting of the model, else of its data source. */
  _getSetting(this: ModelConstructor, name: string): unknown {
    const model = modelOf(this)
    return model.definition.settings[name] ?? model.dataSource?.settings[name]
  },
})

const logical: ReadonlySet<string> = new Set(['and', 'or', 'nor'])

function coerced(model: ModelRuntime, where: PlainObject): PlainObject {
  return Object.fromEntries(
    Object.entries(where).map(([key, value]) => {
      if (logical.has(key) && Array.isArray(value))
        return [key, value.map((item) => (isPlainObject(item) ? coerced(model, item) : (item as unknown)))]
      const assign = model.compiled.byName.get(key)?.assign
      if (!assign) return [key, value]
      const one = (item: unknown): unknown => (item === null || item === undefined || item instanceof RegExp ? item : assign(item))
      if (!isPlainObject(value)) return [key, Array.isArray(value) ? value : one(value)]
      return [key, Object.fromEntries(Object.entries(value).map(([operator, operand]) => [operator, operandOf(operator, operand, one)]))]
    }),
  )
}

/** Operators whose operand is no value of the property. */
const others: ReadonlySet<string> = new Set([
  'like',
  'nlike',
  'ilike',
  'nilike',
  'regexp',
  'options',
  'exists',
  'near',
  'maxDistance',
  'minDistance',
  'unit',
])

function operandOf(operator: string, operand: unknown, one: (item: unknown) => unknown): unknown {
  if (others.has(operator)) return operand
  return Array.isArray(operand) ? operand.map(one) : one(operand)
}
