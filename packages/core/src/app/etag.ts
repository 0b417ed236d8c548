import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Application } from './application'

type MakeTag = (body: string | Buffer, encoding?: string) => string | undefined

/**
 * Gives replies an ETag and answers conditional requests with 304, as Express does for applications of LoopBack: weak tags, unless the
 * setting `etag` says `strong`, `false` or a function.
 */
export function addEtags(app: Application, fastify: FastifyInstance): void {
  const make = tagMaker(app.settings.etag ?? app.registry.flags.etag)
  if (!make) return
  // eslint-disable-next-line @typescript-eslint/max-params -- hooks of Fastify are called so
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if ((typeof payload !== 'string' && !Buffer.isBuffer(payload)) || payload.length === 0 || reply.raw.statusCode >= 400)
      return done(null, payload)
    const tag = tagOf(reply, payload, make)
    if (tag === undefined || !isFresh(request, tag)) return done(null, payload)
    reply.code(304).removeHeader('content-type').removeHeader('content-length')
    done(null, null)
  })
}

function tagMaker(setting: unknown): MakeTag | undefined {
  if (typeof setting === 'function') return setting as MakeTag
  if (setting === 'strong') return strongTag
  return setting ? (body) => `W/${strongTag(body)}` : undefined
}

/** Size and hash, in the form that Express has. */
function strongTag(body: string | Buffer): string {
  const hash = createHash('sha1').update(body).digest('base64').slice(0, 27)
  return `"${Buffer.byteLength(body).toString(16)}-${hash}"`
}

/** A tag that the reply has already stays. */
function tagOf(reply: FastifyReply, body: string | Buffer, make: MakeTag): string | undefined {
  const set = reply.getHeader('etag') ?? reply.raw.getHeader('etag')
  if (set !== undefined) return String(set)
  const made = make(body, 'utf8')
  if (made !== undefined) reply.header('etag', made)
  return made
}

function isFresh({ raw, headers }: FastifyRequest, tag: string): boolean {
  if (raw.method !== 'GET' && raw.method !== 'HEAD') return false
  const wanted = headers['if-none-match']
  if (wanted === undefined || /(?:^|,)\s*no-cache\s*(?:,|$)/.test(headers['cache-control'] ?? '')) return false
  const bare = tag.replace(/^W\//, '')
  return wanted.trim() === '*' || wanted.split(',', 100).some((one) => one.trim().replace(/^W\//, '') === bare)
}
