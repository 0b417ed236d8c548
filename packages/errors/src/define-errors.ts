import { CodedError, type ErrorExtras } from './coded-error'

type Text = string | ((params: never) => string)

/** One line of a catalogue: what the error says, which status it answers with, and what to do about it. */
export interface ErrorEntry {
  /** Sentence for the reader; a function gets the typed parameters. */
  readonly message: Text
  /** HTTP status. @default 500 */
  readonly status?: number
  /** Value of `error.name`. @default 'Error' */
  readonly name?: string
  /** The next step, kept apart from what happened. */
  readonly hint?: Text
}

type ParamsOf<E extends ErrorEntry> = E['message'] extends (params: infer P) => string
  ? P
  : E['hint'] extends (params: infer P) => string
    ? P
    : undefined

type Make<P> = [P] extends [undefined]
  ? (params?: undefined, extras?: ErrorExtras) => CodedError
  : (params: P, extras?: ErrorExtras) => CodedError

/** The functions of a catalogue, one per code. */
export type Errors<C extends Record<string, ErrorEntry>> = {
  readonly [K in keyof C]: Make<ParamsOf<C[K]>> & { readonly entry: ErrorEntry }
}

const codeForm = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/

/**
 * Declares the errors of a package: a record from permanent code to message, status and hint.
 *
 * @param catalogue code → entry; codes are UPPER_SNAKE_CASE
 * @returns code → function(params, { cause, details }) that makes the error (it does not throw it)
 * @throws TypeError when a code is not UPPER_SNAKE_CASE or a status is not an HTTP error status
 * @example
 * const errors = defineErrors({
 *   PORT_IN_USE: { message: (p: { port: number }) => `Port ${p.port} is in use.`, hint: 'Set PORT to a free one.' },
 * })
 * throw errors.PORT_IN_USE({ port: 3000 })
 */
export function defineErrors<const C extends Record<string, ErrorEntry>>(catalogue: C): Errors<C> {
  const made = Object.entries(catalogue).map(([code, entry]) => [code, maker(code, entry)] as const)
  return Object.freeze(Object.fromEntries(made)) as Errors<C>
}

function maker(code: string, entry: ErrorEntry) {
  const status = entry.status ?? 500
  if (!codeForm.test(code)) throw new TypeError(`Error code "${code}" must be UPPER_SNAKE_CASE.`)
  if (!Number.isInteger(status) || status < 400 || status > 599) {
    throw new TypeError(`Status of error ${code} must be from 400 to 599, not ${status}.`)
  }
  const make = (params?: unknown, extras?: ErrorExtras) => {
    const message = text(entry.message, params)
    const hint = entry.hint === undefined ? undefined : text(entry.hint, params)
    const error = new CodedError({ code, message, statusCode: status, name: entry.name, hint }, extras)
    // The stack begins where the error was asked for, under its own name.
    Error.captureStackTrace(error, make)
    return error
  }
  return Object.assign(make, { entry: Object.freeze({ ...entry }) })
}

function text(given: Text, params: unknown): string {
  return typeof given === 'string' ? given : given(params as never)
}
