import { errors } from '../errors'
import type { SharedModel } from '../types'
import { flagsOf } from './compat'
import { callGiven, callMailer, type UserFunction } from './legacy-overrides'
import { randomHex, digest } from './secret'
import { innerOptions, type Found, type Options } from './stored'
import { linkOf, linkParts, type LinkParts } from './verify-link'
import { fillTemplate } from './verify-template'

/** Bytes of a verification token. */
const tokenBytes = 64

/** Options of `verify`; others reach the mailer as they are. */
export interface VerifyOptions extends LinkParts {
  /** Must be `email`. */
  readonly type?: unknown
  /** Sender of the mail. */
  readonly from?: unknown
  /** @default the user's address */
  readonly to?: unknown
  /** @default 'Thanks for Registering' */
  readonly subject?: unknown
  /** Plain text; `{href}` stands for the link. */
  readonly text?: unknown
  readonly headers?: unknown
  /** Path of a file with `<%= verifyHref %>`. @default Reloop's own */
  readonly template?: unknown
  /** Makes the HTML: `(options, callback)` or async. */
  readonly templateFn?: unknown
  /** Whatever has `send`. @default `User.email`, else the Email model */
  readonly mailer?: unknown
  /** The link without its token. @default made of the other parts */
  readonly verifyHref?: unknown
  /** `(user, callback[, options])` or async. @default 64 random bytes */
  readonly generateVerificationToken?: unknown
  readonly [further: string]: unknown
}

/** What `verify` answers. */
export interface Verified {
  /** What the mailer answered. */
  readonly email: unknown
  readonly token: string
  readonly uid: unknown
}

/**
 * Sends a mail with a link that confirms the e-mail address of a user.
 *
 * @param user the user
 * @param given `type`, `from` and what else differs from the defaults
 * @param options options of the call
 * @throws VERIFY_OPTIONS_INVALID, and what the mailer failed with
 */
export async function verify(user: Found, given: VerifyOptions, options: Options): Promise<Verified> {
  const User = user.constructor as unknown as SharedModel
  check(User, given)
  const mailer = mailerOf(User, given.mailer)
  const token = await makeToken(User, { user, make: given.generateVerificationToken, options })
  const stored = flagsOf(User).hashAtRest ? digest(token) : token
  await user.updateAttributes({ verificationToken: stored }, { ...innerOptions(options), verified: true })
  const message = await messageOf(User, { user, given, token, mailer })
  const email = await callMailer(mailer, message)
  return { email, token, uid: user.id }
}

function check(User: SharedModel, given: VerifyOptions): void {
  const name = flagsOf(User).passwordMethods ? 'verifyOptions' : 'options'
  const invalid = (problem: string) => errors.VERIFY_OPTIONS_INVALID({ problem })
  if (typeof given !== 'object' || given === null) throw invalid(`${name} must be an object`)
  if (!given.type) throw invalid(`You must supply a verification type (${name}.type)`)
  if (given.type !== 'email') throw invalid('Unsupported verification type')
  if (!given.from) throw invalid(`Must include ${name}.from when calling user.verify()`)
}

function mailerOf(User: SharedModel, given: unknown): object {
  const usual = User.email as object | undefined
  if (given ?? usual) return (given ?? usual) as object
  const registry = (User.app as { registry?: { getModelByType(type: string): SharedModel } } | undefined)?.registry
  if (!registry) throw errors.VERIFY_OPTIONS_INVALID({ problem: 'There is no mailer: give options.mailer, or attach the Email model.' })
  return registry.getModelByType('Email')
}

async function makeToken(
  User: SharedModel,
  { user, make, options }: { readonly user: Found; readonly make: unknown; readonly options: Options },
): Promise<string> {
  const own = (make ?? User.generateVerificationToken) as UserFunction & { usual?: boolean }
  if (own.usual) return randomHex(tokenBytes)
  // LB2: `(user, callback)`; LB3: `(user, options, callback)` where there is room for it.
  return String(await callGiven(own, own.length === 3 ? [user, options] : [user], User))
}

interface Message {
  readonly user: Found
  readonly given: VerifyOptions
  readonly token: string
  readonly mailer: object
}

async function messageOf(User: SharedModel, { user, given, token, mailer }: Message): Promise<Record<string, unknown>> {
  const parts = linkParts(User, given)
  const link = typeof given.verifyHref === 'string' ? given.verifyHref : linkOf(User, user.id, parts)
  const verifyHref = `${link}${link.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`
  const text = typeof given.text === 'string' ? given.text : 'Please verify your email by opening this link in a web browser:\n\t{href}'
  const message = {
    ...given,
    ...parts,
    mailer,
    user,
    to: given.to ?? user.email,
    subject: given.subject ?? 'Thanks for Registering',
    headers: given.headers ?? {},
    verificationToken: token,
    verifyHref,
    text: text.replaceAll('{href}', verifyHref),
  }
  const { templateFn } = given
  const html =
    typeof templateFn === 'function' ? await callGiven(templateFn as UserFunction, [message]) : await fillTemplate(given.template, message)
  return { ...withoutOurs(message), html }
}

/** What is meant for us is not for the mail: a mailer must not be handed itself, nor the whole user. */
function withoutOurs(message: Record<string, unknown>): Record<string, unknown> {
  const { mailer: _mailer, generateVerificationToken: _make, templateFn: _fn, baseUrl: _base, ...rest } = message
  return rest
}
