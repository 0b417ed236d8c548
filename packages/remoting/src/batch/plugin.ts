import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import type { RemoteObjects } from '../contract/remote-objects'
import { errors } from '../errors'
import { parseJson } from '../http/body'
import { addCors, openCors } from '../http/cors'
import { ErrorReply } from '../http/error-reply'
import { jsonType } from '../http/headers'
import { addBounds } from '../http/plugin'
import { wireErrorOf } from '../http/wire-error'
import { insideBatch, runInsideBatch } from './inside'
import { readBatch, type BatchPart } from './read-batch'
import { sendPart, type Batch, type PartReply } from './send-part'

/** What batches are served with. */
export interface BatchPluginOptions {
  /** Limits and the shape of errors. */
  readonly remotes: RemoteObjects
  /** Path of the API, such as `/api`: parts are below it. @default '' */
  readonly prefix?: string
  /**
   * Runs an atomic batch, in a transaction that the parts find (by AsyncLocalStorage): `run` sends the parts and rejects when one fails,
   * upon which this is to undo what was done. Without it atomic batches are refused.
   */
  readonly atomic?: (run: () => Promise<void>, request: FastifyRequest) => Promise<unknown>
}

/**
 * Serves `POST /$batch`, as a Fastify plugin: several requests in one, answered in order. Each goes through the whole server as if it had
 * come alone, authorization and rate limits included.
 *
 * @param fastify the instance that serves the API
 * @param options `remotes`, `prefix` and `atomic`
 * @example
 * app.register(batchPlugin, { remotes, prefix: '/api', atomic: (run) => transactions.run(() => run()) })
 * // POST /api/$batch {"atomic":true,"requests":[{"method":"POST","path":"/notes","body":{"text":"a"}}]}
 */
export const batchPlugin: FastifyPluginCallback<BatchPluginOptions> = (fastify, options, done) => {
  const { remotes, atomic: transact } = options
  const { limits } = remotes
  const prefix = fastify.prefix.replace(/\/+$/, '')
  const answers = new ErrorReply(remotes)
  addBounds(fastify, limits)
  const cors = remotes.options.cors ?? (remotes.flags.cors ? openCors : false)
  if (cors) addCors(fastify, cors)
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: limits.body.json }, (_request, text, parsed) => {
    try {
      parsed(null, parseJson(text as string, limits.body.depth))
    } catch (error) {
      parsed(error as Error)
    }
  })
  fastify.setErrorHandler((error, request, reply) => answers.send({ request, reply, error }))
  fastify.post('/$batch', async (request: FastifyRequest, reply: FastifyReply) => {
    if (insideBatch()) throw errors.BATCH_NESTED()
    const { parts, atomic } = readBatch(request.body, limits.batch.parts)
    const batch = { fastify, request, prefix }
    reply.header('content-type', jsonType)
    if (!atomic) return JSON.stringify({ responses: await runInsideBatch(() => sendAll(parts, batch)) })
    if (!transact) throw errors.BATCH_ATOMIC_UNSUPPORTED()
    const { failed, responses } = await sendAtomic(parts, { ...batch, transact, remotes })
    return reply.code(failed ?? 200).send(JSON.stringify({ responses }))
  })
  done()
}

async function sendAll(parts: readonly BatchPart[], batch: Batch): Promise<PartReply[]> {
  const replies: PartReply[] = []
  for (const part of parts) replies.push(await sendPart(part, batch))
  return replies
}

interface AtomicBatch extends Batch {
  readonly transact: NonNullable<BatchPluginOptions['atomic']>
  readonly remotes: RemoteObjects
}

/** The parts until one fails. Then its reply stands, and the others are answered as undone. */
async function sendAtomic(parts: readonly BatchPart[], batch: AtomicBatch): Promise<{ failed?: number; responses: readonly PartReply[] }> {
  const replies: PartReply[] = []
  let failed: PartReply | undefined
  const run = async () => {
    for (const part of parts) {
      const reply = await sendPart(part, batch)
      replies.push(reply)
      if (reply.status < 400) continue
      failed = reply
      throw errors.BATCH_PART_FAILED()
    }
  }
  try {
    await runInsideBatch(() => batch.transact(run, batch.request))
  } catch (error) {
    if (!failed) throw error
  }
  const reply = failed
  if (!reply) return { responses: replies }
  const undone = {
    status: 424,
    headers: { 'content-type': jsonType },
    body: { error: wireErrorOf(batch.remotes, errors.BATCH_PART_FAILED()) },
  }
  const at = replies.indexOf(reply)
  return { failed: reply.status, responses: parts.map((part, index) => (index === at ? reply : { id: part.id, ...undone })) }
}
