import { fromCallback, type UserFunction } from '@reloop/callback'
import type { Found, Options } from './stored'

/** What `createAccessToken` is called with. */
export interface TokenWish {
  readonly ttl: unknown
  /** The credentials, which LoopBack gives as options. */
  readonly data: object
  readonly usual: (user: Found, ttl: unknown, options?: Options) => Promise<Found>
}

/** Makes a token by the user's `createAccessToken`, which an application may have replaced: `(ttl, callback)` or `(ttl, options, callback)`. */
export async function callCreateAccessToken(user: Found, { ttl, data, usual }: TokenWish): Promise<Found> {
  const own = user.createAccessToken as UserFunction & { usual?: boolean }
  if (own.usual) return usual(user, ttl)
  if (own.length === 2) return (await fromCallback(own, 1).call(user, ttl)) as Found
  return (await fromCallback(own, 2).call(user, ttl, data)) as Found
}

/** Compares a password by the user's `hasPassword`, which an application may have replaced: `(plain, callback)`. */
export async function callHasPassword(user: Found, plain: unknown): Promise<boolean> {
  return Boolean(await fromCallback(user.hasPassword as UserFunction, 1).call(user, plain))
}

/** Gives a method of a model or an instance its arguments, whatever manner it has; undefined where there is none. */
export async function callOwn(holder: object, name: string, args: readonly unknown[]): Promise<unknown> {
  const own = (holder as Record<string, unknown>)[name] as UserFunction
  return fromCallback(own, args.length).call(holder, ...args)
}

/** Gives a function that somebody passed in its arguments, whatever manner it has. */
export async function callGiven(fn: UserFunction, args: readonly unknown[], self?: unknown): Promise<unknown> {
  return fromCallback(fn, args.length).call(self, ...args)
}

/** Sends a message by a mailer's `send`: `(message, callback)`, `(message, options, callback)` or a promise. */
export async function callMailer(mailer: object, message: object): Promise<unknown> {
  return callOwn(mailer, 'send', [message])
}

export type { UserFunction }
