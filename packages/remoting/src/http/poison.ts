import { errors } from '../errors'

/** Whether a key could reach an object's prototype on its own. */
export function isPoisoned(key: string): boolean {
  return key === '__proto__' || key === 'prototype'
}

/**
 * Walks a parsed body once: refuses keys that could reach a prototype and nesting over the bound, and turns LoopBack's tagged values
 * (`{ $type: 'date' | 'base64', $data }`) into dates and buffers. The body is ours to change: it was just parsed.
 *
 * @param body what was parsed
 * @param depth the bound of nesting
 * @returns the body, or what its tag says it is
 * @throws REMOTING_KEY_REFUSED or REMOTING_BODY_TOO_DEEP
 */
export function cleanBody(body: unknown, depth: number): unknown {
  return walk(body, depth, depth)
}

function walk(value: unknown, left: number, limit: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (left === 0) throw errors.REMOTING_BODY_TOO_DEEP({ limit })
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index]
      if (typeof item === 'object' && item !== null) value[index] = walk(item, left - 1, limit)
    }
    return value
  }
  const record = value as Record<string, unknown>
  for (const key of Object.keys(record)) {
    const member = record[key]
    if (isPoisoned(key) || (key === 'constructor' && hasPrototypeKey(member))) throw errors.REMOTING_KEY_REFUSED({ where: 'body' })
    if (typeof member === 'object' && member !== null) record[key] = walk(member, left - 1, limit)
  }
  return '$type' in record ? untagged(record) : record
}

function hasPrototypeKey(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype')
}

function untagged(record: Record<string, unknown>): unknown {
  const { $type, $data } = record
  if (typeof $data !== 'string') return record
  if ($type === 'date') return new Date($data)
  return $type === 'base64' ? Buffer.from($data, 'base64') : record
}
