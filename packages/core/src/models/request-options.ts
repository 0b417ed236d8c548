import type { ArgumentOptions, HttpContext } from '@reloop/remoting'
import { guardOptions } from '../access/guard-options'
import type { Application } from '../app/application'
import type { SharedModel } from '../types'

/**
 * The options of a call that a request stands behind: what the class makes of the request, that it comes from outside, and the guard that access
 * control puts in front of its rows.
 */
export function requestOptions(Model: SharedModel, context: HttpContext): Record<string | symbol, unknown> {
  const { createOptionsFromRemotingContext } = Model
  // Most classes make them the usual way, and then nothing has to be copied.
  const options: Record<string | symbol, unknown> =
    createOptionsFromRemotingContext === usualOptions
      ? { accessToken: tokenOf(context), fromOutside: true }
      : { ...createOptionsFromRemotingContext.call(Model, context), fromOutside: true }
  const app = applicationOf(Model, context)
  const access = app && guardOptions(app, context)
  return access ? Object.assign(options, access) : options
}

/** The application that serves the call; other transports need not know it, the class does. */
function applicationOf(Model: SharedModel, context: HttpContext): Application | undefined {
  const served = context.wire.app as Application | undefined
  return served?.registry ? served : (Model.app as Application | undefined)
}

/** What `createOptionsFromRemotingContext` gives where nobody has put another function in its place. */
export function usualOptions(context: HttpContext): Record<string, unknown> {
  return { accessToken: tokenOf(context) }
}

function tokenOf(context: HttpContext): unknown {
  return (context.request.raw as { accessToken?: unknown }).accessToken ?? null
}

/** The argument `options`, which the server computes and no client can send. */
export function optionsArgument(Model: SharedModel): ArgumentOptions {
  return { arg: 'options', type: 'object', http: (context) => requestOptions(Model, context) }
}

/** Where `accepts` says `optionsFromRequest`, the function that it stands for. */
export function withComputedOptions(
  Model: SharedModel,
  accepts: ArgumentOptions | readonly ArgumentOptions[] | undefined,
): ArgumentOptions[] {
  return [accepts ?? []]
    .flat()
    .map((argument) => (isFromRequest(argument.http) ? { ...argument, http: optionsArgument(Model).http } : argument))
}

function isFromRequest(http: unknown): boolean {
  return http === 'optionsFromRequest' || (http as { source?: unknown } | undefined)?.source === 'optionsFromRequest'
}
