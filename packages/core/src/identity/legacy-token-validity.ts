import { acceptCallback, fromCallback, type UserFunction } from '@reloop/callback'
import type { SharedModel } from '../types'
import type { Found } from './stored'
import { isAlive } from './token-validity'

/** LoopBack's methods of tokens. */
export const tokenPrototype = {
  /** Whether the token is good; one that is not is removed: `(callback)`. */
  validate: acceptCallback(async function (this: Found) {
    return isAlive(this, this.constructor as unknown as SharedModel) || removed(this)
  }),
}

/** Asks a token whether it is good, by its own `validate`; a promise only where it has to wait. */
export function validateToken(token: Found): boolean | Promise<boolean> {
  const { validate } = token
  if (validate !== tokenPrototype.validate)
    return fromCallback(validate as UserFunction, 0)
      .call(token)
      .then(Boolean)
  return isAlive(token, token.constructor as unknown as SharedModel) || removed(token)
}

async function removed(token: Found): Promise<false> {
  await token.destroy()
  return false
}
