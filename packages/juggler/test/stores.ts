import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { DataSource } from '@reloop/juggler'

/* Model classes of tests are untyped on purpose: what they show is the JavaScript interface. */

export type AnyModel = any

/** A data source of one kind, and how many statements or verbs it has been asked since the last look. */
export interface Store {
  readonly db: AnyModel
  /** Forgets what was counted. */
  reset(): void
  /** Names of the connector's verbs that ran, in order. */
  readonly calls: string[]
}

const verbs = ['find', 'count', 'insert', 'update', 'remove', 'upsert'] as const

/** Counts what reaches the connector: its verbs, and runs of prepared queries as `find`. */
function counted(db: AnyModel): Store {
  const calls: string[] = []
  const { connector } = db
  const spied = new Proxy({} as AnyModel, {
    get(_target, key) {
      const target = connector
      const member = target[key]
      if (typeof member !== 'function') return member
      if (key === 'prepare') return (...args: unknown[]) => spyRun(target.prepare(...args))
      if (!verbs.includes(key as never)) return member.bind(target)
      return (...args: unknown[]) => {
        calls.push(String(key))
        return member.apply(target, args)
      }
    },
  })
  const spyRun =
    (run: (...args: unknown[]) => unknown) =>
    (...args: unknown[]) => {
      calls.push('find')
      return run(...args)
    }
  Object.defineProperty(db, 'connector', { value: spied, configurable: true })
  return { db, calls, reset: () => void (calls.length = 0) }
}

const kinds: [string, (settings: object) => AnyModel][] = [
  ['memory', (settings) => new DataSource({ connector: 'memory', ...settings })],
  ['sqlite', (settings) => new DataSource({ connector: 'sqlite', file: ':memory:', ...settings })],
]
const url = process.env.RELOOP_TEST_POSTGRESQL_URL
/** A database of this test file alone: suites run side by side. */
const database = `reloop_juggler_${process.pid}_${randomBytes(4).toString('hex')}`
if (url) kinds.push(['postgresql', (settings) => new DataSource({ connector: 'postgresql', url: databaseUrl(database), ...settings })])

function databaseUrl(name: string): string {
  const at = new URL(url!)
  at.pathname = `/${name}`
  return at.href
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** Runs a suite over every store that is there. */
export function overStores(suite: (make: (settings?: object) => Store, kind: string) => void): void {
  describe.each(kinds)('on %s', (kind, make) => {
    const open: AnyModel[] = []
    if (kind === 'postgresql') {
      beforeAll(() => administer(`create database ${database}`))
      afterAll(() => administer(`drop database ${database} with (force)`))
    }
    afterEach(async () => {
      for (const db of open.splice(0)) await db.disconnect()
    })
    suite((settings = {}) => {
      const db = make(settings)
      open.push(db)
      return counted(db)
    }, kind)
  })
}

/** A fresh data source in memory. */
export function memory(settings: object = {}): AnyModel {
  return new DataSource({ connector: 'memory', ...settings })
}
