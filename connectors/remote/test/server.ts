import Fastify, { type FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import type { Entity, EntityProperty } from '@reloop/connector'
import { DataSource } from '@reloop/juggler'
import { httpPlugin, RemoteObjects, SharedClass } from '@reloop/remoting'

/** Another server that shares models over REST, as LoopBack does. */
export interface OtherServer {
  readonly url: string
  readonly fastify: FastifyInstance
  readonly remotes: RemoteObjects
  /** Shares a model of the same properties. */
  share(entity: Entity): void
}

export async function otherServer(): Promise<OtherServer> {
  const remotes = RemoteObjects.create({ errorHandler: { log: false }, limits: { body: { json: 10_000_000 } } })
  const source = new DataSource({ connector: 'memory' })
  const fastify = Fastify()
  await fastify.register(httpPlugin, { remotes, prefix: '/api' })
  await fastify.listen({ port: 0, host: '127.0.0.1' })
  return {
    fastify,
    remotes,
    url: `http://127.0.0.1:${(fastify.server.address() as AddressInfo).port}/api`,
    share: (entity) => remotes.addClass(sharedModel(source, entity)),
  }
}

function sharedModel(source: any, entity: Entity): SharedClass {
  const properties = Object.fromEntries(entity.properties.map((property) => [property.name, propertyOf(property)]))
  const Model = source.createModel(entity.name, properties, { strict: !entity.open })
  const shared = new SharedClass(entity.name, class {})
  shared.http.path = entity.native.path
    ? String(entity.native.path)
    : `/${/[^aeiou]y$/.test(entity.name) ? `${entity.name.slice(0, -1)}ie` : entity.name}s`
  const root = { arg: 'data', type: 'any', root: true }
  const body = { arg: 'data', type: 'object', allowArray: true, http: { source: 'body' } } as const
  const where = { arg: 'where', type: 'object', http: { source: 'query' } } as const
  const define = (name: string, options: object, fn: Function) => shared.defineMethod(name, { isStatic: true, ...options }, fn)
  define('find', { accepts: { arg: 'filter', type: 'object' }, returns: root, http: { verb: 'get', path: '/' } }, (filter: object) =>
    Model.find(filter),
  )
  define('count', { accepts: where, returns: { arg: 'count', type: 'number' }, http: { verb: 'get', path: '/count' } }, (given: object) =>
    Model.count(given),
  )
  define('create', { accepts: body, returns: root, http: { verb: 'post', path: '/' } }, (data: object) => Model.create(data))
  define('updateAll', { accepts: [where, body], returns: root, http: { verb: 'post', path: '/update' } }, (given: object, data: object) =>
    Model.updateAll(given, data),
  )
  define(
    'deleteById',
    {
      accepts: { arg: 'id', type: entity.ids[0]?.type === 'string' ? 'string' : 'any', http: { source: 'path' } },
      returns: root,
      http: { verb: 'delete', path: '/:id' },
    },
    (id: unknown) => Model.destroyById(id),
  )
  return shared
}

const types: Partial<Record<EntityProperty['type'], string>> = { text: 'string', integer: 'number', list: 'array' }

function propertyOf({ type, items, id, generated, required, unique }: EntityProperty): object {
  const named = types[type] ?? type
  return {
    type: type === 'list' && items ? [types[items] ?? items] : named,
    ...(id === undefined ? {} : { id }),
    ...(generated ? { generated } : {}),
    required,
    ...(unique ? { index: { unique: true } } : {}),
  }
}
