import type { RemotingFlags } from '../compat'
import type { ReturnOptions } from '../contract/method-options'
import type { NamedOptions } from '../contract/shared-method'
import { errors } from '../errors'
import { CallbackValues } from '../legacy'
import type { HttpContext } from './context'

/** Turns what a method gave into the result of the call: the root value, or an object by names of `returns`. */
export type ResultShaper = (value: unknown, context: HttpContext) => unknown

type Return = NamedOptions<ReturnOptions>

/**
 * Compiles how results become the result of a call; values with a target become status or headers.
 *
 * @param returns the method's `returns`
 * @param flags the profile: how positions are counted, how a bare date is written
 */
export function resultShaper(returns: readonly Return[], flags: RemotingFlags): ResultShaper {
  if (returns.length === 0) return () => undefined
  const body = returns.filter((entry) => !entry.http?.target)
  const root = body.length === 1 && body[0]!.root ? body[0] : undefined
  const convert = converterOf(flags)
  const single = returns.length === 1
  const many = shapeMany(returns, { root, convert, byPosition: flags.returnsByPosition })
  return (value, context) => {
    if (value instanceof CallbackValues) return value.list.length === 0 ? {} : many(value.list, context)
    if (single && root) return convert(value, root)
    return many(!single && Array.isArray(value) ? value : [value], context)
  }
}

interface Shape {
  readonly root: Return | undefined
  readonly convert: (value: unknown, entry: Return) => unknown
  readonly byPosition: boolean
}

function shapeMany(returns: readonly Return[], { root, convert, byPosition }: Shape) {
  const body = returns.filter((entry) => !entry.http?.target)
  const placeOf = (entry: Return) => (byPosition || entry.http?.target ? returns.indexOf(entry) : body.indexOf(entry))
  const placed = returns.map((entry) => ({ entry, place: placeOf(entry) }))
  return (values: readonly unknown[], context: HttpContext): unknown => {
    const result: Record<string, unknown> = {}
    let whole: unknown
    for (const { entry, place } of placed) {
      const value = values[place]
      if (entry.http?.target) setTarget(context, entry, value)
      else if (entry === root) whole = convert(value, entry)
      else if (place < values.length) result[entry.arg] = convert(value, entry)
    }
    return root ? whole : result
  }
}

function setTarget(context: HttpContext, entry: Return, value: unknown): void {
  if (value === undefined) return
  if (entry.http?.target === 'status') context.wire.setStatus(context, Number(value))
  else context.wire.setHeader(context, entry.http?.header ?? entry.arg, value)
}

/** LoopBack tags dates and buffers that stand on their own, and checks integers. */
function converterOf(flags: RemotingFlags) {
  return (value: unknown, entry: Return): unknown => {
    if (entry.type === 'integer' && value !== undefined && value !== null) return integer(value, entry.arg)
    if (typeof value !== 'object' || value === null || entry.type === 'file') return value
    if (value instanceof Date) return { $type: 'date', $data: flags.dateText === 'text' ? value.toString() : value.toJSON() }
    return Buffer.isBuffer(value) ? { $type: 'base64', $data: value.toString('base64') } : value
  }
}

function integer(value: unknown, name: string): unknown {
  if (!Number.isInteger(value)) throw errors.REMOTING_RESULT_INTEGER({ name, value })
  if (!Number.isSafeInteger(value)) throw errors.REMOTING_RESULT_UNSAFE({ name, value })
  return value
}
