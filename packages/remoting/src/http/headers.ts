import type { FastifyReply } from 'fastify'

/** The content type of every JSON reply. */
export const jsonType = 'application/json; charset=utf-8'

/** The content type that a reply has so far, set through Fastify or on the response itself. */
export function contentType(reply: FastifyReply): unknown {
  return reply.getHeader('content-type') ?? reply.raw.getHeader('content-type')
}

/**
 * Sets a header the way Express does: text types get a character set.
 *
 * @param reply the reply
 * @param name of the header
 * @param value text, number or a list of texts
 */
export function setHeader(reply: FastifyReply, name: string, value: unknown): void {
  const text = Array.isArray(value) ? value.map(String) : String(value)
  const needsCharset =
    name.toLowerCase() === 'content-type' &&
    typeof text === 'string' &&
    /^(text\/|application\/(json|javascript)\b)/i.test(text) &&
    !/charset/i.test(text)
  reply.header(name, needsCharset ? `${text}; charset=utf-8` : text)
}
