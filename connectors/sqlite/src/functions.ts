import { compilePattern } from '@reloop/connector'

const known = new Map<string, (text: string) => boolean>()

/**
 * The function `reloop_regexp(flags, source, text)`: whether a text holds a match, in bounded time.
 *
 * @returns 1, 0, or null for null
 */
export function matches(flags: unknown, source: unknown, text: unknown): 0 | 1 | null {
  if (typeof text !== 'string') return null
  return patternOf(String(source), String(flags))(text) ? 1 : 0
}

/**
 * The test of a pattern, kept for the next row. Throws PATTERN_INVALID.
 *
 * @param source of the regular expression
 * @param flags among i, m, s
 */
export function patternOf(source: string, flags: string): (text: string) => boolean {
  const key = `${flags}/${source}`
  let test = known.get(key)
  if (!test) {
    if (known.size >= 100) known.clear()
    known.set(key, (test = compilePattern({ source, flags })))
  }
  return test
}

/** The function `reloop_fold(text)`: lower case, beyond ASCII too. */
export function foldCase(text: unknown): unknown {
  return typeof text === 'string' ? text.toLowerCase() : text
}

const decimal = /^\s*([+-]?)0*(\d*)(?:\.(\d*?)0*)?\s*$/

/**
 * The function `reloop_decimal(text)`: text that sorts as the decimal number does, whatever its length; null for what is none.
 */
export function decimalKey(value: unknown): string | null {
  const found = value === null ? null : decimal.exec(String(value))
  if (!found) return null
  const [, sign, whole = '', part = ''] = found
  if (!whole && !part) return 'o'
  const digits = `${String(whole.length).padStart(5, '0')}${whole}.${part}`
  // Of negative numbers the longer and greater come first; the end of one comes behind its continuation.
  return sign === '-' ? `n${digits.replace(/\d/g, (digit) => String(9 - Number(digit)))}~` : `p${digits}`
}

/** The function `reloop_calculate(operator, a, b)` for decimal text: sum and product, exact. */
export function calculate(operator: unknown, a: unknown, b: unknown): string | null {
  const [left, right] = [scaled(a ?? '0'), scaled(b)]
  if (!left || !right) return null
  if (operator === '*') return unscaled({ digits: left.digits * right.digits, scale: left.scale + right.scale })
  const scale = Math.max(left.scale, right.scale)
  const raised = ({ digits, scale: own }: Scaled) => digits * 10n ** BigInt(scale - own)
  return unscaled({ digits: raised(left) + raised(right), scale })
}

interface Scaled {
  readonly digits: bigint
  readonly scale: number
}

function scaled(value: unknown): Scaled | undefined {
  const found = /^\s*([+-]?\d+)(?:\.(\d*))?\s*$/.exec(String(value))
  if (!found) return undefined
  const part = found[2] ?? ''
  return { digits: BigInt(found[1]! + part), scale: part.length }
}

function unscaled({ digits, scale }: Scaled): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = text.slice(0, text.length - scale)
  return `${digits < 0n ? '-' : ''}${whole}${scale ? `.${text.slice(-scale)}` : ''}`
}
