import type { Connector } from '@reloop/connector'
import { describeConnector } from '@reloop/connector/conformance'
import { DataSource } from '../../src/data-source/data-source'
describeConnector({
  name: 'pg-legacy',
  create: async () => {
    const source = new DataSource(require('/tmp/lbpg/node_modules/loopback-connector-postgresql'), { url: process.env.PGURL })
    await source.connect()
    return { connector: source.connector as Connector, close: () => source.disconnect() }
  },
})
