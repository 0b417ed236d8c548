import type { Entity } from '../entity'

/** A property, or a place inside one: `['address', 'city']`. Parts are bound or quoted one by one, never spliced into text. */
export type Path = readonly string[]

/** What a comparison may ask. `null` semantics are those of the conformance kit: two-valued, a missing value is null. */
export const operators = Object.freeze([
  'eq', // value or null; on a list property: any element equals, or the whole list when the value is a list
  'neq', // exactly the rows that eq does not match, null rows included
  'gt',
  'gte',
  'lt',
  'lte', // never match null
  'between', // [low, high], both included
  'inq', // any of a list; [] matches no row; null in the list matches null
  'nin', // exactly the rows that inq does not match
  'like',
  'nlike', // SQL pattern, anchored, case-sensitive: % any text, _ one character, \ takes the next one literally
  'ilike',
  'nilike', // the same without regard to case
  'regexp', // { source, flags } with flags among i, m, s: matches anywhere in the text
  'startsWith',
  'endsWith', // literal text, case-sensitive
  'contains', // text: literal part of it; list: holds all the given values
  'containsAny', // list: holds at least one of the given values
  'containedBy', // list: holds nothing but the given values
  'exists', // true: not null; false: null
  'near', // { lat, lng, maxDistance?, minDistance? } in meters; on its own it also orders by distance
] as const)

export type Operator = (typeof operators)[number]

/** Stands for a value that is bound later: the index into the list of values given to a prepared query. */
export interface Slot {
  readonly slot: number
  /** Set when the value is a list of any length; lists hold no null. */
  readonly list?: true
}

/** Value of an operator that takes a point. Distances are in meters. */
export interface Near {
  readonly lat: number
  readonly lng: number
  readonly maxDistance?: number
  readonly minDistance?: number
}

/** Value of `regexp`. */
export interface Pattern {
  readonly source: string
  readonly flags: string
}

/** An empty `and` holds for every row, an empty `or` for none. */
export type Where =
  | { readonly kind: 'compare'; readonly path: Path; readonly op: Operator; readonly value: unknown }
  | { readonly kind: 'and' | 'or'; readonly items: readonly Where[] }
  | { readonly kind: 'not'; readonly item: Where }
  | { readonly kind: 'related'; readonly join: Join; readonly quantifier: 'some' | 'every' | 'none'; readonly where?: Where }
  | { readonly kind: 'native'; readonly value: unknown }

export type Compare = Extract<Where, { kind: 'compare' }>
export type Related = Extract<Where, { kind: 'related' }>

/** The table between two entities of a many-to-many relation. */
export interface Through {
  readonly entity: Entity
  /** Columns of the table in between that hold the keys `Join.from`. */
  readonly from: readonly string[]
  /** Columns of the table in between that hold the keys `Join.to`. */
  readonly to: readonly string[]
  readonly where?: Where
}

/** How rows of one entity belong to rows of another: `from` (here) equals `to` (there), part by part. Property names. */
export interface Join {
  readonly entity: Entity
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly through?: Through
  /** Always true of the other side: discriminators and the relation's own scope. */
  readonly where?: Where
}

export interface Order {
  readonly path: Path
  readonly direction: 'ASC' | 'DESC'
  /** Set when the path belongs to an entity reached over a to-one relation. */
  readonly join?: Join
}

/** Limit and skip for each value of `key` instead of for the whole result: children per parent. */
export interface PerParent {
  readonly key: readonly string[]
  readonly limit?: number | Slot
  readonly skip?: number | Slot
}

/**
 * What to find. Every part is frozen; a value may be a `Slot` only in the query of a `Shape`.
 * Without `order` rows come in ascending order of their ids. Nulls come first in ASC and last in DESC.
 */
export interface Query {
  readonly where?: Where
  readonly order?: readonly Order[]
  readonly limit?: number | Slot
  readonly skip?: number | Slot
  /** Keyset paging: values of the `order` paths (which end with the ids) of the last row already seen. */
  readonly after?: readonly unknown[]
  /** Names of the properties to return; the ids are returned whether named or not. */
  readonly columns?: readonly string[]
  readonly perParent?: PerParent
}

/** A query whose values are slots, with a key that is equal for equal shapes of one entity. */
export interface Shape {
  readonly key: string
  readonly query: Query
}
