import type { ContractArgument, ContractRoute } from '../contract/contract'
import { errors } from '../errors'
import type { RemoteMethod } from './remote-method'

/** A call as a request: verb, path with query, and what is sent. */
export interface ClientRequest {
  readonly verb: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

type Args = Readonly<Record<string, unknown>>

/**
 * Writes a call as a request, each argument where the contract says that it is sent.
 *
 * @param remote the method
 * @param args by name; undefined ones are not sent
 * @throws CLIENT_ARGUMENT_MISSING when a part of the path is missing, or is one that URLs give a meaning of their own
 */
export function requestOf(remote: RemoteMethod, args: Args): ClientRequest {
  const route = routeFor(remote, args)
  const inPath = namesIn(route)
  const verb = route.verb === 'all' ? 'post' : route.verb
  const query: string[] = []
  const headers: Record<string, string> = {}
  let body: unknown
  for (const argument of remote.method.accepts) {
    const value = Object.hasOwn(args, argument.name) ? args[argument.name] : undefined
    if (value === undefined || inPath.includes(argument.name)) continue
    const place = placeOf(argument, verb)
    if (place === 'query') query.push(`${encodeURIComponent(argument.name)}=${encodeURIComponent(textOf(value))}`)
    else if (place === 'header') headers[argument.name.toLowerCase()] = textOf(value)
    else if (argument.root) body = value
    else body = { ...(body as object | undefined), [argument.name]: value }
  }
  const path = remote.classPath + route.path.replace(/:(\w+)/g, (_all, name: string) => segmentOf(args[name], name, remote))
  return {
    verb: verb.toUpperCase(),
    path: query.length === 0 ? path : `${path}?${query.join('&')}`,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body, tagged),
  }
}

/** The first endpoint whose path the arguments fill. */
function routeFor({ name, method }: RemoteMethod, args: Args): ContractRoute {
  const missing = (route: ContractRoute) => namesIn(route).find((parameter) => args[parameter] === undefined || args[parameter] === null)
  const found = method.routes.find((route) => missing(route) === undefined)
  const first = method.routes[0]
  if (found) return found
  if (!first) throw errors.CLIENT_METHOD_UNKNOWN({ name })
  throw errors.CLIENT_ARGUMENT_MISSING({ name: missing(first)!, method: name })
}

function namesIn(route: ContractRoute): string[] {
  return [...route.path.matchAll(/:(\w+)/g)].map((found) => found[1]!)
}

function placeOf({ source }: ContractArgument, verb: string): 'query' | 'header' | 'body' {
  if (source === 'query' || source === 'header') return source
  if (source === 'body' || source === 'form') return 'body'
  return ['get', 'head', 'delete'].includes(verb) ? 'query' : 'body'
}

/** URLs give `.` and `..` a meaning of their own, also when they are encoded: they would reach another method. */
function segmentOf(value: unknown, name: string, remote: RemoteMethod): string {
  const text = textOf(value)
  if (text === '' || text === '.' || text === '..') throw errors.CLIENT_ARGUMENT_MISSING({ name, method: remote.name })
  return encodeURIComponent(text)
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toJSON()
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value, tagged)
}

/** Bytes travel in LoopBack's tagged form. */
function tagged(this: unknown, key: string, value: unknown): unknown {
  const own = (this as Record<string, unknown>)[key]
  if (typeof value === 'bigint') return String(value)
  return Buffer.isBuffer(own) ? { $type: 'base64', $data: own.toString('base64') } : value
}
