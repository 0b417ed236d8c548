import type { SharedModel } from '../types'
import { errors } from '../errors'
import { flagsOf } from './compat'
import { endSessions, removeTokens } from './end-sessions'
import { hashAssigned, hashChange } from './password-step'
import { innerOptions, kInner, stored, type Found, type Options } from './stored'
import { isCaseSensitive, normalEmail, normalName, rejectsPasswords } from './user-rules'

/** What hooks of the data layer get. */
interface Context {
  readonly Model: SharedModel
  readonly options: Options
  readonly hookState: Record<string | symbol, unknown>
  readonly where?: Record<string, unknown>
  readonly instance?: Found
  readonly currentInstance?: Found
  readonly isNewInstance?: boolean
  readonly query?: { where?: unknown }
  data?: Record<string, unknown>
}

/** What clients may not write to users that exist, unless `fixedProperties` lists others. */
const usuallyFixed = ['emailVerified', 'verificationToken', 'realm', 'created']

const kBefore = Symbol('before')
const kIds = Symbol('ids')

/** A user before a change. */
interface Before {
  readonly id: unknown
  readonly email: unknown
  readonly password: unknown
}

/** The hooks of user models, by operation; subclasses have them too. */
export const userHooks: Readonly<Record<string, (context: Context) => Promise<void> | void>> = {
  access({ Model, options, query }) {
    if (!options[kInner] && query?.where && !isCaseSensitive(Model)) normalize(Model, query.where, 0)
  },

  async 'before save'(context) {
    const { Model, options } = context
    if (options[kInner]) return
    const before = await usersBefore(context)
    if (options.fromOutside === true) protect(context, before)
    refusePassword(context, before)
    spellAsStored(Model, context.data ?? context.instance!)
    const isPlain = options.fromOutside === true || options.setPassword === true
    if (context.instance) await hashAssigned(context.instance, Model, isPlain)
    else await hashChange(context.data!, Model, isPlain)
    unverify(context, before)
    context.hookState[kBefore] = before
  },

  async 'after save'({ Model, options, hookState, instance, data }) {
    const before = hookState[kBefore] as readonly Before[] | undefined
    if (!before?.length || options[kInner]) return
    const now = (instance ?? data) as { email?: unknown; password?: unknown }
    const changed = before.filter(
      (user) => (now.email !== undefined && now.email !== user.email) || (now.password !== undefined && now.password !== user.password),
    )
    await endSessions(
      Model,
      changed.map(({ id }) => id),
      options,
    )
  },

  async 'before delete'({ Model, options, hookState, where }) {
    const users = await stored(Model).find(
      { where, fields: { [idName(Model)]: true } },
      { ...innerOptions(options), notify: false, withDeleted: true },
    )
    hookState[kIds] = users.map(({ id }) => id)
  },

  async 'after delete'({ Model, options, hookState }) {
    await removeTokens(Model, { ids: (hookState[kIds] as unknown[] | undefined) ?? [] }, options)
  },
}

function idName(Model: SharedModel): string {
  return (Model.getIdName as () => string)()
}

/** E-mail addresses in conditions are spelled as they are stored. */
function normalize(Model: SharedModel, where: unknown, depth: number): void {
  if (typeof where !== 'object' || where === null || depth > 12) return
  const conditions = where as Record<string, unknown>
  if (typeof conditions.email === 'string') conditions.email = normalEmail(Model, conditions.email)
  for (const name of ['and', 'or']) {
    const list = conditions[name]
    if (Array.isArray(list)) for (const one of list) normalize(Model, one, depth + 1)
  }
}

/** The users that a change reaches, where it may concern their sessions or what clients may not write. */
async function usersBefore({ Model, options, where, instance, currentInstance, isNewInstance, data }: Context): Promise<readonly Found[]> {
  if (isNewInstance || (instance && instance.isNewRecord())) return []
  if (currentInstance && !touches(Model, data!, options)) return []
  if (instance) {
    const found = await stored(Model).findById(instance.id, undefined, { ...innerOptions(options), notify: false })
    return found ? [found] : []
  }
  if (!touches(Model, data!, options)) return []
  return stored(Model).find({ where }, { ...innerOptions(options), notify: false })
}

function touches(Model: SharedModel, data: Record<string, unknown>, { fromOutside }: Options): boolean {
  return 'email' in data || 'password' in data || (fromOutside === true && fixedOf(Model).some((name) => name in data))
}

function fixedOf(Model: SharedModel): readonly string[] {
  const { fixedProperties: given } = Model.settings
  return Array.isArray(given) ? (given as string[]) : usuallyFixed
}

/** New users begin unverified. What a client may not write to users that exist stays as it is, or is refused where it differs. */
function protect({ Model, instance, data, isNewInstance }: Context, before: readonly Found[]): void {
  const given = data ?? instance!
  if (isNewInstance || (before.length === 0 && !instance && 'email' in given)) {
    if (given.emailVerified) given.emailVerified = false
    if (flagsOf(Model).fixedProperties) delete given.verificationToken
    if (flagsOf(Model).fixedProperties && instance) instance.verificationToken = undefined
    return
  }
  if (!flagsOf(Model).fixedProperties) return
  const [current] = before
  for (const name of fixedOf(Model)) {
    const value = given[name]
    if (instance && (value === undefined || value === null)) given[name] = current?.[name]
    else if (value !== undefined && !before.every((user) => same(user[name], value)))
      throw name === 'password' ? errors.PASSWORD_CHANGE_NOT_ALLOWED() : errors.USER_PROPERTY_FIXED({ property: name })
  }
  if (instance && instance.$password === undefined && rejectsPasswords(Model)) instance.$password = current?.password
}

function same(one: unknown, other: unknown): boolean {
  return (one ?? null) === (other ?? null) || String(one) === String(other)
}

/** A password may only be changed by the methods that are for it, where the model or the profile says so. */
function refusePassword({ Model, options, instance, data, isNewInstance }: Context, before: readonly Found[]): void {
  if (isNewInstance || options.setPassword || !rejectsPasswords(Model)) return
  const byDefault = Model.settings.rejectPasswordChangesViaPatchOrReplace === undefined
  if (byDefault && options.fromOutside !== true) return
  // A record that an upsert creates has a password of its own.
  if (data && before.length === 0 && 'email' in data) return
  const replaces = instance && isNewInstance === false
  const given = data ? data.password : replaces ? instance.$password : undefined
  if (given === undefined || given === null) return
  // A replacement that carries none has got the one that is stored.
  if (data || given !== before[0]?.password) throw errors.PASSWORD_CHANGE_NOT_ALLOWED()
}

/** Addresses and names in the spelling in which they are unique. */
function spellAsStored(Model: SharedModel, given: Record<string, unknown>): void {
  if (typeof given.email === 'string') {
    const email = normalEmail(Model, given.email)
    if (email !== given.email) given.email = email
  }
  if (typeof given.username === 'string') {
    const name = normalName(Model, given.username)
    if (name !== given.username) given.username = name
  }
}

/** Another address has to be verified anew, and a token for the old one is of no use. */
function unverify({ Model, options, instance, data }: Context, before: readonly Found[]): void {
  const given = data ?? instance!
  const { email } = given
  if (typeof email !== 'string' || before.every((user) => user.email === email)) return
  if (flagsOf(Model).hashAtRest && !options.verified) given.verificationToken = null
  if (Model.settings.emailVerificationRequired) given.emailVerified = false
}
