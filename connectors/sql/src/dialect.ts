import type { Capabilities, Entity, EntityProperty, Pattern } from '@reloop/connector'
import type { Operand } from './text/operand'
import type { Sql } from './text/sql'
import type { Column } from './statement/table'
import type { SchemaDialect } from './schema/schema-dialect'

/** How values of one column travel: `encode` on the way to the driver, `decode` on the way back. Neither is asked for null. */
export interface Codec {
  readonly encode?: (value: unknown) => unknown
  readonly decode?: (value: unknown) => unknown
}

/** A value inside a JSON column, or the whole column when there are no parts. */
export interface JsonPlace {
  readonly column: Sql
  /** The column holds lists and nothing else. */
  readonly list: boolean
  /** Keys of objects, from the outside in. On the way through lists every element counts. */
  readonly parts: readonly string[]
}

export type Ordering = '>' | '>=' | '<' | '<='

/** Comparisons of values inside JSON. What an `item` is, `some` decides: it hands items out, and the others take them. */
export interface JsonDialect {
  /** Whether any value at the place passes the test; `unwrap`: a list there is replaced by its elements. Nulls never count. */
  some(place: JsonPlace, unwrap: boolean, test: (item: Sql) => Sql): Sql
  equals(item: Sql, operand: Operand): Sql
  /** The operand is a list. */
  in(item: Sql, operand: Operand): Sql
  /** False when the two are of different kinds. */
  ordered(item: Sql, how: Ordering, operand: Operand): Sql
  /** The text of a JSON string; null for anything else. */
  text(item: Sql): Sql
  /** Whether the item is a list that holds all, any, or nothing but values of the operand, a list. */
  list(item: Sql, how: 'all' | 'any' | 'only', operand: Operand): Sql
  /** The first value at the place, to sort by. */
  sortable(place: JsonPlace): Sql
  /** The first value at the place, as text of JSON. */
  readable(place: JsonPlace): Sql
  /** Least or greatest value at the place among all rows, as text of JSON. */
  extreme(place: JsonPlace, fn: 'min' | 'max'): Sql
  /** The number at the place, or null. */
  number(place: JsonPlace): Sql
}

/** A range of degrees around a point; a range over the date line is in two parts, else the second part is empty. */
export interface GeoBox {
  readonly south: Sql
  readonly north: Sql
  readonly west: Sql
  readonly east: Sql
  readonly west2: Sql
  readonly east2: Sql
}

export interface GeoDialect {
  readonly lat: (column: Sql) => Sql
  readonly lng: (column: Sql) => Sql
  /** Whether the point is inside, in the form that the dialect's index answers. */
  readonly inside: (column: Sql, box: GeoBox) => Sql
  /** Whether two points are the same. */
  readonly equals?: (column: Sql, operand: Operand) => Sql
}

/** Changes of one column in place, in terms of its present value. Each gives the new value. */
export interface ChangeDialect {
  /** The column, 0 when it is null, plus or times a value. */
  number(column: Sql, operator: '+' | '*', by: { readonly place: Sql; readonly property: EntityProperty }): Sql
  /** The operand is a list: its values are put at the end. */
  push(column: Sql, operand: Operand): Sql
  /** The operand is a list: elements equal to one of its values are taken out. */
  pull(column: Sql, operand: Operand): Sql
  /** The operand is a list: values that are not there yet are put at the end. */
  addToSet(column: Sql, operand: Operand): Sql
}

/** Many rows as one value. */
export interface BatchDialect {
  /** What stands behind FROM: rows of the table, with its names and types, out of the value in the place. */
  source(table: Sql, value: Sql): Sql
  /** Makes the function that writes rows, given as encoded values in the order of the columns. */
  writer(
    columns: readonly { readonly name: string; readonly property: EntityProperty }[],
  ): (rows: readonly (readonly unknown[])[]) => unknown
}

/** What went wrong, in terms that every store shares. Columns are names of the store. */
export type Failure =
  | { readonly kind: 'duplicate'; readonly columns?: readonly string[]; readonly constraint?: string }
  | { readonly kind: 'required'; readonly column?: string }
  | { readonly kind: 'reference' }
  | { readonly kind: 'invalid'; readonly column?: string; readonly expected: string }
  | { readonly kind: 'pattern' }
  | { readonly kind: 'timeout' }
  /** Another transaction came first. */
  | { readonly kind: 'conflict' }
  /** The database is held by another connection. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'unreachable'; readonly reason: string }

/** What one database speaks, beyond what Knex knows: a frozen record of constants and functions. Nothing in it keeps state. */
export interface Dialect {
  /** Name of the connector, as in `datasources.json`. */
  readonly name: string
  /** Name of the Knex client that writes the frame of statements. */
  readonly client: string
  readonly capabilities: Partial<Capabilities>
  /** Most places for values in one statement. */
  readonly places: number
  /** Schema of tables whose model names none; left out when the database has none. */
  readonly schema?: string
  /** Name of a table or column for a model or property that names none. */
  dbName(name: string): string
  /** Quotes a name of the database, whatever is in it. */
  quote(name: string): string
  /** Text of the n-th place for a value, from 1. */
  placeholder(position: number): string

  codec(property: EntityProperty, entity: Entity): Codec
  /** A condition that holds where the given one is false or null. */
  isNotTrue(condition: Sql): Sql
  /** A column of lists, objects or anything, as JSON; left out: as it is. */
  jsonColumn?(column: Sql, property: EntityProperty): Sql
  /** Column, rewritten so that it is read without loss; left out: as it is. */
  readable?(column: Sql, property: EntityProperty): Sql
  /** Column, rewritten so that it compares and sorts as its type does; left out: as it is. */
  comparable?(column: Sql, property: EntityProperty): Sql
  /** Whether a column is any of a list; the text must not depend on the length of the list. */
  in(column: Sql, operand: Operand, of: Column): Sql
  /** `pattern` is as in `like` of the query tree: `%`, `_` and the escape `\`. */
  like(text: Sql, pattern: Operand, ignoreCase: boolean): Sql
  regexp(text: Sql, source: Operand, flags: Pattern['flags']): Sql
  /** Least or greatest value of a column; left out: the function of that name. */
  extreme?(column: Sql, fn: 'min' | 'max', property: EntityProperty): Sql
  /** Direction of a sort, with nulls first in ASC and last in DESC. */
  direction(direction: 'ASC' | 'DESC', nullable: boolean): string
  readonly json: JsonDialect
  readonly geo: GeoDialect
  readonly change: ChangeDialect

  /** A bound number behind LIMIT and OFFSET; left out: the place alone. */
  count?(number: Sql): Sql
  /** Puts many rows into one statement with one value, so that its text does not depend on their number; left out: VALUES with a place for each. */
  readonly batch?: BatchDialect
  /** INSERT tells the integer id that the database made without being asked. */
  readonly lastId: boolean
  /** `(a, b) > (?, ?)` is understood, and answered by an index. */
  readonly rowValues: boolean
  /** Makes the value of a generated column that the database does not make itself; undefined: it does. */
  generate?(property: EntityProperty): unknown
  /** The value that an upsert would have inserted, in the part that changes the row there. */
  proposed(column: Sql): Sql
  /** Expression that tells, in RETURNING of an upsert, whether the row is new; left out: it is looked up before. */
  readonly created?: Sql
  readonly ddl: SchemaDialect
  /** Reads a driver's error; undefined when it is none that has a name here. */
  failure(error: unknown): Failure | undefined
}
