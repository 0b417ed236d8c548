import { createHash } from 'node:crypto'

/**
 * The revision of a record: a hash of what it is as JSON, so that equal records have equal revisions on both sides of a replication.
 *
 * @param record an instance, or anything that JSON can hold
 * @param algorithm of Node's crypto
 */
export function revisionOf(record: unknown, algorithm: string): string {
  return hash(canonical(record), algorithm)
}

/** Hash of a text, in hex. */
export function hash(text: string, algorithm: string): string {
  return createHash(algorithm).update(text).digest('hex')
}

/** The id of a record's change. */
export function changeId(at: { readonly modelName: string; readonly modelId: unknown }, algorithm: string): string {
  return hash(`${at.modelName}-${String(at.modelId)}`, algorithm)
}

/** JSON whose keys are in order, also those that look like numbers. */
function canonical(value: unknown): string {
  return write(JSON.parse(JSON.stringify(value) ?? 'null'))
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const object = value as Readonly<Record<string, unknown>>
  const members = Object.keys(object).sort()
  return `{${members.map((key) => `${JSON.stringify(key)}:${write(object[key])}`).join(',')}}`
}

/** How a change model hashes. */
export function algorithmOf(Change: { readonly settings: Readonly<Record<string, unknown>> }): string {
  return (Change.settings.hashAlgorithm as string | undefined) ?? 'sha1'
}
