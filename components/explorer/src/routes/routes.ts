import { createReadStream } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Documents, Written } from '../documents'
import type { ExplorerOptions } from '../options/options'
import { findFile } from '../page/find-file'
import { page } from '../page/page'
import { policyOf } from '../page/policy'

/** Where things are and what is served. */
export interface RoutesOptions {
  readonly options: ExplorerOptions
  readonly mountPath: string
  readonly resourcePath: string
  readonly folders: readonly string[]
  readonly documents: Documents
}

/** Puts the page, its files and the documents on an instance of Fastify that is the explorer's own. */
export function addRoutes(fastify: FastifyInstance, given: RoutesOptions): void {
  const { options, mountPath, resourcePath, folders, documents } = given
  const policy = policyOf(options)
  fastify.addHook('onSend', async (_request, reply) => {
    reply.header('Content-Security-Policy', policy)
    reply.header('X-Content-Type-Options', 'nosniff')
    reply.header('Referrer-Policy', 'no-referrer')
    reply.header('Cache-Control', 'no-cache')
  })

  fastify.get(`${mountPath}/openapi.json`, (request, reply) => sendDocument(request, reply, documents.openApi()))
  fastify.get(`${mountPath}/${resourcePath}`, (request, reply) => sendDocument(request, reply, documents.swagger()))
  if (options.swaggerUI === false) return

  const sendPage = async (reply: FastifyReply) => {
    const own = await findFile('index.html', folders)
    const isOurs = own === undefined || !folders.some((folder) => own.path.startsWith(folder))
    if (!isOurs) return sendFile(reply, own)
    return reply.type('text/html; charset=utf-8').send(page({ ...documents.info(), swagger: resourcePath }))
  }
  fastify.get(mountPath, async (request, reply) => {
    if (request.url.split('?')[0]!.endsWith('/')) return sendPage(reply)
    // Relative, so that it holds behind a proxy that serves the application below a path of its own.
    return reply.redirect(`${mountPath.split('/').at(-1)!}/`, 302)
  })
  fastify.get<{ Params: { '*': string } }>(`${mountPath}/*`, async (request, reply) => {
    const name = request.params['*']
    if (name === '' || name === 'index.html') return sendPage(reply)
    const file = await findFile(name, folders)
    if (!file) return reply.callNotFound()
    const etag = `"${file.size.toString(36)}-${Math.floor(file.modified).toString(36)}"`
    if (isKnown(request, etag)) return reply.header('ETag', etag).code(304).send()
    return sendFile(reply.header('ETag', etag), file)
  })
}

function sendFile(reply: FastifyReply, file: { path: string; size: number; type: string }): FastifyReply {
  return reply.type(file.type).header('Content-Length', file.size).send(createReadStream(file.path))
}

function sendDocument(request: FastifyRequest, reply: FastifyReply, { text, etag }: Written): FastifyReply {
  reply.header('ETag', etag)
  if (isKnown(request, etag)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(text)
}

function isKnown(request: FastifyRequest, etag: string): boolean {
  return request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag) ?? false
}
