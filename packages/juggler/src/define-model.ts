import { ModelBuilder } from './model/registry'
import type { ModelConstructor } from './model/types'
import type { Definition } from './types/definition'
import type { ModelClass } from './types/model-class'
import type { PlainObject } from './value/plain'

/**
 * Defines a model whose types follow from its definition; `attachTo` gives it a data source.
 *
 * @param name name of the model
 * @param definition properties, relations, `base` and settings, as in a model file; it stays untouched
 * @returns the class; its calls know the properties, and relations to models that are listed in `Models`
 * @throws MODEL_NAME_REQUIRED, MODEL_BASE_NOT_FOUND, PROPERTY_TYPE_INVALID, PROPERTY_NAME_INVALID
 * @example
 * const Product = defineModel('Product', { properties: { name: { type: 'string', required: true }, price: 'number' } })
 * Product.attachTo(new DataSource('memory'))
 * const lamp = await Product.create({ name: 'Lamp' })
 */
export function defineModel<const D extends Definition>(name: string, definition: D): ModelClass<D> {
  return build(name, definition) as unknown as ModelClass<D>
}

function build(name: string, definition: Definition): ModelConstructor {
  const { properties = {}, options, base, ...settings } = definition
  const given: PlainObject = typeof base === 'string' ? { ...settings, ...options, base } : { ...settings, ...options }
  return ModelBuilder.defaultInstance.define(name, properties, given, parentOf(base))
}

/** A base may be a class, or a definition for which there is no class. */
function parentOf(base: Definition['base']): ModelConstructor | undefined {
  if (typeof base === 'function') return base
  return typeof base === 'object' ? build(ModelBuilder.defaultInstance.getSchemaName(), base as Definition) : undefined
}
