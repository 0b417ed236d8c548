import { isPlainObject, type PlainObject } from '../value/plain'
import { errors } from '../errors'

/** What parsing needs to know of the place where the model is made. */
export interface ParseContext {
  readonly model: string
  readonly resolveType: (type: unknown) => unknown
  readonly dotInNames: 'throw' | 'warn'
}

/** Writes every declared property in its long form, `{ type, … }`, with its type resolved. */
export function parseProperties(given: PlainObject, context: ParseContext): Record<string, PlainObject> {
  const parsed: Record<string, PlainObject> = {}
  for (const name of Object.keys(given)) {
    const form = given[name]
    if (form === null || form === undefined || form === false || name === '__proto__') continue
    parsed[name] = parseProperty(name, form, context)
  }
  return parsed
}

/** Writes one declared property in its long form. */
export function parseProperty(name: string, form: unknown, context: ParseContext): PlainObject {
  if (name.includes('.')) refuseDot(name, context)
  if (isLongForm(form)) {
    if (form.type === undefined || form.type === null) throw invalid(name, 'the type is missing', context)
    return { ...form, type: context.resolveType(form.type) }
  }
  const type = context.resolveType(form)
  if (type === undefined) throw invalid(name, `${JSON.stringify(form)} is not a type`, context)
  return { type }
}

/** `{ type: X }` declares a property of type X, unless `type` is itself a declared property of a nested object. */
function isLongForm(form: unknown): form is PlainObject {
  if (!isPlainObject(form) || !('type' in form)) return false
  return !(isPlainObject(form.type) && 'type' in form.type && typeof form.type.type !== 'object')
}

function refuseDot(property: string, context: ParseContext): void {
  const error = errors.PROPERTY_NAME_INVALID({ model: context.model, property })
  if (context.dotInNames === 'throw') throw error
  process.emitWarning(error.message, 'DeprecationWarning')
}

function invalid(property: string, problem: string, context: ParseContext) {
  return errors.PROPERTY_TYPE_INVALID({ model: context.model, property, problem })
}

const injected: PlainObject = Object.freeze({ type: Number, id: 1, generated: true })

/** Adds `id` where no property is an id. */
export function injectId(properties: Record<string, PlainObject>): Record<string, PlainObject> {
  const hasId = Object.values(properties).some((property) => property.id)
  return hasId ? properties : { ...properties, id: { ...injected } }
}
