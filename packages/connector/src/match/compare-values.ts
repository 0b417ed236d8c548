import { types } from 'node:util'
import { isNumeric, timeOf } from './same-value'

/**
 * Orders two values of like kind: numbers, texts by code unit, dates by time, booleans.
 *
 * @returns negative, zero or positive; NaN when the two cannot be compared, so that every ordering of them is false
 * @example compareLike(1, 2) < 0 // true
 */
export function compareLike(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b || (a === b ? 0 : a < b ? -1 : a > b ? 1 : NaN)
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (isNumeric(a) && isNumeric(b)) return a < b ? -1 : a > b ? 1 : a >= b ? 0 : NaN
  if (types.isDate(b)) return timeOf(a) - b.getTime()
  if (types.isDate(a)) return a.getTime() - timeOf(b)
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  return NaN
}

const decimal = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/

/**
 * Orders two numbers that may be texts of any length, exactly.
 *
 * @param a number, bigint or decimal text
 * @param b number, bigint or decimal text
 * @returns negative, zero or positive; NaN when one is no number
 * @example compareDecimal('10.50', '9.9') > 0 // true
 */
export function compareDecimal(a: unknown, b: unknown): number {
  if (isNumeric(a) && isNumeric(b)) return compareLike(a, b)
  const [left, right] = [decimal.exec(String(a)), decimal.exec(String(b))]
  if (!left || !right || !isDecimal(a) || !isDecimal(b)) return isDecimal(a) && isDecimal(b) ? compareLike(Number(a), Number(b)) : NaN
  const [signA, signB] = [signOf(left), signOf(right)]
  return signA !== signB ? signA - signB : signA * compareMagnitude(left, right)
}

function isDecimal(value: unknown): boolean {
  return isNumeric(value) || (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)))
}

function signOf(parts: RegExpExecArray): number {
  if (!parts[2] && !parts[3]) return 0
  return parts[1] === '-' ? -1 : 1
}

function compareMagnitude(a: RegExpExecArray, b: RegExpExecArray): number {
  const [wholeA, wholeB] = [a[2] ?? '', b[2] ?? '']
  if (wholeA.length !== wholeB.length) return wholeA.length - wholeB.length
  if (wholeA !== wholeB) return wholeA < wholeB ? -1 : 1
  const [partA, partB] = [a[3] ?? '', b[3] ?? '']
  return partA < partB ? -1 : partA > partB ? 1 : 0
}
