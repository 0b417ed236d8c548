/** What may accompany an error when it is made: the error that caused it and details for the wire. */
export interface ErrorExtras {
  readonly cause?: unknown
  readonly details?: unknown
}

/**
 * An error with a permanent code, an HTTP status and, where there is one, a next step for the reader.
 *
 * Made by the functions that `defineErrors` returns; caught by its `code`.
 *
 * @example
 * try { await Product.findById(1) } catch (error) {
 *   if (error instanceof CodedError && error.code === 'MODEL_NOT_FOUND') return null
 *   throw error
 * }
 */
export class CodedError extends Error {
  /** Permanent name of the error, never reused for another meaning. */
  readonly code: string
  /** HTTP status that the error answers with. */
  readonly statusCode: number
  /** Structured details that clients may read; left out when there are none. */
  declare readonly details?: unknown

  constructor(given: { code: string; message: string; statusCode: number; name?: string; hint?: string }, extras: ErrorExtras = {}) {
    super(given.message, 'cause' in extras ? { cause: extras.cause } : undefined)
    this.code = given.code
    this.statusCode = given.statusCode
    if (extras.details !== undefined) this.details = extras.details
    // Not enumerable: neither belongs to the wire shape that clients of LoopBack read.
    Object.defineProperty(this, 'name', { value: given.name ?? 'Error', configurable: true, writable: true })
    Object.defineProperty(this, 'hint', { value: given.hint, configurable: true })
  }

  /** The next step for whoever reads the error, or undefined. */
  declare readonly hint: string | undefined
}
