import { describeConnector, type Skip } from '@reloop/connector/conformance'
import type { Entity } from '@reloop/connector'
import { createRemoteConnector } from '../src'
import { otherServer } from './server'

const because = (reason: string, ...tests: readonly string[]): Skip[] => tests.map((test) => ({ test, reason }))

const skip: readonly Skip[] = [
  ...because(
    'the API creates a list record by record',
    'crud: insert leaves nothing of a batch with an id that is taken',
    'crud: insert leaves nothing of a batch with one id twice',
  ),
  ...because('the other server makes ids by itself and refuses given ones', 'ids: a given id is kept where the store makes ids'),
  ...because(
    'the API reaches records by one id',
    'ids: an id of two parts refuses both being equal, not one',
    'ids: an id of two parts orders by its parts in the order of the key',
    'ids: an id of two parts comes back whole when columns name neither',
    'ids: a row is changed and removed by an id of two parts',
  ),
  ...because('conditions travel in URLs, which hold 16 kB', 'types: text keeps a hundred thousand characters'),
  ...because('JSON has no large integers', 'types: bigint keeps every digit', 'types: bigint orders by value'),
  ...because(
    'the other server refuses names that are no names of properties',
    'injection: keys inside objects may be any text, a dot included',
    'injection: order inside objects takes any key',
    'injection: properties of open entities may have any name',
  ),
]

describeConnector({
  name: 'remote',
  async create() {
    const server = await otherServer()
    const remote = createRemoteConnector({ url: server.url })
    // The models of the kit are shared by the other server as soon as they are announced here.
    const connector = Object.assign(Object.create(remote) as typeof remote, { define: (entity: Entity) => server.share(entity) })
    for (const name of ['connect', 'disconnect', 'ping', 'find', 'count', 'insert', 'update', 'remove'] as const) {
      Object.assign(connector, { [name]: (remote[name] as Function).bind(remote) })
    }
    await connector.connect()
    const close = async () => {
      server.fastify.server.closeAllConnections()
      await server.fastify.close()
    }
    return { connector, close }
  },
  skip,
})
