import type { Answer } from './scenario'

/** What of an answer belongs to the wire contract: properties in no order, and no text of Node's JSON parser. */
export function comparable({ status, headers, body }: Answer): Answer {
  const { 'x-own': own, 'x-made': made } = headers
  const error = (body as { error?: Record<string, unknown> } | undefined)?.error
  if (typeof error?.message === 'string') error.message = error.message.replace(/(Error: ).*JSON.*$/, '$1…')
  return { status, headers: { ...(own !== undefined && { own }), ...(made !== undefined && { made }) }, body: sorted(body) }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]))
}
