import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { DataSource } from '@reloop/juggler'
import { Client } from 'pg'

const load = createRequire(join(__dirname, 'index.js'))

/** A connector of LoopBack to a relational database, as npm has it. */
export interface RelationalStore {
  /** Name and version, for titles. */
  readonly title: string
  readonly dialect: 'mysql' | 'postgresql' | 'sqlite3'
  /** Why it can not run here; left out: it can. */
  readonly missing?: string
  /** Tests that the connector itself can not pass, and why. */
  readonly lacks: Readonly<Record<string, string>>
  /** Makes a data source over an empty database of its own. */
  open(): Promise<{ readonly source: DataSource; close(): Promise<void> }>
}

/** The version that is installed, and how it is called. */
export function titleOf(folder: string): string {
  const { name, version } = load(`${folder}/package.json`) as { name: string; version: string }
  return `${name} ${version}`
}

const database = () => `reloop_legacy_${process.pid}_${randomBytes(4).toString('hex')}`

function inDatabase(url: string, name: string): string {
  const at = new URL(url)
  at.pathname = `/${name}`
  return at.href
}

function mysql(folder: string): RelationalStore {
  const url = process.env.RELOOP_TEST_MYSQL_URL
  return {
    title: titleOf(folder),
    dialect: 'mysql',
    lacks: {},
    ...(!url && { missing: 'no RELOOP_TEST_MYSQL_URL' }),
    async open() {
      const { hostname: host, port, username: user, password } = new URL(url!)
      const name = database()
      const settings = { host, port: Number(port || 3306), user, password, database: name, createDatabase: true }
      const source = new DataSource({ connector: require(folder), ...settings })
      return {
        source,
        async close() {
          await source.execute(`DROP DATABASE ${name}`)
          await source.disconnect()
        },
      }
    },
  }
}

function postgresql(folder: string): RelationalStore {
  const url = process.env.RELOOP_TEST_POSTGRESQL_URL
  return {
    title: titleOf(folder),
    dialect: 'postgresql',
    lacks: {},
    ...(!url && { missing: 'no RELOOP_TEST_POSTGRESQL_URL' }),
    async open() {
      const name = database()
      const administer = async (statement: string): Promise<void> => {
        const client = new Client({ connectionString: url })
        await client.connect()
        await client.query(statement)
        await client.end()
      }
      await administer(`create database ${name}`)
      const source = new DataSource({ connector: require(folder), url: inDatabase(url!, name) })
      return {
        source,
        async close() {
          await source.disconnect()
          await administer(`drop database ${name} with (force)`)
        },
      }
    },
  }
}

function sqlite3(folder: string): RelationalStore {
  return {
    title: titleOf(folder),
    dialect: 'sqlite3',
    lacks: {
      'adds a column that a model gained, and keeps the rows': 'it describes no table, and says so by a failed assertion',
      'commits and rolls back': 'it begins in a way that SQLite refuses',
      'discovers tables, columns and keys': 'it discovers nothing, and says so by a failed assertion',
    },
    ...missingDriver(folder),
    async open() {
      const source = new DataSource({ connector: require(folder), file: ':memory:' })
      return { source, close: () => source.disconnect() }
    },
  }
}

/** The driver is compiled when it is installed; where no compiler is, it is not there. */
function missingDriver(folder: string): { missing?: string } {
  try {
    require(folder)
    return {}
  } catch (error) {
    return { missing: `the sqlite3 driver could not be built: ${String((error as Error).message).split('\n')[0]}` }
  }
}

export const stores: readonly RelationalStore[] = [
  mysql('loopback-connector-mysql-5'),
  mysql('loopback-connector-mysql-8'),
  postgresql('loopback-connector-postgresql-3'),
  postgresql('loopback-connector-postgresql-8'),
  sqlite3('loopback-connector-sqlite3'),
]

/** `describe`, or its skipped form with the reason in the title. */
export function describeStore({ title, missing }: Pick<RelationalStore, 'title' | 'missing'>, body: () => void): void {
  if (missing === undefined) describe(title, body)
  else describe.skip(`${title} (skipped: ${missing})`, () => it('is not here', () => undefined))
}
