/** Marks a property as long text. */
export function Text(value: unknown): string {
  return String(value)
}

/** Marks a property as any JSON value, kept as it is. */
function JsonMarker(value: unknown): unknown {
  return value
}
Object.defineProperty(JsonMarker, 'name', { value: 'JSON' })
export { JsonMarker as Json }

/** Marks a property as of any type. */
export function Any(value: unknown): unknown {
  return value
}

/** Marks a property as a whole number. */
export function Integer(value: unknown): number {
  return Number(value)
}

/** Marks a property as a number of exact decimal digits, kept as text. */
export function Decimal(value: unknown): string {
  return String(value)
}

/** Marks a property as a date that is kept as the text it was given. */
export function DateString(value: unknown): string {
  return String(value)
}

/** Marks a property as a day without time: `YYYY-MM-DD`. */
export function DateOnly(value: unknown): string {
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value)
}
