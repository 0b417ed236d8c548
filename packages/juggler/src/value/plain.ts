export type PlainObject = Record<string, unknown>

/** Whether a value is an object literal, whatever realm it comes from, and no instance of a class. */
export function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

/** Keys that could reach a prototype; never copied, at any depth. */
export function isUnsafeKey(key: string): boolean {
  return key === '__proto__'
}

/** A deep copy of plain objects, arrays, dates and buffers; instances of other classes are kept as they are. */
export function clonePlain<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(clonePlain) as T
  if (value instanceof Date) return new Date(value) as T
  if (Buffer.isBuffer(value)) return Buffer.from(value) as unknown as T
  if (!isPlainObject(value)) return value
  const copy: PlainObject = {}
  for (const key of Object.keys(value)) {
    const item = value[key]
    if (!isUnsafeKey(key) && item !== undefined) copy[key] = clonePlain(item)
  }
  return copy as T
}
