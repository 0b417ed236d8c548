import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Contract, ContractMethod } from '@reloop/remoting'
import explorer = require('../../src')

/** A real application on Fastify with the members that the explorer uses, and a contract that says what it serves. */
export interface NotesApp {
  readonly fastify: FastifyInstance
  readonly settings: Record<string, unknown>
  contract: () => Contract
  get(name: string): unknown
  set(name: string, value: unknown): unknown
  listen(): Promise<string>
}

const script = '<script>window.hacked = 1</script><img src="x" onerror="window.hacked = 1">[link](javascript:window.hacked=1)'
const method = (name: string, more: Partial<ContractMethod>): ContractMethod => ({
  name,
  aliases: [],
  isStatic: true,
  documented: true,
  accepts: [],
  returns: [],
  routes: [],
  ...more,
})

export const contract: Contract = {
  reloop: 1,
  basePath: '/api',
  info: { title: 'Notes & <friends>', version: '1.4.0', description: `Notes of everybody. ${script}` },
  classes: [
    {
      name: 'Note',
      path: '/notes',
      description: `What people write down. ${script}`,
      methods: [
        method('find', {
          description: `Finds notes. ${script}`,
          notes: `All of them. ${script}`,
          accepts: [{ name: 'filter', type: 'object', required: false, source: 'any', description: `Which ones. ${script}` }],
          returns: [{ name: 'data', type: ['Note'], root: true }],
          routes: [{ verb: 'get', path: '/' }],
        }),
        method('create', {
          description: 'Creates a note.',
          accepts: [{ name: 'data', type: 'Note', required: true, source: 'body', root: true }],
          returns: [{ name: 'data', type: 'Note', root: true }],
          routes: [{ verb: 'post', path: '/' }],
        }),
        method('deleteById', {
          description: 'Deletes a note.',
          accepts: [{ name: 'id', type: 'number', required: true, source: 'path' }],
          routes: [{ verb: 'delete', path: '/:id' }],
        }),
      ],
    },
    {
      name: 'User',
      path: '/users',
      methods: [
        method('login', {
          description: 'Logs a user in.',
          accepts: [{ name: 'credentials', type: 'object', required: true, source: 'body', root: true }],
          returns: [{ name: 'accessToken', type: 'object', root: true }],
          routes: [{ verb: 'post', path: '/login' }],
        }),
      ],
    },
  ],
  types: {
    Note: {
      type: 'object',
      title: 'Note',
      properties: { id: { type: ['number', 'null'] }, text: { type: ['string', 'null'], description: script } },
      additionalProperties: false,
    },
  },
}

export function notesApp(settings: Record<string, unknown> = {}): NotesApp {
  const fastify = Fastify()
  fastify.get('/api/notes', async (request, reply) => {
    if (request.headers['x-access-token'] !== 'secret-token')
      return reply.code(401).send({ error: { statusCode: 401, message: 'Authorization Required' } })
    return [{ id: 1, text: 'Milk' }]
  })
  fastify.post('/api/users/login', async () => ({ id: 'secret-token', ttl: 1209600, userId: 1 }))
  return {
    fastify,
    settings,
    contract: () => contract,
    get: (name) => settings[name],
    set: (name, value) => (settings[name] = value),
    async listen() {
      await fastify.listen({ host: '127.0.0.1', port: 0 })
      return `http://127.0.0.1:${(fastify.server.address() as AddressInfo).port}`
    },
  }
}

/** The component, with the application above for one of core. */
export function addExplorer(app: NotesApp, options?: explorer.ExplorerOptions): void {
  explorer(app, options)
}
