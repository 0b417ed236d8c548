import type { RemotingFlags } from '../compat'
import type { ArgumentOptions } from '../contract/method-options'
import type { NamedOptions } from '../contract/shared-method'
import { errors } from '../errors'
import type { HttpContext } from '../invoke/context'
import { looseConverter, softConverter, type LooseConverter } from './loose'
import { Unfit } from './rules'
import { sourceOf, type Sent } from './sources'
import type { TypeRegistry } from './type-registry'

/** One argument of a method, made ready: what hooks see of it, and what the method gets. */
export interface ArgumentReader {
  readonly name: string
  /** The value that hooks see. Throws a 400 for one that cannot be of its type, in the profiles that check before hooks. */
  read(context: HttpContext): unknown
  /** The same for a value that was given by name as JSON; undefined for arguments that a client cannot give. */
  readonly take: ((value: unknown) => unknown) | undefined
  /** The value that the method gets, of what hooks left; throws a 400 for one that is missing or not of its type. */
  check(value: unknown): unknown
}

/** What a reader is compiled from. */
export interface ReaderOptions {
  readonly flags: RemotingFlags
  readonly types: TypeRegistry
}

type Argument = NamedOptions<ArgumentOptions>

/**
 * Compiles the reader of an argument: where it comes from, how it is converted, whether it must be there. Decided once per method.
 *
 * @param argument an entry of `accepts`
 * @param options flags of the profile and the types
 */
export function argumentReader(argument: Argument, options: ReaderOptions): ArgumentReader {
  const { sent, read } = sourceOf(argument, options.flags)
  if (sent === 'object') return { name: argument.arg, read, take: undefined, check: (value) => value }
  const reader = options.flags.coercion === 'loose' ? looseReader(argument, options, read) : strictReader(argument, options, { sent, read })
  return typeof argument.http === 'function' ? { ...reader, take: undefined } : reader
}

interface Typed {
  readonly sent: Sent | 'mixed'
  readonly read: (context: HttpContext) => unknown
}

/** LoopBack 3: converted before hooks run; after them checked again, and required. */
function strictReader(argument: Argument, { flags, types }: ReaderOptions, source: Typed): ArgumentReader {
  const { arg: name, type, required } = argument
  const rule = types.rule(type, argument.allowArray === true)
  const refusesLists = rule.scalar && !flags.scalarsFromLists
  const convert = (raw: unknown, sent: Sent): unknown => {
    if (sent === 'json') return rule.typed(raw)
    if (refusesLists && typeof raw === 'object' && raw !== null) {
      throw errors.REMOTING_ARGUMENT_REPEATED({ name, type: String(type) }, { details: { argument: name } })
    }
    return rule.sloppy(raw)
  }
  const converted = (raw: unknown, sent: Sent): unknown => {
    const value = convert(raw, sent)
    if (value instanceof Unfit) throw unfit(value, name)
    return value
  }
  return {
    name,
    read(context) {
      const raw = source.read(context)
      if (raw === undefined) return undefined
      return converted(raw, source.sent === 'mixed' ? context.sentAs(name, raw) : source.sent)
    },
    take: (value) => (value === undefined ? undefined : converted(value, 'json')),
    check(value) {
      if (required && isMissing(value)) throw errors.REMOTING_ARGUMENT_MISSING({ name })
      if (rule.scalar && value !== undefined && rule.typed(value) instanceof Unfit) throw unfit(rule.typed(value) as Unfit, name, true)
      return value
    },
  }
}

/** LoopBack 2: hooks see what came, made to look like the type where that cannot fail; the call converts and checks. */
function looseReader(argument: Argument, { types }: ReaderOptions, read: (context: HttpContext) => unknown): ArgumentReader {
  const { arg: name, type, required } = argument
  const custom = typeof type === 'string' && types.isCustom(type)
  // LB2: an argument without a type is guessed and must then be an object.
  const wanted = argument.untyped ? 'object' : type
  const convert = custom ? customConverter(argument, types) : looseConverter(wanted, types.delimiters)
  const soft = custom ? undefined : softConverter(wanted, types.delimiters)
  return {
    name,
    read: soft ? (context) => soft(read(context), name) : read,
    take: soft ? (value) => soft(value, name) : (value) => value,
    check(value) {
      const converted = convert(value, name)
      if (converted instanceof Error) throw converted
      if (required && converted === undefined) throw errors.REMOTING_ARGUMENT_MISSING({ name })
      return converted
    },
  }
}

function customConverter({ type }: Argument, types: TypeRegistry): LooseConverter {
  const rule = types.rule(type, true)
  return (raw, name) => {
    const value = raw === undefined ? undefined : rule.typed(raw)
    return value instanceof Unfit ? unfit(value, name) : value
  }
}

function unfit({ problem, late }: Unfit, name: string, called = false): Error {
  const text = late || called ? `Invalid argument "${name}". ${problem}` : problem
  return errors.REMOTING_ARGUMENT_INVALID({ problem: text }, { details: { argument: name } })
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
