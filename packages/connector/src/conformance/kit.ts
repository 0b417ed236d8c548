import assert from 'node:assert/strict'
import { types } from 'node:util'
import { plainCall, type Call, type Change, type Connector, type CrudConnector, type Row, type SchemaConnector } from '../connector'
import type { Entity } from '../entity'
import type { Query, Where } from '../query/ast'

/** What a test is given. */
export interface Kit {
  readonly connector: Connector
  /** Announces an entity, makes its table when it is asked for the first time, and removes all rows. */
  open(entity: Entity): Promise<Table>
}

/** The rows of one entity, with results in a form that can be compared: own plain values, without nulls. */
export interface Table {
  readonly entity: Entity
  readonly connector: CrudConnector
  insert(...rows: readonly Row[]): Promise<readonly Row[]>
  find(query?: Query, call?: Call): Promise<readonly Row[]>
  /** The first id of each row found, in order. */
  ids(query?: Query, call?: Call): Promise<readonly unknown[]>
  count(where?: Where, call?: Call): Promise<number>
  update(where: Where | undefined, change: Change, call?: Call): Promise<number>
  remove(where?: Where, call?: Call): Promise<number>
}

/** Whether a connector stores rows. */
export function isCrud(connector: Connector): connector is CrudConnector {
  return 'find' in connector && 'insert' in connector
}

/** Whether a connector makes tables. */
export function isSchema(connector: Connector): connector is SchemaConnector {
  return 'migrate' in connector
}

/** A kit over one connector; tables are made once. */
export function kitOver(connector: Connector): Kit {
  const made = new Map<string, Entity>()
  return {
    connector,
    async open(entity) {
      assert.ok(isCrud(connector))
      if (made.get(entity.table) !== entity) {
        connector.define?.(entity)
        if (isSchema(connector)) await connector.migrate({ entities: [entity], mode: 'recreate' })
        made.set(entity.table, entity)
      }
      await connector.remove({ entity }, plainCall)
      return tableOf(connector, entity)
    },
  }
}

/** The rows of an entity that is announced already. */
export function tableOf(connector: CrudConnector, entity: Entity): Table {
  const id = entity.ids[0]?.name ?? 'id'
  const find = async (query: Query = {}, call = plainCall) => (await connector.find({ entity, query }, call)).map(plainRow)
  return {
    entity,
    connector,
    find,
    insert: async (...rows) => (await connector.insert({ entity, rows }, plainCall)).map(plainRow),
    ids: async (query, call) => (await find(query, call)).map((row) => row[id]),
    count: async (where, call = plainCall) => connector.count({ entity, where }, call),
    update: async (where, change, call = plainCall) => (await connector.update({ entity, where, change }, call)).count,
    remove: async (where, call = plainCall) => connector.remove({ entity, where }, call),
  }
}

/** A row as a test compares it: plain, and without the properties that are null. */
export function plainRow(row: Row): Row {
  return Object.fromEntries(Object.entries(row).flatMap(([key, value]) => (value == null ? [] : [[key, plain(value)]])))
}

/** The same value in plain classes, so that only content is compared: stores may give their own, or those of another realm. */
export function plain(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (types.isDate(value)) return new Date(value.getTime())
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')
  if (Array.isArray(value)) return Array.from(value, plain)
  const json = (value as { toJSON?: () => unknown }).toJSON
  if (typeof json === 'function') return plain(json.call(value))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
}

/** Fails unless the call fails with an error that a client may see: a code, and a status from 400 to 499. */
export async function refused(call: () => unknown, code?: string): Promise<void> {
  const error = await thrownBy(call)
  assert.ok(error !== undefined, 'it should have been refused')
  assert.ok(
    isClientError(error),
    `it should have failed with a code and a status from 400 to 499, but: ${String((error as Error)?.stack ?? error)}`,
  )
  if (code) assert.equal((error as { code?: unknown }).code, code)
}

/** What a call throws, sooner or later; undefined when it does not. */
export async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error ?? new Error('nothing was thrown, but thrown it was')
  }
  return undefined
}

function isClientError(error: unknown): boolean {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown }
  return typeof code === 'string' && typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
}

/** Rows found, or none when the store refuses the question as a client's mistake. */
export async function foundOrRefused(table: Table, query: Query): Promise<readonly Row[]> {
  try {
    return await table.find(query)
  } catch (error) {
    assert.ok(isClientError(error), `a refusal has a code and a status from 400 to 499, but: ${String((error as Error)?.stack ?? error)}`)
    return []
  }
}
