import type { FastifyInstance, FastifyRequest } from 'fastify'
import { errors } from '../errors'
import type { Door } from './door'
import { parseForm } from './multipart'
import { cleanBody } from './poison'
import { parseParameters } from './query'

/**
 * Teaches a Fastify instance to read bodies: JSON, forms, multipart; anything else is refused or left unread, as the profile says.
 *
 * @param fastify the instance, encapsulated
 * @param door limits, flags and the table of routes
 */
export function addBodyParsers(fastify: FastifyInstance, door: Door): void {
  const { limits } = door.remotes
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: limits.body.json }, (_request, text, done) => {
    settle(done, () => parseJson(text as string, limits.body.depth))
  })
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: limits.body.json },
    (_request, text, done) => {
      settle(done, () => parseParameters(text as string, limits.query))
    },
  )
  fastify.addContentTypeParser('multipart/form-data', (request, payload, done) => {
    if (door.leavesBody(request)) return done(null, undefined)
    parseForm({ headers: request.headers, payload, limits }).then(
      (form) => done(null, form),
      (error: Error) => done(error),
    )
  })
  fastify.addContentTypeParser('*', (request, _payload, done) => {
    const refused = door.remotes.flags.unknownMediaTypes === 'refuse' && !door.leavesBody(request)
    done(refused ? errors.REMOTING_MEDIA_TYPE_UNKNOWN({ type: typeOf(request) }) : null, undefined)
  })
}

function typeOf(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').slice(0, 100)
}

type Done = (error: Error | null, body?: unknown) => void

function settle(done: Done, read: () => unknown): void {
  let body: unknown
  try {
    body = read()
  } catch (error) {
    return done(error as Error)
  }
  done(null, body)
}

/** A JSON body; nothing at all counts as {}. */
export function parseJson(text: string, depth: number): unknown {
  if (text === '') return {}
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  let body: unknown
  try {
    body = JSON.parse(source)
  } catch (error) {
    throw errors.REMOTING_BODY_SYNTAX({ problem: (error as Error).message })
  }
  return cleanBody(body, depth)
}
