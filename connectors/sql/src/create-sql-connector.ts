import {
  capabilities,
  plainCall,
  type ConnectorContext,
  type CrudConnector,
  type Entity,
  type SchemaConnector,
  type Shape,
} from '@reloop/connector'
import type { Dialect } from './dialect'
import { Aggregating } from './query/aggregating'
import { Finding } from './query/finding'
import { outward } from './legacy/outward'
import type { Driver } from './run/driver'
import { execute } from './run/execute'
import { Runner } from './run/runner'
import { Transacting } from './run/transacting'
import { Discovering } from './schema/discovering'
import { Migrating } from './schema/migrating'
import { Statements } from './statement/statements'
import { Inserting } from './write/insert'
import { InsertForms } from './write/insert-form'
import { Modifying } from './write/modifying'
import { Upserting } from './write/upserting'

/** What a SQL connector is made of. */
export interface SqlConnectorParts {
  readonly dialect: Dialect
  readonly driver: Driver
  /** Where the database is, for messages: `localhost:5432`, or a file. */
  readonly address: string
  /** Schema of tables whose model names none. @default that of the dialect */
  readonly schema?: string
  /** Most milliseconds of one statement, for messages; the driver sees to it. @default 30000 */
  readonly queryTime?: number
  /** Shapes whose statements are kept; up to twice as many for a while. @default 1000 */
  readonly statements?: number
  /** Milliseconds until a transaction is rolled back by itself. @default no bound */
  readonly transactionTime?: number
  readonly log?: ConnectorContext['log']
}

/** A connector to a SQL database: everything that a connector of rows and tables can have. */
export type SqlConnector = Omit<Required<CrudConnector & SchemaConnector>, 'attached'>

/**
 * Makes a connector of a dialect and a driver.
 *
 * The statement of a query is written once per shape: Knex is asked for its frame, the dialect for what stands in it, and the text is kept with the
 * order of its values. After that a call costs a look-up, the binding and the driver.
 *
 * @param parts dialect and driver, the database's address for messages, and bounds: milliseconds of a statement (30000) and of a transaction
 *   (none), number of shapes kept (1000)
 * @returns the connector; its verbs answer at once when the driver does
 * @example
 * const store = createSqlConnector({ dialect, driver: new MyDriver(settings), address: 'localhost:1234' })
 * await store.connect()
 */
export function createSqlConnector(parts: SqlConnectorParts): SqlConnector {
  const { dialect, driver, address, queryTime = 30_000, statements: size = 1000, log } = parts
  const owner = {}
  const runner = new Runner(driver, { circumstances: { dialect, address, queryTime }, owner, ...(log && { log }) })
  const statements = new Statements(dialect, parts.schema)
  const finding = new Finding(runner, statements, size)
  const discovering = new Discovering(runner, statements, parts.schema)
  const migrating = new Migrating(runner, statements, discovering)
  const modifying = new Modifying(runner, statements, size)
  const transacting = new Transacting(runner, owner, parts.transactionTime)
  const inserting = new Inserting(runner, new InsertForms(statements))
  const upserting = new Upserting(runner, statements, { inserting, modifying })
  const aggregating = new Aggregating(runner, statements, size)
  const made = {
    name: dialect.name,
    capabilities: capabilities({ relational: true, related: true, perParent: true, near: true, unique: true, ...dialect.capabilities }),
    connect: () => runner.guard('connect', { call: plainCall }, () => driver.open()),
    disconnect: () => driver.close(),
    ping: async () => {
      await runner.all({ text: 'select 1', binds: [], kept: undefined }, [], { call: plainCall })
    },
    define: (entity) => migrating.define(entity),
    migrate: async ({ entities, mode }) => {
      await migrating.migrate(entities, mode)
      driver.forget?.()
    },
    isActual: ({ entities }) => migrating.isActual(entities),
    discover: discovering,
    find: ({ entity, query }, call) => finding.find(entity, query, call),
    prepare: (entity: Entity, shape: Shape) => finding.prepare(entity, shape.query),
    stream: ({ entity, query }, call) => finding.stream(entity, query, call),
    count: (at, call) => modifying.count(at, call),
    update: (at, call) => modifying.update(at, call),
    remove: ({ entity, where }, call) => modifying.remove(entity, where, call),
    upsert: ({ entity, row, set }, call) => upserting.upsert(entity, { row, set }, call),
    aggregate: ({ entity, query }, call) => aggregating.aggregate(entity, query, call),
    begin: ({ isolationLevel }) => transacting.begin(isolationLevel),
    execute: (command, parameters, call) => execute(runner, { text: command, parameters }, call),
    insert: ({ entity, rows }, call) => inserting.insert(statements.tableOf(entity), rows, { table: statements.tableOf(entity), call }),
  } satisfies SqlConnector
  return Object.freeze(Object.defineProperties(made, outward(dialect, driver)))
}
