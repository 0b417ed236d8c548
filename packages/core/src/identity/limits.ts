import type { SharedModel } from '../types'

/** How many attempts may fail, and in which time. */
export interface AttemptLimits {
  /** Failures per account. */
  readonly account: number
  /** Failures per address. */
  readonly address: number
  /** Milliseconds in which they are counted. */
  readonly window: number
}

/** The bounds of `limits.md` that concern users. */
export interface IdentityLimits {
  readonly login?: Partial<AttemptLimits>
  readonly password?: { readonly min?: number; readonly max?: number }
  readonly token?: { readonly ttl?: number; readonly maxTTL?: number }
}

/** `limits.login`. */
export const attemptDefaults: AttemptLimits = Object.freeze({ account: 10, address: 100, window: 15 * 60 * 1000 })

/** `limits.password` for either kind of hash, in bytes. */
export const passwordDefaults = Object.freeze({
  argon2id: Object.freeze({ min: 8, max: 1024 }),
  bcrypt: Object.freeze({ min: 1, max: 72 }),
})

/** `limits.token`, in seconds: LoopBack's own. */
export const tokenDefaults = Object.freeze({ ttl: 1_209_600, maxTTL: 31_556_926 })

/** The limits that an application sets, and over them those of the model. */
export function limitsOf(Model: SharedModel): IdentityLimits {
  const app = Model.app as { get?: (name: string) => unknown } | undefined
  return { ...(app?.get?.('limits') as IdentityLimits | undefined), ...(Model.settings.limits as IdentityLimits | undefined) }
}
