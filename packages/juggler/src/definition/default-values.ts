import { randomBytes, randomUUID } from 'node:crypto'
import { copy } from './inherit'
import type { PlainObject } from '../value/plain'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-'

/** A short random id of 10 characters out of 64: 60 bits. */
function shortId(length = 10): string {
  let id = ''
  for (const byte of randomBytes(length)) id += alphabet[byte & 63]
  return id
}

let clock = 0
let last = 0
const node = Buffer.concat([randomBytes(2), randomBytes(6)])
node[2]! |= 1

/** A UUID of version 1: made of the time, so that later ones differ in their first part. */
function timeUuid(): string {
  const now = Date.now()
  clock = now > last ? 0 : clock + 1
  last = Math.max(now, last)
  const ticks = (BigInt(last) + 12_219_292_800_000n) * 10_000n + BigInt(clock)
  const hex = ticks.toString(16).padStart(15, '0')
  const sequence = ((node.readUInt16BE(0) & 0x3fff) | 0x8000).toString(16)
  return `${hex.slice(7)}-${hex.slice(3, 7)}-1${hex.slice(0, 3)}-${sequence}-${node.toString('hex', 2)}`
}

const functions: Readonly<Record<string, () => unknown>> = Object.freeze({
  guid: timeUuid,
  uuid: timeUuid,
  uuidv4: randomUUID,
  now: () => new Date(),
  shortid: () => shortId(),
  nanoid: () => shortId(21),
})

/** Makes the default value of a property for every new instance, or undefined when it has none. */
export function defaultOf(definition: PlainObject): (() => unknown) | undefined {
  const given = definition.default
  if (given !== undefined) return fromValue(given, definition.type)
  if (typeof definition.defaultFn !== 'string') return undefined
  const made = Object.hasOwn(functions, definition.defaultFn) ? functions[definition.defaultFn] : undefined
  if (!made) process.emitWarning(`Unknown default value provider ${definition.defaultFn}`)
  return made
}

function fromValue(given: unknown, type: unknown): () => unknown {
  if (given === Date) return () => new Date()
  if (typeof given === 'function') return () => (given as () => unknown)()
  if (given === '$now' && type === Date) return () => new Date()
  if (typeof given !== 'object' || given === null) return () => given
  return () => (given instanceof Date ? new Date(given) : copy(given))
}
