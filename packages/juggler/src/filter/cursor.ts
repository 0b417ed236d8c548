import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { errors } from '../errors'
import type { ModelRuntime } from '../model/runtime'

/** Cursors of a process whose data source has no `cursorSecret` end with it. */
const ownSecret = randomBytes(32)

const keys = new Map<unknown, Buffer>()

function keyOf(model: ModelRuntime): Buffer {
  const secret = model.settings.cursorSecret ?? model.dataSource?.settings.cursorSecret
  if (typeof secret !== 'string' || secret === '') return ownSecret
  let key = keys.get(secret)
  if (!key) keys.set(secret, (key = createHash('sha256').update('@reloop/juggler cursor\0').update(secret).digest()))
  return key
}

const method = 'aes-256-gcm'
const nonceSize = 12
const tagSize = 16
/** Longest cursor that is looked at. */
const longest = 8192

/** A place in an order, sealed for one query: nobody else can read it, make one, or use it for another query. */
export function sealCursor(model: ModelRuntime, query: string, place: readonly unknown[]): string {
  const nonce = randomBytes(nonceSize)
  const cipher = createCipheriv(method, keyOf(model), nonce).setAAD(Buffer.from(query))
  const text = Buffer.concat([cipher.update(JSON.stringify(place.map(written)), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')
}

/** The place in a cursor. Throws CURSOR_INVALID for one that was edited, or made for another query. */
export function openCursor(model: ModelRuntime, query: string, cursor: unknown): readonly unknown[] {
  if (typeof cursor !== 'string' || cursor.length > longest || !/^[\w-]+$/.test(cursor)) throw errors.CURSOR_INVALID()
  const bytes = Buffer.from(cursor, 'base64url')
  if (bytes.length <= nonceSize + tagSize) throw errors.CURSOR_INVALID()
  try {
    const decipher = createDecipheriv(method, keyOf(model), bytes.subarray(0, nonceSize), { authTagLength: tagSize })
    decipher.setAAD(Buffer.from(query)).setAuthTag(bytes.subarray(nonceSize, nonceSize + tagSize))
    const text = Buffer.concat([decipher.update(bytes.subarray(nonceSize + tagSize)), decipher.final()]).toString('utf8')
    return (JSON.parse(text) as unknown[]).map(read)
  } catch (cause) {
    throw errors.CURSOR_INVALID(undefined, { cause })
  }
}

/** Values that JSON does not have, each under its letter. */
function written(value: unknown): unknown {
  if (value instanceof Date) return { d: value.getTime() }
  if (typeof value === 'bigint') return { n: String(value) }
  if (Buffer.isBuffer(value)) return { b: value.toString('base64') }
  if (typeof value === 'object' && value !== null) return { o: value }
  return value ?? null
}

function read(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { d, n, b, o } = value as { d?: number; n?: string; b?: string; o?: unknown }
  if (d !== undefined) return new Date(d)
  if (n !== undefined) return BigInt(n)
  return b === undefined ? o : Buffer.from(b, 'base64')
}

/** What a cursor is bound to: the model, the order, and the conditions. */
export function queryIdentity(model: ModelRuntime, parts: { order: unknown; where: unknown }): string {
  return createHash('sha256')
    .update(JSON.stringify([model.name, parts.order ?? null, parts.where ?? null], plainText))
    .digest('base64')
}

function plainText(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint' || value instanceof RegExp) return String(value)
  return value
}
