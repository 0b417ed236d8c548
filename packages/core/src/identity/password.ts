import type * as Bcrypt from 'bcryptjs'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import { flagsOf, type IdentityFlags } from './compat'
import { limitsOf, passwordDefaults } from './limits'
import { randomHex } from './secret'

type Argon2 = typeof import('@node-rs/argon2')

/** Cost of argon2id: what OWASP asks for at least. */
const argonCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Cost of bcrypt, unless `saltWorkFactor` says otherwise. */
const bcryptCost = 10

const bcryptForm = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/

/** How a user model hashes. */
export interface Hashing {
  readonly kind: IdentityFlags['passwordHash']
  readonly cost: number
}

/** How the passwords of a model are hashed: by its profile and its setting `saltWorkFactor`. */
export function hashingOf(Model: SharedModel): Hashing {
  const { saltWorkFactor: cost } = Model.settings
  return { kind: flagsOf(Model).passwordHash, cost: typeof cost === 'number' ? cost : bcryptCost }
}

/** Whether a text is a hash of a password, of either kind. */
export function isHash(text: string): boolean {
  return bcryptForm.test(text) || text.startsWith('$argon2id$')
}

/** Whether a hash is of the kind that a model makes now. */
export function isOfKind(hash: string, { kind }: Hashing): boolean {
  return kind === 'bcrypt' ? bcryptForm.test(hash) : hash.startsWith('$argon2id$')
}

/** Hashes a password away from the event loop: in a thread (argon2id), or in short pieces (bcrypt). */
export async function hashPassword(plain: string, { kind, cost }: Hashing): Promise<string> {
  if (kind === 'argon2id') return argon2().hash(plain, argonCost)
  return bcrypt().hash(plain, loopBackSalt(cost))
}

/** Hashes at once, where LoopBack's setter has to. */
export function hashPasswordNow(plain: string, cost: number): string {
  return bcrypt().hashSync(plain, loopBackSalt(cost))
}

/** LoopBack 2 knows only hashes of this form as hashes. */
function loopBackSalt(cost: number): string {
  return bcrypt().genSaltSync(cost).replace(/^\$2b/, '$2a')
}

/**
 * Whether a password is the one that was hashed. Longer ones than any may be are not hashed at all.
 *
 * @param hash what the store has: argon2id or bcrypt
 * @param plain what somebody gave
 */
export async function verifyPassword(hash: unknown, plain: unknown): Promise<boolean> {
  if (typeof hash !== 'string' || typeof plain !== 'string' || plain === '') return false
  if (Buffer.byteLength(plain) > passwordDefaults.argon2id.max) return false
  if (bcryptForm.test(hash)) return bcrypt().compare(plain, hash)
  return hash.startsWith('$argon2id$')
    ? argon2()
        .verify(hash, plain)
        .catch(() => false)
    : false
}

const pretended = new Map<string, Promise<string>>()

/** Takes the time of a verification where there is no hash to verify, so that nobody learns from the clock which accounts exist. */
export async function pretendToVerify(plain: unknown, hashing: Hashing): Promise<false> {
  const key = `${hashing.kind} ${hashing.cost}`
  let hash = pretended.get(key)
  if (!hash) pretended.set(key, (hash = hashPassword(randomHex(16), hashing)))
  await verifyPassword(await hash, typeof plain === 'string' && plain !== '' ? plain : 'nothing')
  return false
}

/**
 * Checks a password that is about to be hashed.
 *
 * @param plain the password
 * @param Model the user model: profile and `limits.password`
 * @throws INVALID_PASSWORD when it is empty, PASSWORD_TOO_LONG, PASSWORD_TOO_SHORT
 */
export function checkPassword(plain: string, Model: SharedModel): void {
  const flags = flagsOf(Model)
  const inCharacters = flags.passwordLength === 'characters'
  if (plain === '') throw errors.INVALID_PASSWORD({ text: inCharacters ? 'Invalid password: ' : 'Invalid password.' })
  const { min, max } = { ...passwordDefaults[flags.passwordHash], ...limitsOf(Model).password }
  const length = inCharacters ? plain.length : Buffer.byteLength(plain)
  if (length > max)
    throw errors.PASSWORD_TOO_LONG({
      // The original's message in 2.x ends with the password itself, which no log and no reply may show.
      text: inCharacters ? 'Password too long' : `The password entered was too long. Max length is ${max} (entered ${length})`,
    })
  if (length < min) throw errors.PASSWORD_TOO_SHORT({ min })
}

let argon2Loaded: Argon2 | undefined
let bcryptLoaded: typeof Bcrypt | undefined

// Both are loaded when a password is first hashed: most processes and most tests never do.
/* eslint-disable @typescript-eslint/no-require-imports */
function argon2(): Argon2 {
  return (argon2Loaded ??= require('@node-rs/argon2') as Argon2)
}

function bcrypt(): typeof Bcrypt {
  return (bcryptLoaded ??= require('bcryptjs') as typeof Bcrypt)
}
/* eslint-enable @typescript-eslint/no-require-imports */
