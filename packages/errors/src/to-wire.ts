import { STATUS_CODES } from 'node:http'
import { toPlain } from './to-plain'

/** How an error is shown to a client. */
export interface WireOptions {
  /** Show every property, and the stack. @default false */
  readonly debug?: boolean
  /**
   * `3.x` (also `modern`): `statusCode, name, message, code, details`, server errors masked.
   * `2.x`: every property of the error, and the stack unless `stack` is false.
   * @default '3.x'
   */
  readonly shape?: '3.x' | '2.x'
  /** Further properties that a client may see. @default [] */
  readonly safeFields?: readonly string[]
  /** `2.x` only: whether the stack is shown. @default false */
  readonly stack?: boolean
  /** Status that the reply already has, used when the error has none. */
  readonly status?: number
}

/** What stands under `error` in a reply. */
export type WireError = Record<string, unknown> & { statusCode?: number; message: string }

/**
 * The HTTP status that an error answers with: its own `statusCode` or `status`, else the given one, else 500.
 *
 * @param error anything that was thrown
 * @param fallback status that the reply already has
 * @example statusOf(new Error('boom')) // 500
 */
export function statusOf(error: unknown, fallback?: number): number {
  const own = isObject(error) ? (error.statusCode ?? error.status) : undefined
  for (const candidate of [own, fallback]) {
    if (typeof candidate === 'number' && candidate >= 400 && candidate < 600) return candidate
  }
  return 500
}

/**
 * Writes an error as the object that clients of LoopBack read, with nothing that must stay inside.
 *
 * @param error anything that was thrown: an Error, an array of errors, a string, …
 * @param options which shape, and how much of it
 * @returns a plain object, safe to serialize
 * @example toWire(errors.MODEL_NOT_FOUND({ model: 'Note', id: 9 })) // { statusCode: 404, name: 'Error', message: …, code: … }
 */
export function toWire(error: unknown, options: WireOptions = {}): WireError {
  if (Array.isArray(error)) return several(error, options)
  const fields = isObject(error) ? error : { message: String(error) }
  return options.shape === '2.x' ? open(fields, options) : masked(fields, options)
}

function masked(error: Fields, options: WireOptions): WireError {
  const statusCode = statusOf(error, options.status)
  if (options.debug) {
    const head = { statusCode, name: error.name, message: messageOf(error) }
    return { ...head, ...ownExcept(error, head), stack: error.stack }
  }
  const masked = statusCode >= 500
  const wire: WireError = masked
    ? { statusCode, message: STATUS_CODES[statusCode] ?? 'Internal Server Error' }
    : { statusCode, name: String(error.name ?? 'Error'), message: messageOf(error) }
  for (const key of [...(masked ? [] : ['code', 'details']), ...(options.safeFields ?? [])]) {
    if (key !== '__proto__' && error[key] !== undefined) wire[key] = toPlain(error[key])
  }
  return wire
}

function open(error: Fields, options: WireOptions): WireError {
  const status = options.status !== undefined && options.status >= 400 ? options.status : statusOf(error)
  const wire: WireError = { name: error.name ?? 'Error', status, message: messageOf(error) }
  Object.assign(wire, ownExcept(error, { status, message: '', stack: '' }))
  if (options.stack && typeof error.stack === 'string') wire.stack = error.stack
  return wire
}

function several(errors: readonly unknown[], options: WireOptions): WireError {
  const details = errors.map((error) => (error == null ? null : toWire(error, options)))
  const message = 'Failed with multiple errors, see `details` for more information.'
  if (options.shape !== '2.x') return { statusCode: 500, message, details }
  return { name: 'Error', status: 500, message, details: details.map(withoutStatusCode) }
}

function withoutStatusCode(wire: WireError | null): Record<string, unknown> | null {
  if (!wire) return null
  const { statusCode: _, ...rest } = wire
  return rest
}

type Fields = Record<string, unknown>

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function messageOf(error: Fields): string {
  return error.message ? String(error.message) : 'An unknown error occurred'
}

/** Enumerable properties, inherited ones included, without those that are there already and without what could reach a prototype or leak the cause. */
function ownExcept(error: Fields, known: Fields): Fields {
  const copy: Fields = {}
  for (const key in error) {
    if (key === 'cause' || key === '__proto__' || Object.hasOwn(known, key)) continue
    const value = toPlain(error[key])
    if (value !== undefined) copy[key] = value
  }
  return copy
}
