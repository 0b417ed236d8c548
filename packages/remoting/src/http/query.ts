import { errors } from '../errors'
import type { Limits } from '../limits'
import { readBrackets, type Pair } from './brackets'
import { isPoisoned } from './poison'

/** Parameters of a query string or form by name. */
export type Parameters = Record<string, unknown>

/**
 * Reads the query string of a URL. Plain queries take a short way past brackets.
 *
 * @param url path and query
 * @param limits bounds of parameters, depth and lists
 * @throws REMOTING_QUERY_TOO_LARGE, REMOTING_QUERY_SYNTAX or REMOTING_KEY_REFUSED
 */
export function queryOf(url: string, limits: Limits['query']): Parameters {
  const start = url.indexOf('?')
  return start === -1 || start === url.length - 1 ? {} : parseParameters(url.slice(start + 1), limits)
}

/**
 * Reads `a=1&b=2`, as a query string or a form has it.
 *
 * @param text without the question mark
 * @param limits bounds of parameters, depth and lists
 */
export function parseParameters(text: string, limits: Limits['query']): Parameters {
  const parts = text.split('&')
  if (parts.length > limits.parameters) throw tooLarge('parameters', limits.parameters, 'limits.query.parameters')
  const found: Parameters = {}
  for (const part of parts) {
    const middle = part.indexOf('=')
    const key = decode(middle === -1 ? part : part.slice(0, middle))
    if (key.includes('[')) return bracketed(parts, limits)
    if (key === '' && middle === -1) continue
    if (isPoisoned(key)) throw errors.REMOTING_KEY_REFUSED({ where: 'query string' })
    add(found, key, middle === -1 ? '' : decode(part.slice(middle + 1)))
  }
  return found
}

function add(found: Parameters, key: string, value: string): void {
  const before = Object.hasOwn(found, key) ? found[key] : undefined
  if (before === undefined) found[key] = value
  else if (Array.isArray(before)) before.push(value)
  else found[key] = [before, value]
}

function bracketed(parts: readonly string[], limits: Limits['query']): Parameters {
  const counts = new Map<string, number>()
  const pairs: Pair[] = []
  for (const part of parts) {
    if (part === '') continue
    const middle = splitAt(part)
    const key = decode(middle === -1 ? part : part.slice(0, middle))
    checkKey(key, counts, limits)
    pairs.push([key, middle === -1 ? '' : decode(part.slice(middle + 1))])
  }
  return readBrackets(pairs, limits.depth)
}

/** A closing bracket before an equals sign ends the key, whatever signs stand inside the brackets. */
function splitAt(part: string): number {
  const bracket = part.indexOf(']=')
  return bracket === -1 ? part.indexOf('=') : bracket + 1
}

/** What is too deep or too long is refused before any work is done. */
function checkKey(key: string, counts: Map<string, number>, limits: Limits['query']): void {
  const segments = key.split(/[[\]]+/).filter((segment) => segment !== '')
  if (segments.length - 1 > limits.depth) throw tooLarge('levels', limits.depth, 'limits.query.depth')
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index]!
    if (isPoisoned(segment) || (segment === 'constructor' && segments[index + 1] === 'prototype'))
      throw errors.REMOTING_KEY_REFUSED({ where: 'query string' })
    if (index > 0 && /^\d+$/.test(segment) && Number(segment) >= limits.list)
      throw tooLarge('items in a list', limits.list, 'limits.query.list')
  }
  const times = (counts.get(key) ?? 0) + 1
  if (times > limits.list) throw tooLarge('items in a list', limits.list, 'limits.query.list')
  counts.set(key, times)
}

function tooLarge(what: string, limit: number, setting: string) {
  return errors.REMOTING_QUERY_TOO_LARGE({ what, limit, setting })
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    throw errors.REMOTING_QUERY_SYNTAX()
  }
}
