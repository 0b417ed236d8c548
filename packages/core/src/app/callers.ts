import type { IncomingMessage } from 'node:http'

/** Who called the application with a request, and what the request was for them. */
interface Caller {
  readonly next: (error?: unknown) => void
  readonly prototype: object
}

const callers = new WeakMap<object, Caller>()

/** Remembers who called the application with a request, so that an unknown path goes back there. */
export function rememberCaller(raw: IncomingMessage, next: (error?: unknown) => void): void {
  const prototype = Object.getPrototypeOf(raw) as object
  callers.set(raw, { next, prototype })
  let plain = prototype
  // The getters of an Express request would be in the way of ours.
  while ('protocol' in plain) plain = Object.getPrototypeOf(plain) as object
  if (plain !== prototype) Object.setPrototypeOf(raw, plain)
}

/** Whether somebody waits to get the request back. */
export function hasCaller(raw: IncomingMessage): boolean {
  return callers.has(raw)
}

/**
 * Gives a request back to who called.
 *
 * @returns false when nobody did
 */
export function giveBack(raw: IncomingMessage, error?: unknown): boolean {
  const caller = callers.get(raw)
  if (!caller) return false
  callers.delete(raw)
  if (Object.getPrototypeOf(raw) !== caller.prototype) Object.setPrototypeOf(raw, caller.prototype)
  caller.next(error)
  return true
}
