import type { SharedModel } from '../types'
import { errors } from '../errors'
import { flagsOf } from './compat'
import { hashingOf, hashPassword, hashPasswordNow, isHash } from './password'
import type { Found } from './stored'

/** Instances whose password was assigned, and not read from the store. */
const assigned = new WeakSet<object>()

/** Hashes that were made here lately: an instance that gets one back does not hash it again. */
const made = new Set<string>()
const mostMade = 1000

/** A value that LoopBack's setter takes as a hash: it is stored as it is. */
function isLoopBackHash(value: string, Model: SharedModel): boolean {
  if (isHash(value)) return true
  const starts = flagsOf(Model).passwordLength === 'characters' ? ['$2a$'] : ['$2a$', '$2b$']
  return value.length === 60 && starts.some((start) => value.startsWith(start))
}

/**
 * The setter of `password`. LB2: passwords are hashed when they are assigned, at once; in `modern` when they are saved.
 *
 * @param instance the user
 * @param value what is assigned; what is no text is ignored
 * @throws INVALID_PASSWORD, PASSWORD_TOO_LONG, PASSWORD_TOO_SHORT
 */
export function assignPassword(instance: Found, value: unknown): void {
  if (typeof value !== 'string') return
  const Model = instance.constructor as unknown as SharedModel
  if (hashingOf(Model).kind === 'argon2id') assigned.add(instance)
  else if (!isLoopBackHash(value, Model)) {
    instance.$password = hashedNow(value, Model)
    return
  }
  instance.$password = value
}

/** Hashes the password that an instance was given, before it is saved. */
export async function hashAssigned(instance: Found, Model: SharedModel, fromOutside: boolean): Promise<void> {
  const value = instance.$password
  if (typeof value !== 'string' || !assigned.has(instance) || isKept(value, Model, fromOutside)) return
  instance.$password = await hashed(value, Model)
  assigned.delete(instance)
}

/**
 * Hashes the password of a change.
 *
 * @param data the change; gets the hash
 * @throws INVALID_PASSWORD for what is no text and not nothing
 */
export async function hashChange(data: Record<string, unknown>, Model: SharedModel, fromOutside: boolean): Promise<void> {
  const value = data.password
  if (value === undefined || value === null) return
  if (typeof value !== 'string') {
    if (flagsOf(Model).checksCredentials) throw errors.INVALID_PASSWORD({ text: 'Invalid password.' })
    return
  }
  if (!isKept(value, Model, fromOutside)) data.password = await hashed(value, Model)
}

/** What a client sends is a password, also when it looks like a hash; the program may well move hashes about. LB2: so may clients. */
function isKept(value: string, Model: SharedModel, fromOutside: boolean): boolean {
  if (made.has(value)) return true
  return isLoopBackHash(value, Model) && (!fromOutside || hashingOf(Model).kind === 'bcrypt')
}

async function hashed(plain: string, Model: SharedModel): Promise<string> {
  const own = ownHash(Model)
  if (!own) validate(plain, Model)
  const hash = own ? own.call(Model, plain) : await hashPassword(plain, hashingOf(Model))
  if (made.size >= mostMade) made.delete(made.values().next().value!)
  made.add(hash)
  return hash
}

function hashedNow(plain: string, Model: SharedModel): string {
  const own = ownHash(Model)
  if (own) return own.call(Model, plain)
  validate(plain, Model)
  return hashPasswordNow(plain, hashingOf(Model).cost)
}

type Hash = (this: SharedModel, plain: string) => string

/** What an application has put in the place of `hashPassword`. */
function ownHash(Model: SharedModel): Hash | undefined {
  const own = Model.hashPassword as Hash & { usual?: boolean }
  return own.usual ? undefined : own
}

function validate(plain: string, Model: SharedModel): void {
  ;(Model.validatePassword as (plain: string) => unknown).call(Model, plain)
}
