import type { RemotingFlags } from '../compat'
import type { ArgumentOptions } from '../contract/method-options'
import type { NamedOptions } from '../contract/shared-method'
import { cleanBody } from '../http/poison'
import type { HttpContext } from '../invoke/context'
import { defaultLimits } from '../limits'
import { guessInside, guessLoosely } from './loose'

/** How a value was sent: as text, as JSON, or (mixed) as the request says; objects of the request itself are not converted. */
export type Sent = 'text' | 'json'

/** Where an argument comes from. */
export interface Source {
  readonly sent: Sent | 'mixed' | 'object'
  read(context: HttpContext): unknown
}

/** The source of an argument as its `http` says. */
export function sourceOf(argument: NamedOptions<ArgumentOptions>, flags: RemotingFlags): Source {
  const { http, arg: name } = argument
  if (typeof http === 'function') {
    const guesses = flags.coercion === 'loose' && isOpen(argument)
    return { sent: 'json', read: guesses ? (context) => guessLoosely(http(context)) : http }
  }
  const source = named(http?.source, name, flags)
  const { sent, read } = source
  if (flags.coercion !== 'loose' || sent === 'object') return source
  const guess = http === undefined && !isTypedList(argument) ? guessInside : guessLoosely
  const open = isOpen(argument)
  return { sent, read: (context) => guessed(read(context), guess, open) }
}

/** LB2: text is guessed where the type is left open; texts inside objects where an argument names no source. */
function guessed(value: unknown, guess: (value: unknown) => unknown, open: boolean): unknown {
  return open || typeof value === 'object' ? guess(value) : value
}

function named(source: string | undefined, name: string, flags: RemotingFlags): Source {
  const header = name.toLowerCase()
  switch (source) {
    case 'body':
      return { sent: 'mixed', read: (context) => context.body }
    case 'form':
    case 'formData':
      return { sent: 'mixed', read: (context) => member(context.body, name) }
    case 'query':
      return { sent: 'text', read: (context) => context.query[name] }
    case 'path':
      return { sent: 'text', read: (context) => context.params[name] }
    case 'header':
      return { sent: 'text', read: (context) => context.request.headers[header] }
    case 'req':
      return { sent: 'object', read: (context) => context.req }
    case 'res':
      return { sent: 'object', read: (context) => context.res }
    case 'context':
      return { sent: 'object', read: (context) => context }
    default:
      return { sent: 'mixed', read: flags.argsParameter ? (context) => sentOrListed(context, name) : (context) => context.sent(name) }
  }
}

/** LB2: `args` may hold all arguments. */
function sentOrListed(context: HttpContext, name: string): unknown {
  const bag = argsParameter(context)
  return bag && Object.hasOwn(bag, name) ? bag[name] : context.sent(name)
}

function argsParameter(context: HttpContext): Record<string, unknown> | undefined {
  const given = context.sent('args')
  if (typeof given === 'object' && given !== null) return given as Record<string, unknown>
  if (typeof given !== 'string') return undefined
  try {
    const read = cleanBody(JSON.parse(given), defaultLimits.body.depth)
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** The member of a body, if it has members. */
export function member(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined
}

/** Whether the declared type leaves open what text means. */
function isOpen({ type, untyped }: NamedOptions<ArgumentOptions>): boolean {
  return untyped === true || type === 'any' || (typeof type !== 'string' && type[0] === 'any')
}

function isTypedList({ type }: NamedOptions<ArgumentOptions>): boolean {
  return typeof type !== 'string' && type[0] !== 'any'
}
