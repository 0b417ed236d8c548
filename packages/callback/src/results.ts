const mark: unique symbol = Symbol.for('@reloop/results')

/** Several results of one call, in order; an array that the doors tell from an array that *is* the result. */
export type Results<V extends readonly unknown[] = readonly unknown[]> = V & { readonly [mark]: V }

/**
 * Marks values as several results: a callback gets them spread after the error, a promise resolves to the array.
 *
 * @param values the results in the order in which a callback receives them
 * @returns the same values as an array, marked invisibly
 * @example
 * const findOrCreate = acceptCallback(async (data: object) => results(await insert(data), true))
 * findOrCreate({ name: 'Lamp' }, (error, instance, created) => {})
 * const [instance, created] = await findOrCreate({ name: 'Lamp' })
 */
export function results<V extends unknown[]>(...values: V): Results<V> {
  return Object.defineProperty(values, mark, { value: true }) as Results<V>
}

/**
 * Whether a value was made by `results`.
 *
 * @param value anything
 * @example isResults(results(1, 2)) // true
 * isResults([1, 2]) // false
 */
export function isResults(value: unknown): value is Results {
  return Array.isArray(value) && mark in value
}
