// A connector out of a dialect and a driver
export { createSqlConnector, type SqlConnector, type SqlConnectorParts } from './create-sql-connector'

// What a database speaks
export type { BatchDialect, ChangeDialect, Codec, Dialect, Failure, GeoBox, GeoDialect, JsonDialect, JsonPlace, Ordering } from './dialect'
export type { ActualColumn, ActualIndex, ActualTable, Difference, DiscoveryDialect, Lookup, SchemaDialect } from './schema/schema-dialect'
export type { Column, Table } from './statement/table'

// The way to it
export type { At, BeginOptions, Command, Driver, Ran, RawRow, Session } from './run/driver'

// Pieces of SQL, and the values in it
export { join, literal, place, sql, type Bind, type Sql } from './text/sql'
export { Operand } from './text/operand'
export { jsonReader, valuesOf, type Values } from './text/values'
