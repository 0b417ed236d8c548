import { defineFlags, resolveProfile } from '@reloop/compat'
import { runtimeOf } from '@reloop/juggler'
import type { SharedModel } from '../types'

/** What differs between the profiles where users and tokens are concerned. */
export const identityFlags = defineFlags('core/identity', {
  tokenPlaces: {
    modern: 'headers',
    '3.x': 'everywhere',
    '2.x': 'everywhere',
    about: 'Where an access token is looked for unless told otherwise: headers only, or the URL and signed cookies as well.',
  },
  bearerBase64: { modern: false, '3.x': true, '2.x': true, about: 'The token behind "Bearer" is sent in base64.' },
  emptyToken: {
    modern: 'anonymous',
    '3.x': 'anonymous',
    '2.x': 'fail',
    about: 'An empty ?access_token= counts as no token, or fails with 500.',
  },
  brokenToken: {
    modern: 'refuse',
    '3.x': 'fail',
    '2.x': 'fail',
    about: 'A stored token without a usable ttl or creation time is refused with 401, or fails with 500.',
  },
  passwordHash: {
    modern: 'argon2id',
    '3.x': 'bcrypt',
    '2.x': 'bcrypt',
    about: 'How passwords are hashed; hashes of both kinds are verified everywhere.',
  },
  passwordLength: {
    modern: 'bytes',
    '3.x': 'bytes',
    '2.x': 'characters',
    about: 'What the longest password is counted in.',
  },
  hashAtRest: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'Reset and verification tokens are stored as hashes, are bound to their purpose and model, and are good for one use.',
  },
  hidesAccounts: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'login, reset, verify and confirm answer the same whether the account exists or not.',
  },
  limitsAttempts: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'Failed logins are counted per account and address (limits.login); otherwise only where limits.login is set.',
  },
  checksCredentials: { modern: true, '3.x': false, '2.x': false, about: 'A password, realm or ttl of the wrong type is refused with 400.' },
  redirects: {
    modern: 'listed',
    '3.x': 'any',
    '2.x': 'any',
    about: 'confirm redirects to paths and listed origins only, or wherever it is told to.',
  },
  fixedProperties: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'Clients cannot write emailVerified, verificationToken, realm and password of users that exist.',
  },
  passwordByMethodsOnly: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'Default of rejectPasswordChangesViaPatchOrReplace.',
  },
  resetScope: { modern: true, '3.x': false, '2.x': false, about: 'Default of restrictResetPasswordTokenScope.' },
  caseSensitiveEmail: {
    modern: false,
    '3.x': true,
    '2.x': true,
    about: 'Default of caseSensitiveEmail; without it e-mail addresses are stored in lower case and NFC.',
  },
  uniqueIndexes: { modern: true, '3.x': false, '2.x': false, about: 'Stores hold e-mail addresses and user names unique by an index.' },
  realmUniqueness: {
    modern: 'scoped',
    '3.x': 'scoped',
    '2.x': 'off',
    about: 'With realms e-mail addresses are unique per realm when both realm settings are on; or not checked when one is.',
  },
  passwordMethods: { modern: true, '3.x': true, '2.x': false, about: 'changePassword, setPassword and verify are offered over REST.' },
  endsSessions: {
    modern: 'always',
    '3.x': 'always',
    '2.x': 'setting',
    about: 'A changed password or e-mail address ends the other sessions; or only with logoutSessionsOnSensitiveChanges.',
  },
  unverifiedDetails: { modern: false, '3.x': true, '2.x': false, about: 'The refusal of an unverified login names the user’s id.' },
})

/** The flags of one profile. */
export type IdentityFlags = ReturnType<typeof identityFlags.of>

/** The flags of the profile that a class was made under. */
export function flagsOf(Model: SharedModel): IdentityFlags {
  return identityFlags.of(resolveProfile({ option: runtimeOf(Model).builder.settings.compat }))
}
