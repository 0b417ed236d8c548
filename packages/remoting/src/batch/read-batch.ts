import { errors } from '../errors'
import { member } from '../args/sources'

/** One request of a batch, checked. */
export interface BatchPart {
  readonly id: string | number | undefined
  readonly method: string
  /** Path below the prefix of the API, with its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

const verbs: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** Headers that describe the connection or its other end; those of the batch itself hold for every part. */
const fixed =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|keep-alive|via|forwarded|x-forwarded-.*|x-real-ip)$/

/**
 * Reads the body of a batch: `{ requests: [{ id, method, path, headers, body }], atomic }`.
 *
 * @param body of the request
 * @param limit most parts
 * @throws BATCH_INVALID, BATCH_TOO_LARGE
 */
export function readBatch(body: unknown, limit: number): { readonly parts: readonly BatchPart[]; readonly atomic: boolean } {
  const requests = member(body, 'requests')
  const atomic = member(body, 'atomic') ?? false
  if (!Array.isArray(requests) || requests.length === 0)
    throw errors.BATCH_INVALID({ problem: '"requests" must be a list of at least one request' })
  if (requests.length > limit) throw errors.BATCH_TOO_LARGE({ limit, setting: 'limits.batch.parts' })
  if (typeof atomic !== 'boolean') throw errors.BATCH_INVALID({ problem: '"atomic" must be true or false' })
  return { parts: requests.map(readPart), atomic }
}

function readPart(given: unknown, index: number): BatchPart {
  const invalid = (problem: string) => errors.BATCH_INVALID({ problem: `request ${index + 1}: ${problem}` })
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw invalid('expected an object')
  const id = member(given, 'id')
  const method = member(given, 'method') ?? 'GET'
  const path = member(given, 'path') ?? member(given, 'url')
  if (id !== undefined && typeof id !== 'string' && typeof id !== 'number') throw invalid('"id" must be text or a number')
  if (typeof method !== 'string' || !verbs.has(method.toUpperCase())) throw invalid(`"method" must be one of ${[...verbs].join(', ')}`)
  if (typeof path !== 'string' || !isPath(path)) throw invalid('"path" must be a path below the API, such as "/products?filter=…"')
  return { id, method: method.toUpperCase(), path, headers: readHeaders(member(given, 'headers'), invalid), body: member(given, 'body') }
}

/** One slash at the start, and no way out of the API: dots are resolved before a path is routed, encoded ones as well. */
function isPath(path: string): boolean {
  const bare = path.split(/[?#]/, 1)[0]!
  if (!path.startsWith('/') || path.startsWith('//') || /[\\\s\0]/.test(path) || path.includes('#')) return false
  return !bare.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))
}

function readHeaders(given: unknown, invalid: (problem: string) => Error): Record<string, string> {
  const headers: Record<string, string> = {}
  if (given === undefined) return headers
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw invalid('"headers" must be an object')
  for (const [name, value] of Object.entries(given)) {
    const wrong = !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || typeof value !== 'string' || /[\r\n\0]/.test(value)
    if (wrong) throw invalid(`header ${JSON.stringify(name.slice(0, 50))} is not valid`)
    if (!fixed.test(name.toLowerCase())) headers[name.toLowerCase()] = value
  }
  return headers
}
