import type { DirectCall, HttpContext, MethodOptions } from '@reloop/remoting'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import { changePassword, setPassword } from './change-password'
import { flagsOf } from './compat'
import { confirm } from './confirm'
import { callOwn } from './legacy-overrides'
import { passwordStatics, userPrototype, userStatics } from './legacy-user'
import { beginAttempt } from './limit-attempts'
import { login } from './login'
import { outside, type Origin } from './origin'
import { resetScope } from './purpose'
import { checkRedirect } from './redirect'
import { report, resetPassword } from './reset-password'
import type { Found, Options } from './stored'
import { tokenRules } from './token-rules'
import { restrictsReset, tokenModelFor } from './user-rules'

type Args = Readonly<Record<string, unknown>>

/** The call of a method for a client: it knows where the client is, and tells it no more than a stranger may know. */
function direct(replaces: Function, run: (args: Args, origin: Origin, context: HttpContext) => Promise<unknown>): DirectCall {
  const call = async (args: Args, context: HttpContext) => {
    try {
      return await run(args, outside(context), context)
    } catch (error) {
      const { retryAfter } = (error ?? {}) as { retryAfter?: number }
      if (retryAfter !== undefined) context.reply.header('retry-after', String(retryAfter))
      throw error
    }
  }
  return { replaces, call, whole: call }
}

/**
 * Shares the methods of a user model, with the routes and arguments of LoopBack's own table.
 *
 * @param User the class
 */
export function shareUserMethods(User: SharedModel): void {
  const methods = { ...sessions(User), ...mails(User), ...(flagsOf(User).passwordMethods ? passwords(User) : {}) }
  for (const [name, options] of Object.entries(methods)) User.remoteMethod(name, options)
  shareRefresh(User)
}

function sessions(User: SharedModel): Record<string, MethodOptions> {
  return {
    login: {
      description: 'Logs a user in, by e-mail address or user name and password.',
      accepts: [
        { arg: 'credentials', type: 'object', required: true, http: { source: 'body' } },
        { arg: 'include', type: ['string'], http: { source: 'query' }, description: '"user": the reply has the user as well' },
      ],
      returns: { arg: 'accessToken', type: 'object', root: true, description: 'The new access token; with `include=user`, the user in it' },
      http: { verb: 'post' },
      direct: direct(userStatics.login, ({ credentials, include }, origin) => login(User, { credentials, include, origin })),
    },
    logout: {
      description: 'Logs out: the access token of the request is good for nothing any more.',
      accepts: [{ arg: 'access_token', type: 'string', http: tokenId, description: 'Taken from the request; do not send it.' }],
      http: { verb: 'all' },
    },
  }
}

function tokenId(context: HttpContext): unknown {
  return outside(context).token?.id
}

function mails(User: SharedModel): Record<string, MethodOptions> {
  return {
    confirm: {
      description: 'Confirms the e-mail address of a user, by the token of the mail.',
      accepts: [
        { arg: 'uid', type: 'string', required: true },
        { arg: 'token', type: 'string', required: true },
        { arg: 'redirect', type: 'string' },
      ],
      http: { verb: 'get', path: '/confirm' },
      rest: { after: (context: HttpContext) => redirect(User, context) },
      direct: direct(userStatics.confirm, ({ uid, token, redirect: to }, origin) => confirm(User, { uid, token, redirect: to }, origin)),
    },
    resetPassword: {
      description: 'Asks for a mail with which a user can set a new password.',
      accepts: [{ arg: 'options', type: 'object', required: true, http: { source: 'body' } }],
      http: { verb: 'post', path: '/reset' },
      direct: direct(userStatics.resetPassword, ({ options }, origin) => resetPassword(User, options, origin)),
    },
  }
}

function redirect(User: SharedModel, context: HttpContext): void {
  const { redirect: to } = context.args
  if (typeof to !== 'string' || to === '') return
  checkRedirect(User, to)
  context.res.status(302).set('location', to)
}

function passwords(User: SharedModel): Record<string, MethodOptions> {
  const id = { arg: 'id', type: 'any', http: (context: HttpContext) => ownId(User, context), documented: false }
  const options = { arg: 'options', type: 'object', http: 'optionsFromRequest' as never }
  const form = (arg: string) => ({ arg, type: 'string', required: true, http: { source: 'form' as const } })
  return {
    'prototype.verify': {
      description: 'Sends the mail with which a user confirms the e-mail address.',
      accepts: [
        { arg: 'verifyOptions', type: 'object', http: () => (User.getVerifyOptions as () => object)(), documented: false },
        options,
      ],
      http: { verb: 'post' },
      rest: { before: (context: HttpContext) => hideMissing(User, context) },
      direct: direct(userPrototype.verify, (args, origin, context) => sendVerification(User, { args, origin, context })),
    },
    changePassword: {
      description: 'Changes the password of the caller.',
      accepts: [id, form('oldPassword'), form('newPassword'), options],
      http: { verb: 'POST', path: '/change-password' },
      direct: direct(passwordStatics.changePassword, (args, origin) =>
        changePassword(User, args as never, { options: args.options as Options, origin }),
      ),
    },
    setPassword: {
      description: 'Sets a new password by the token of a password reset.',
      accepts: [id, form('newPassword'), options],
      http: { verb: 'POST', path: '/reset-password' },
      accessScopes: restrictsReset(User) ? [resetScope] : undefined,
      direct: direct(passwordStatics.setPassword, (args, origin) =>
        setPassword(User, args as never, { options: args.options as Options, origin }),
      ),
    },
  }
}

/** The caller's own id; a token of another kind of user is none here. */
function ownId(User: SharedModel, context: HttpContext): unknown {
  const { token } = outside(context)
  const type = token?.principalType
  if (type !== undefined && type !== null && type !== User.modelName) throw errors.ACCESS_DENIED()
  return token?.userId
}

/** Whether there is a user of an id is nobody's business: where there is none, one is pretended. */
function hideMissing(User: SharedModel, context: HttpContext): void {
  if (!flagsOf(User).hidesAccounts || !context.instanceError) return
  if ((context.instanceError as { code?: unknown }).code !== 'MODEL_NOT_FOUND') return
  context.instanceError = undefined
  context.instance = new User({})
}

async function sendVerification(
  User: SharedModel,
  { args, origin, context }: { readonly args: Args; readonly origin: Origin; readonly context: HttpContext },
): Promise<void> {
  const user = context.instance as Found
  const { fromOutside: _outside, ...options } = Object.fromEntries(Object.entries((args.options ?? {}) as Options))
  const send = async () => void (await callOwn(user, 'verify', [args.verifyOptions, options]))
  if (!flagsOf(User).hidesAccounts) return send()
  const account = `id ${String(context.params.id ?? user.id)}`
  const attempt = await beginAttempt(User, { purpose: 'mail', account, address: origin.address })
  await attempt.end('failed')
  if (!user.isNewRecord()) setImmediate(() => void send().catch((error: unknown) => report(User, error)))
}

/** Web tokens are renewed by an endpoint that is there where they are used. */
function shareRefresh(User: SharedModel): void {
  User.sharedClass.resolve((define) => {
    if (!tokenRules(tokenModelFor(User)).jwt) return
    define('refresh', {
      isStatic: true,
      accessType: 'EXECUTE',
      description: 'Gives a new access token for a refresh token, which is used up.',
      accepts: [{ arg: 'refreshToken', type: 'string', required: true, http: { source: 'form' } }],
      returns: { arg: 'accessToken', type: 'object', root: true },
      http: { verb: 'post', path: '/refresh' },
    })
  })
}
