import type { DiscoveredColumn, EntityProperty } from '@reloop/connector'
import type { Column, Table } from '../statement/table'
import type { Sql } from '../text/sql'

/** A column as the database describes it. */
export interface ActualColumn {
  readonly name: string
  /** Type as the database writes it. */
  readonly type: string
  readonly nullable: boolean
  readonly definition?: string
}

/** An index as the database describes it, or something else that goes with its table. */
export interface ActualIndex {
  readonly name: string
  /** Statement that makes it anew, where tables are made anew. */
  readonly definition?: string
}

/** A table as the database describes it. */
export interface ActualTable {
  readonly columns: readonly ActualColumn[]
  readonly indexes: readonly ActualIndex[]
  readonly foreignKeys: readonly string[]
}

/** What is to be changed so that a table is as its entity says. */
export interface Difference {
  readonly missing: readonly Column[]
  readonly retyped: readonly Column[]
  /** Columns that must have a value and may be null, or the other way round. */
  readonly renulled: readonly Column[]
  /** Foreign keys that are not there, by name. */
  readonly foreignKeys: readonly string[]
}

/** Where discovery looks. */
export interface Lookup {
  readonly table: Sql
  /** Schema, or the default one. */
  readonly owner: Sql
  /** Views are listed too. */
  readonly views: boolean
}

/** Questions to the database's own tables. Each gives rows whose columns are called as in `Discovery`. */
export interface DiscoveryDialect {
  tables(at: Lookup): Sql
  /** With `columnName`, `dataType`, `dataLength`, `dataPrecision`, `dataScale`, `nullable`, `generated`. */
  columns(at: Lookup): Sql
  primaryKeys(at: Lookup): Sql
  foreignKeys(at: Lookup): Sql
  exportedForeignKeys(at: Lookup): Sql
  /** With `name`, and `definition` where tables are made anew to change them. */
  indexes(at: Lookup): Sql
  /** LoopBack's type for a column. */
  type(column: Omit<DiscoveredColumn, 'type'>): string
}

/** How tables are made and changed. */
export interface SchemaDialect {
  /** Type of a column in CREATE TABLE. */
  type(property: EntityProperty): string
  /** Definition of a generated id behind its name; `key`: it makes the column the primary key. Undefined: as any other column. */
  generated(property: EntityProperty): { readonly definition: string; readonly key: boolean } | undefined
  /** DEFAULT of a column; undefined: none. */
  default(property: EntityProperty): string | undefined
  /** Whether a column of the database does for a property. */
  fits(property: EntityProperty, actual: ActualColumn): boolean
  /** What stands behind the table in CREATE INDEX, such as `using gist ("place")`. */
  index(columns: readonly { readonly column: Column; readonly direction: 'ASC' | 'DESC' }[]): string
  /** Whether foreign keys are part of CREATE TABLE; else they are added when all tables are there. */
  readonly foreignKeysInside: boolean
  /** Statements before the first table, such as CREATE SCHEMA and CREATE EXTENSION. */
  prepare(tables: readonly Table[]): readonly string[]
  drop(table: Table): string
  /** Statements that change a table; undefined: the table is made anew and its rows are copied. */
  alter(table: Table, difference: Difference, define: (column: Column) => string): readonly string[] | undefined
  /** Longest name in bytes. */
  readonly nameLength: number
  readonly discovery: DiscoveryDialect
}
