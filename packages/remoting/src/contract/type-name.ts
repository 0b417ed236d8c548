/** A type by name, or a list of one. */
export type TypeName = string | readonly [string]

/**
 * The name of a type as it was given: constructors become names, `'array'` and `[]` become a list of anything.
 *
 * @example typeName([String]) // ['string']
 */
export function typeName(given: unknown): TypeName {
  if (Array.isArray(given)) return [single(given[0])]
  const name = single(given)
  return name === 'array' ? ['any'] : name
}

const builtIn = new Set<string>(['any', 'array', 'string', 'number', 'integer', 'boolean', 'date', 'object', 'buffer', 'geopoint'])

function single(given: unknown): string {
  if (given === undefined || given === null || given === '') return 'any'
  if (typeof given === 'function') return known((given as { modelName?: string }).modelName ?? given.name)
  if (typeof given === 'string') return known(given)
  return 'object'
}

/** Built-in types are known in any case, save `file`: `File` is a model. */
function known(name: string): string {
  const lower = name.toLowerCase()
  return builtIn.has(lower) ? lower : name
}
