import { runtimeOf } from '@reloop/juggler'
import type { SharedModel } from '../types'
import { flagsOf } from './compat'
import { stored, type Stored } from './stored'

/** Whether users belong to realms. */
export function hasRealms({ settings }: SharedModel): boolean {
  return Boolean(settings.realmRequired) || Boolean(settings.realmDelimiter)
}

/** Whether e-mail addresses that differ in case only are different ones. */
export function isCaseSensitive(User: SharedModel): boolean {
  const { caseSensitiveEmail: given } = User.settings
  return given === undefined ? flagsOf(User).caseSensitiveEmail : given !== false
}

/** An e-mail address as it is stored. */
export function normalEmail(User: SharedModel, email: string): string {
  if (isCaseSensitive(User)) return email
  // LB2: lower case is all that LoopBack does; what it wrote must be found again.
  return flagsOf(User).caseSensitiveEmail ? email.toLowerCase() : email.normalize('NFC').toLowerCase()
}

/** A user name as it is stored: two ways to write one name are one name. */
export function normalName(User: SharedModel, name: string): string {
  return flagsOf(User).hashAtRest ? name.normalize('NFC') : name
}

/** Conditions that find the user of an e-mail address, also one that was stored before addresses were stored in lower case. */
export function whereEmail(User: SharedModel, email: string): object {
  const normal = normalEmail(User, email)
  return normal === email ? { email } : { email: { inq: [normal, email] } }
}

/** Whether a password may only be changed by changePassword and setPassword. */
export function rejectsPasswords(User: SharedModel): boolean {
  const { rejectPasswordChangesViaPatchOrReplace: given } = User.settings
  return given === undefined ? flagsOf(User).passwordByMethodsOnly : Boolean(given)
}

/** Whether a new password without the old one takes a token that was made for it. */
export function restrictsReset(User: SharedModel): boolean {
  const { restrictResetPasswordTokenScope: given } = User.settings
  return given === undefined ? flagsOf(User).resetScope : Boolean(given)
}

/** How the relation to tokens is declared. */
interface TokenRelation {
  readonly model?: unknown
  readonly polymorphic?: unknown
}

function declared(User: SharedModel): TokenRelation {
  return ((User.settings.relations as Record<string, TokenRelation> | undefined) ?? {}).accessTokens ?? {}
}

/** The token model of a user model: what its relation `accessTokens` leads to, or the attached class that extends it. */
export function tokenModelFor(User: SharedModel): Stored {
  const { builder, ...runtime } = { builder: runtimeOf(User).builder, relation: runtimeOf(User).relation('accessTokens') }
  const named = declared(User).model
  // The class that is named may come later; tokens are tokens until then.
  const found = typeof named === 'string' ? builder.getModel(named) : undefined
  const Named = (runtime.relation?.target()?.ctor ?? found ?? builder.getModel('AccessToken')) as SharedModel
  if (Named.dataSource) return stored(Named)
  const all = Object.values(builder.models) as unknown as SharedModel[]
  return stored(all.find((Model) => Object.prototype.isPrototypeOf.call(Named, Model) && Model.dataSource) ?? Named)
}

/** What tells the tokens of this kind of user from those of others in one table. */
export function principalOf(User: SharedModel): { readonly principalType?: string } {
  const polymorphic = runtimeOf(User).relation('accessTokens')?.polymorphic ?? declared(User).polymorphic
  return polymorphic ? { principalType: User.modelName } : {}
}
