import { runtimeOf } from '@reloop/juggler'
import type { SharedModel, Settings } from '../types'
import type { Registry } from '../registry/registry'
import { concealSignUp } from './conceal-sign-up'
import { identityFlags, flagsOf, type IdentityFlags } from './compat'
import { isEmailAddress } from './email-address'
import { passwordPrototype, passwordStatics, userPrototype, userStatics } from './legacy-user'
import { tokenDefaults } from './limits'
import { assignPassword } from './password-step'
import type { Found } from './stored'
import { userHooks } from './user-hooks'
import { shareUserMethods } from './user-methods'
import { hasRealms, normalEmail } from './user-rules'

/**
 * Makes the built-in model `User` of a registry.
 *
 * @param registry the registry; its profile decides what is as in which LoopBack
 */
export function makeUser(registry: Registry): SharedModel {
  const flags = identityFlags.of(registry.profile)
  const User = registry.createModel('User', properties(flags), settings(flags))
  define(User, { ...userStatics, ...(flags.passwordMethods ? passwordStatics : {}) })
  define(User.prototype, { ...userPrototype, ...(flags.passwordMethods ? passwordPrototype : {}) })
  const observe = User.observe as (operation: string, hook: unknown) => void
  for (const [operation, hook] of Object.entries(userHooks)) observe.call(User, operation, hook)
  const { setup } = registry.PersistedModel
  define(User, {
    setup(this: SharedModel): void {
      setup.call(this)
      setUp(this)
    },
  })
  // Its relation leads there, and would put an empty class in the place of one that nobody has asked for.
  registry.findModel('AccessToken')
  setUp(User)
  return User
}

function define(holder: object, members: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(members))
    Object.defineProperty(holder, name, { value, writable: true, configurable: true, enumerable: false })
}

function properties({ uniqueIndexes, passwordMethods }: IdentityFlags): Settings {
  const unique = uniqueIndexes ? { unique: true } : {}
  const retired = { credentials: 'object', challenges: 'object' }
  const dated = { status: 'string', created: 'date', lastUpdated: 'date' }
  return {
    realm: { type: 'string' },
    username: { type: 'string', ...unique },
    password: { type: 'string', required: true },
    ...(passwordMethods ? {} : retired),
    email: { type: 'string', required: true, ...unique },
    emailVerified: 'boolean',
    verificationToken: 'string',
    ...(passwordMethods ? {} : dated),
  }
}

function settings(flags: IdentityFlags): Settings {
  return {
    caseSensitiveEmail: flags.caseSensitiveEmail,
    hidden: ['password', 'verificationToken'],
    acls: acls(flags),
    ...tokenDefaults,
    relations: { accessTokens: { type: 'hasMany', model: 'AccessToken', foreignKey: 'userId', options: { disableInclude: true } } },
  }
}

function acls({ passwordMethods }: IdentityFlags): Settings[] {
  const rule = (principalId: string, property?: string, accessType?: string) => ({
    principalType: 'ROLE',
    principalId,
    permission: property === undefined ? 'DENY' : 'ALLOW',
    ...(property === undefined ? {} : { property }),
    ...(accessType === undefined ? {} : { accessType }),
  })
  return [
    rule('$everyone'),
    rule('$everyone', 'create'),
    rule('$owner', 'deleteById'),
    rule('$everyone', 'login'),
    rule('$everyone', 'logout'),
    rule('$owner', 'findById'),
    rule('$owner', passwordMethods ? 'patchAttributes' : 'updateAttributes'),
    rule('$owner', 'replaceById'),
    ...(passwordMethods ? [rule('$everyone', 'verify', 'EXECUTE')] : []),
    rule('$everyone', 'confirm'),
    rule('$everyone', 'resetPassword', 'EXECUTE'),
    ...(passwordMethods
      ? [
          rule('$authenticated', 'changePassword', 'EXECUTE'),
          rule('$authenticated', 'setPassword', 'EXECUTE'),
          // Only there where web tokens are used.
          rule('$everyone', 'refresh', 'EXECUTE'),
        ]
      : []),
  ]
}

/** What every class that extends User has of its own: setters, validations, remote methods. */
function setUp(User: SharedModel): void {
  Object.assign(User.setter as object, {
    password(this: Found, value: unknown): void {
      assignPassword(this, value)
    },
    email(this: Found, value: unknown): void {
      this.$email = typeof value === 'string' ? normalEmail(this.constructor as unknown as SharedModel, value) : value
    },
  })
  validations(User)
  uniqueByRealm(User)
  concealSignUp(User)
  shareUserMethods(User)
}

/** Whether e-mail addresses and user names are unique among all users, in their realm, or not checked. */
function uniqueness(User: SharedModel): 'all' | 'realm' | 'none' {
  const { realmRequired, realmDelimiter } = User.settings
  if (flagsOf(User).realmUniqueness === 'off') return hasRealms(User) ? 'none' : 'all'
  return realmRequired && realmDelimiter ? 'realm' : 'all'
}

type Validates = (property: string, ...rest: unknown[]) => void

/** Declared on each class: which rule holds depends on settings that may change, and not every profile inherits rules. */
function validations(User: SharedModel): void {
  const { validate, validatesUniquenessOf } = User as unknown as { validate: Validates; validatesUniquenessOf: Validates }
  const own = (instance: Found): boolean => (instance.constructor as unknown) === User
  const ofUser = { if: (instance: Found) => own(instance) }
  const format = function (this: Found, fail: (code: string) => void) {
    if (own(this) && this.email !== undefined && this.email !== null && this.email !== '' && !isEmailAddress(this.email)) fail('email')
  }
  validate.call(User, 'email', format, { message: 'is invalid' })
  for (const [property, message] of [
    ['email', 'Email already exists'],
    ['username', 'User already exists'],
  ] as const) {
    for (const kind of ['all', 'realm'] as const) {
      const holds = function (this: Found) {
        return ofUser.if(this) && uniqueness(User) === kind
      }
      validatesUniquenessOf.call(User, property, { message, if: holds, ...(kind === 'realm' ? { scopedTo: ['realm'] } : {}) })
    }
  }
}

/** Where addresses are unique per realm, so are they in the store. */
function uniqueByRealm(User: SharedModel): void {
  if (!flagsOf(User).uniqueIndexes || uniqueness(User) !== 'realm') return
  const { definition } = runtimeOf(User)
  for (const name of ['email', 'username']) {
    const property = definition.properties[name]
    if (property?.unique) definition.defineProperty(name, { ...property, unique: false })
  }
  User.settings.indexes = {
    ...(User.settings.indexes as Settings | undefined),
    realm_email: { keys: { realm: 1, email: 1 }, options: { unique: true } },
    realm_username: { keys: { realm: 1, username: 1 }, options: { unique: true } },
  }
}
