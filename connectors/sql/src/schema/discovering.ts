import { plainCall, type DiscoveredColumn, type DiscoveredForeignKey, type Discovery, type DiscoveryOptions } from '@reloop/connector'
import { asObjects } from '../run/execute'
import type { On, Runner } from '../run/runner'
import { statementOf } from '../statement/frame'
import type { Statements } from '../statement/statements'
import type { Table } from '../statement/table'
import { place, type Sql } from '../text/sql'
import type { ActualTable, DiscoveryDialect, Lookup } from './schema-dialect'

type Fields = Readonly<Record<string, unknown>>

/** Reads the structure of a database back. */
export class Discovering implements Discovery {
  readonly #runner: Runner
  readonly #statements: Statements
  readonly #schema: string | undefined

  constructor(runner: Runner, statements: Statements, schema: string | undefined) {
    this.#runner = runner
    this.#statements = statements
    this.#schema = schema ?? statements.dialect.schema
  }

  async tables({ owner, views = false, limit, offset = 0 }: DiscoveryOptions) {
    const rows = await this.#ask((dialect, at) => dialect.tables({ ...at, views }), ['', owner])
    const found = rows.map((row) => ({
      type: row.type === 'view' ? ('view' as const) : ('table' as const),
      name: String(row.name),
      ...ownerOf(row),
    }))
    return found.slice(offset, limit === undefined ? undefined : offset + limit)
  }

  async columns(table: string, { owner }: DiscoveryOptions): Promise<readonly DiscoveredColumn[]> {
    const rows = await this.#ask((dialect, at) => dialect.columns(at), [table, owner])
    return rows.map((row) => {
      const column = {
        columnName: String(row.columnName),
        dataType: String(row.dataType),
        ...numbers(row, ['dataLength', 'dataPrecision', 'dataScale']),
        nullable: isYes(row.nullable),
        generated: isYes(row.generated),
      }
      return { ...column, type: this.#statements.dialect.ddl.discovery.type(column) }
    })
  }

  async primaryKeys(table: string, { owner }: DiscoveryOptions) {
    const rows = await this.#ask((dialect, at) => dialect.primaryKeys(at), [table, owner])
    return rows.map((row) => ({ columnName: String(row.columnName), keySeq: Number(row.keySeq), ...textOf(row, 'pkName') }))
  }

  async foreignKeys(table: string, { owner }: DiscoveryOptions): Promise<readonly DiscoveredForeignKey[]> {
    return (await this.#ask((dialect, at) => dialect.foreignKeys(at), [table, owner])).map(foreignKey)
  }

  async exportedForeignKeys(table: string, { owner }: DiscoveryOptions): Promise<readonly DiscoveredForeignKey[]> {
    return (await this.#ask((dialect, at) => dialect.exportedForeignKeys(at), [table, owner])).map(foreignKey)
  }

  /** A table as migration compares it; undefined when it is not there. */
  async actual(table: Table, on: On): Promise<ActualTable | undefined> {
    const at: readonly [string, string | undefined] = [table.name, table.schema]
    const columns = await this.#ask((dialect, lookup) => dialect.columns(lookup), at, on)
    if (!columns.length) return undefined
    const indexes = await this.#ask((dialect, lookup) => dialect.indexes(lookup), at, on)
    const foreignKeys = await this.#ask((dialect, lookup) => dialect.foreignKeys(lookup), at, on)
    return {
      columns: columns.map((row) => ({
        name: String(row.columnName),
        type: String(row.dataType),
        nullable: isYes(row.nullable),
        ...textOf(row, 'definition'),
      })),
      indexes: indexes.map((row) => ({ name: String(row.name), ...textOf(row, 'definition') })),
      foreignKeys: signatures(foreignKeys.map(foreignKey)),
    }
  }

  async #ask(
    question: (dialect: DiscoveryDialect, at: Lookup) => Sql,
    [table, owner]: readonly [string, string | undefined],
    on: On = { call: plainCall },
  ): Promise<readonly Fields[]> {
    const { dialect } = this.#statements
    const at: Lookup = { table: place(() => table), owner: place(() => owner ?? this.#schema ?? null), views: false }
    const { columns, rows } = await this.#runner.run(statementOf(dialect, question(dialect.ddl.discovery, at)), [], on)
    return asObjects(columns, rows)
  }
}

function foreignKey(row: Fields): DiscoveredForeignKey {
  return {
    fkName: String(row.fkName),
    fkTableName: String(row.fkTableName),
    fkColumnName: String(row.fkColumnName),
    keySeq: Number(row.keySeq),
    pkTableName: String(row.pkTableName),
    pkColumnName: String(row.pkColumnName),
    ...textOf(row, 'pkName'),
  }
}

/** Not every database tells the names of foreign keys. */
function signatures(keys: readonly DiscoveredForeignKey[]): readonly string[] {
  const groups = new Map<string, DiscoveredForeignKey[]>()
  for (const key of keys) groups.set(key.fkName, [...(groups.get(key.fkName) ?? []), key])
  return [...groups.values()].map((parts) =>
    foreignKeySignature(
      parts.map((part) => part.fkColumnName),
      parts[0]!.pkTableName,
    ),
  )
}

/** What tells foreign keys of one table apart: own columns, and the table they point to. */
export function foreignKeySignature(columns: readonly string[], target: string): string {
  return `${columns.join()} ${target}`.toLowerCase()
}

function ownerOf({ owner }: Fields): { owner?: string } {
  return owner === null || owner === undefined ? {} : { owner: String(owner) }
}

function textOf<K extends string>(row: Fields, key: K): { [P in K]?: string } {
  const value = row[key]
  return (value === null || value === undefined ? {} : { [key]: String(value) }) as { [P in K]?: string }
}

function numbers<K extends string>(row: Fields, keys: readonly K[]): { [P in K]?: number } {
  return Object.fromEntries(keys.flatMap((key) => (row[key] === null || row[key] === undefined ? [] : [[key, Number(row[key])]]))) as {
    [P in K]?: number
  }
}

function isYes(value: unknown): boolean {
  return value === true || value === 1 || value === 'YES' || value === 't' || value === 'true'
}
