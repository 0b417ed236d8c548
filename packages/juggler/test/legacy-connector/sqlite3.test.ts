import { describeConnector } from '@reloop/connector/conformance'
import { DataSource } from '../../src/data-source/data-source'

const composite = 'writes PRIMARY KEY behind each column of the key'
const isActual = 'inherits isActual, which asks for showFields, which it does not have'
const discovery = 'inherits discovery, which asks for queries that it does not have'

// The connector prints the statements that the database refuses.
beforeAll(() => void jest.spyOn(console, 'error').mockImplementation(() => undefined))

describeConnector({
  name: 'loopback-connector-sqlite3',
  create: async () => {
    const source = new DataSource('sqlite3', { file: ':memory:' })
    await source.connect()
    return { connector: source.connector, close: () => source.disconnect() }
  },
  skip: [
    { test: 'ids: a made id is not made again after its row is removed', reason: 'makes ids without AUTOINCREMENT' },
    ...[
      'ids: an id of two parts refuses both being equal, not one',
      'ids: an id of two parts orders by its parts in the order of the key',
      'ids: an id of two parts comes back whole when columns name neither',
      'ids: a row is changed and removed by an id of two parts',
      'migrate: recreate makes a table with an id of two parts',
    ].map((test) => ({ test, reason: composite })),
    ...['migrate: alter makes a table that is not there', 'migrate: alter adds columns and keeps the rows'].map((test) => ({
      test,
      reason: 'migrates over a second connection, which for :memory: is another database',
    })),
    ...[
      'migrate: isActual tells whether alter would change anything',
      'migrate: isActual is false for a table that is not there',
      'migrate: isActual holds for every type once its table is made',
    ].map((test) => ({ test, reason: isActual })),
    { test: 'migrate: any name is a name of a table and of columns', reason: 'does not double quotes in names' },
    ...[
      'discover: tables are listed under the names of the database',
      'discover: the list of tables is cut by limit and offset',
      'discover: columns are listed in the order of the table',
      'discover: columns tell whether they may be null',
      'discover: columns tell the type that a model would have',
      'discover: columns of a table that is not there are none',
      'discover: primary keys have the order of the key',
      'discover: foreign keys tell where they point',
      'discover: exported foreign keys tell what points here',
    ].map((test) => ({ test, reason: discovery })),
  ],
})
