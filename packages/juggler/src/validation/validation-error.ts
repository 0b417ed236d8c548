import { inspect } from 'node:util'
import { kData, kModel } from '../symbols'
import type { ModelInstance } from '../model/types'
import type { ErrorList } from './error-list'

/** What a ValidationError tells: which model, and per property the messages and codes. */
export interface ValidationDetails {
  readonly context: string
  readonly codes: Readonly<Record<string, readonly string[]>>
  readonly messages: Readonly<Record<string, readonly string[]>>
}

/**
 * Says which properties of an instance are not valid, and why.
 *
 * @example
 * try { await Product.create({}) } catch (error) { error.details.messages.name } // ["can't be blank"]
 */
export class ValidationError extends Error {
  readonly #instance: object

  /** Longest text of a value in a message. */
  static maxPropertyStringLength = 32

  override readonly name = 'ValidationError'
  readonly statusCode = 422
  readonly details: ValidationDetails

  constructor(instance: object & { readonly errors?: unknown }) {
    const model = instance as ModelInstance
    const name = model[kModel].name
    const list = (model.errors ?? {}) as ErrorList
    super(`The \`${name}\` instance is not valid. Details: ${describe(model, list) || '(unknown)'}.`)
    this.details = { context: name, codes: { ...list.codes }, messages: { ...list } as Record<string, string[]> }
    this.#instance = instance
    Error.captureStackTrace?.(this, ValidationError)
  }

  /** The instance that is not valid, which callbacks get beside the error. */
  static instanceOf(error: unknown): object | undefined {
    return typeof error === 'object' && error !== null && #instance in error ? error.#instance : undefined
  }
}

function describe(instance: ModelInstance, list: ErrorList): string {
  const { byName } = instance[kModel].compiled
  return Object.entries(list)
    .flatMap(([property, messages]) => {
      const secret = byName.get(property)?.hidden || byName.get(property)?.protected
      const value = secret ? '' : ` (value: ${shown(property in instance[kData] ? instance[kData][property] : instance[property])})`
      return (messages as string[]).map((message) => `\`${property}\` ${message}${value}`)
    })
    .join('; ')
}

function shown(value: unknown): string {
  if (typeof value === 'function') return 'undefined'
  if (typeof value === 'string') return JSON.stringify(cut(value))
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? value.toString() : value.toISOString()
  if (typeof value === 'object' && value !== null)
    return cut(inspect(Array.isArray(value) ? Array.from(value as unknown[]) : value, { colors: false, depth: 0 }))
  return cut(String(value))
}

/** Long texts keep their beginning and their last three letters. */
function cut(text: string): string {
  const most = ValidationError.maxPropertyStringLength
  return text.length <= most ? text : `${text.slice(0, Math.max(0, most - 7))}...${text.slice(-3)}`
}
