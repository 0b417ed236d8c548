import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { BatchPart } from './read-batch'

/** The reply to one part. */
export interface PartReply {
  readonly id?: string | number
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

/** What the parts have in common. */
export interface Batch {
  readonly fastify: FastifyInstance
  readonly request: FastifyRequest
  readonly prefix: string
}

/** Headers of the batch that every part has as well, unless it says otherwise. */
const inherited = [
  'authorization',
  'cookie',
  'accept-language',
  'origin',
  'user-agent',
  'x-access-token',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-real-ip',
]

const dropped: ReadonlySet<string> = new Set(['connection', 'date', 'content-length', 'keep-alive', 'transfer-encoding'])

/** Sends a part through the whole server, as if it had come alone: middleware, rate limits and authorization apply to each. */
export async function sendPart(part: BatchPart, { fastify, request, prefix }: Batch): Promise<PartReply> {
  const headers: Record<string, string> = { host: request.host }
  for (const name of inherited) {
    const value = request.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  const sendsBody = part.body !== undefined && !['GET', 'HEAD'].includes(part.method)
  const response = await fastify.inject({
    method: part.method as 'GET',
    url: prefix + part.path,
    remoteAddress: request.raw.socket.remoteAddress,
    headers: { ...headers, ...(sendsBody ? { 'content-type': 'application/json' } : {}), ...part.headers },
    payload: sendsBody ? bodyText(part) : undefined,
  })
  const kept = Object.fromEntries(Object.entries(response.headers).filter(([name]) => !dropped.has(name)))
  return {
    id: part.id,
    status: response.statusCode,
    headers: kept,
    body: bodyOf(response.rawPayload, String(response.headers['content-type'] ?? '')),
  }
}

/** Text of another type than JSON is sent as it is. */
function bodyText({ body, headers }: BatchPart): string {
  const isText = typeof body === 'string' && headers['content-type'] !== undefined && !/json/i.test(headers['content-type'])
  return isText ? body : JSON.stringify(body)
}

function bodyOf(payload: Buffer, type: string): unknown {
  if (payload.length === 0) return undefined
  const text = payload.toString()
  if (/\bjson\b/i.test(type)) {
    try {
      return JSON.parse(text)
    } catch {
      // A file is declared as JSON unless its method says otherwise.
    }
  }
  return Buffer.compare(Buffer.from(text), payload) === 0 ? text : { $type: 'base64', $data: payload.toString('base64') }
}
