import { errors } from '../errors'
import { kReach } from '../guard/reach'
import type { ModelRuntime } from '../model/runtime'
import { isPlainObject } from '../value/plain'
import type { Filter } from './filter'

/** The properties that a filter selects and its guard lets be seen, or undefined for all; an open model's rows are stripped once they are read. */
export function selectedBy(filter: Filter, model: ModelRuntime): readonly string[] | undefined {
  const fields = fieldsOf(filter.fields, model)
  const hidden = filter[kReach]?.allowed.hidden
  if (!hidden?.length || (!fields && model.compiled.open)) return fields
  return (fields ?? model.compiled.properties.map(({ name }) => name)).filter((name) => !hidden.includes(name))
}

/** The properties that a projection selects, or undefined for all. */
export function fieldsOf(fields: unknown, model: ModelRuntime): readonly string[] | undefined {
  if (fields === undefined || fields === null || fields === '') return undefined
  if (typeof fields === 'string') return named(fields.split(','), model)
  if (Array.isArray(fields)) return fields.length === 0 ? undefined : named(fields, model)
  if (!isPlainObject(fields)) throw errors.FIELDS_INVALID({ value: fields })
  const chosen = Object.entries(fields).map(([name, on]) => [name, on === true || on === 'true' || on === 1 || on === '1'] as const)
  const wanted = chosen.filter(([, on]) => on).map(([name]) => name)
  if (wanted.length) return named(wanted, model)
  const left = new Set(
    named(
      chosen.map(([name]) => name),
      model,
    ),
  )
  if (left.size === 0) return undefined
  return model.compiled.properties.map((property) => property.name).filter((name) => !left.has(name))
}

function named(names: readonly unknown[], model: ModelRuntime): readonly string[] {
  const { compiled, flags } = model
  const known: string[] = []
  for (const given of names) {
    const name = typeof given === 'string' ? given.trim() : given
    if (typeof name !== 'string' || name === '') throw errors.FIELDS_INVALID({ value: names })
    if (compiled.byName.has(name)) known.push(name)
    else if (compiled.strict === false && /^[A-Za-z_][\w-]*$/.test(name) && !model.relation(name)) known.push(name)
    else if (flags.refuseUnknown && !model.relation(name))
      throw errors.QUERY_PROPERTY_UNKNOWN({ model: model.name, property: name, where: 'fields' })
  }
  return known
}
