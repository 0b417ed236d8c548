import type { ArgumentOptions, HttpContext } from '@reloop/remoting'
import type { SharedModel } from '../types'

/** The options of a call that a request stands behind: what the class makes of the request, and that it comes from outside. */
export function requestOptions(Model: SharedModel, context: HttpContext): Record<string, unknown> {
  const { createOptionsFromRemotingContext } = Model
  // Most classes make them the usual way, and then nothing has to be copied.
  if (createOptionsFromRemotingContext === usualOptions) return { accessToken: tokenOf(context), fromOutside: true }
  return { ...createOptionsFromRemotingContext.call(Model, context), fromOutside: true }
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
