import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { cleanBody } from '@reloop/remoting'

const kTaken = Symbol('the body was read before the router')

/** What body parsers of Express leave on a request. */
type Parsed = IncomingMessage & { body?: unknown; _body?: boolean }

/** What is the same for Fastify as if there were no body. */
const none = Object.freeze({ 'content-type': undefined, 'content-length': undefined, 'transfer-encoding': undefined })

/**
 * Takes over a body that an Express parser has read; one that nobody has read is left to the router.
 *
 * @param depth the bound of nesting
 * @throws what a body that must not be is refused with, as if it had been read here
 */
export function takeBody(request: FastifyRequest, depth: number): void {
  const raw = request.raw as Parsed
  if (raw.body === undefined || !(raw._body === true || raw.readableDidRead)) return
  const taken = request as unknown as { [kTaken]?: boolean; headers: unknown }
  request.body = Buffer.isBuffer(raw.body) ? raw.body : cleanBody(raw.body, depth)
  taken[kTaken] = true
  taken.headers = none
}

/** Gives requests whose body was taken over their headers back, once the router has found nothing to read. */
export function restoreHeaders(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', (request, _reply, done) => {
    const taken = request as unknown as { [kTaken]?: boolean; headers: unknown }
    if (taken[kTaken]) taken.headers = undefined
    done()
  })
}

/** Tells Express's parsers that the body has been read, and what it was. */
export function handOverBody(request: FastifyRequest): void {
  const raw = request.raw as Parsed
  if (request.body === undefined || raw.body !== undefined) return
  raw.body = request.body
  raw._body = true
}
