import { acceptCallback } from '@reloop/callback'
import type { SharedModel } from '../types'
import { changeOwnPassword, changePassword, setOwnPassword, setPassword } from './change-password'
import { confirm } from './confirm'
import { createToken } from './create-token'
import { removeTokens } from './end-sessions'
import { login } from './login'
import { logout } from './logout'
import { inside } from './origin'
import { checkPassword, hashingOf, hashPasswordNow, verifyPassword } from './password'
import { refresh } from './refresh'
import { resetPassword } from './reset-password'
import { randomHex } from './secret'
import type { Found, Options } from './stored'
import { verify, type VerifyOptions } from './verify'

/** A call of the program, unless a client's options came along with it. */
function how(options: Options | undefined) {
  return { options: options ?? {}, origin: inside }
}

/** LoopBack's statics of user models, each with a callback or a promise. */
export const userStatics = {
  login: acceptCallback(async function (this: SharedModel, credentials: unknown, include?: unknown) {
    return login(this, { credentials, include, origin: inside })
  }),

  logout: acceptCallback(async function (this: SharedModel, tokenId?: unknown) {
    return logout(this, tokenId)
  }),

  confirm: acceptCallback(async function (this: SharedModel, uid: unknown, token: unknown, redirect?: unknown) {
    return confirm(this, { uid, token, redirect }, inside)
  }),

  resetPassword: acceptCallback(async function (this: SharedModel, options: unknown) {
    return resetPassword(this, options, inside)
  }),

  refresh: acceptCallback(async function (this: SharedModel, refreshToken: unknown) {
    return refresh(this, refreshToken)
  }),

  generateVerificationToken: Object.assign(
    acceptCallback(async function (this: SharedModel, _user: unknown) {
      return randomHex(64)
    }),
    { usual: true },
  ),

  /** Hashes a password at once, as LoopBack does; may be replaced. */
  hashPassword: Object.assign(
    function hashPassword(this: SharedModel, plain: string): string {
      checkPassword(plain, this)
      return hashPasswordNow(plain, hashingOf(this).cost)
    },
    { usual: true },
  ),

  /** Throws when a password may not be used; may be replaced. */
  validatePassword(this: SharedModel, plain: unknown): true {
    checkPassword(typeof plain === 'string' ? plain : '', this)
    return true
  },

  /** Options of `verify` for requests: the setting `verifyOptions` with defaults; may be replaced. */
  getVerifyOptions(this: SharedModel): VerifyOptions {
    return { type: 'email', from: 'noreply@example.com', ...(this.settings.verifyOptions as VerifyOptions | undefined) }
  },
}

/** Statics that came with LoopBack 3. */
export const passwordStatics = {
  changePassword: acceptCallback(async function (this: SharedModel, ...args: unknown[]) {
    const [id, oldPassword, newPassword, options] = args
    return changePassword(this, { id, oldPassword, newPassword }, how(options as Options | undefined))
  }),

  setPassword: acceptCallback(async function (this: SharedModel, id: unknown, newPassword: unknown, options?: Options) {
    return setPassword(this, { id, newPassword }, how(options))
  }),
}

/** LoopBack's methods of users. */
export const userPrototype = {
  createAccessToken: Object.assign(
    acceptCallback(async function (this: Found, ttl?: unknown, options?: unknown) {
      return createToken(this, ttl, options as Options | undefined)
    }),
    { usual: true },
  ),

  hasPassword: acceptCallback(async function (this: Found, plain: unknown) {
    return verifyPassword(this.$password, plain)
  }),

  /** Ends all sessions of the user. */
  revokeAccessTokens: acceptCallback(async function (this: Found, options?: Options) {
    await removeTokens(this.constructor as unknown as SharedModel, { ids: [this.id] }, options ?? {})
  }),

  verify: acceptCallback(async function (this: Found, given: VerifyOptions, options?: Options) {
    return verify(this, given, options ?? {})
  }),
}

/** `verify` of a user that is only pretended: nobody gets a mail. */
export const pretendedVerify = acceptCallback(async function (this: Found, _given?: unknown, _options?: unknown) {
  return {}
})

/** Methods of users that came with LoopBack 3. */
export const passwordPrototype = {
  changePassword: acceptCallback(async function (this: Found, oldPassword: unknown, newPassword: unknown, options?: Options) {
    return changeOwnPassword(this, { oldPassword, newPassword }, options ?? {})
  }),

  setPassword: acceptCallback(async function (this: Found, newPassword: unknown, options?: Options) {
    return setOwnPassword(this, newPassword, options ?? {})
  }),
}
