/** Atomic change operators beside plain `set`. */
export const changeOperators = Object.freeze(['inc', 'mul', 'min', 'max', 'push', 'pull', 'addToSet', 'unset'] as const)

export type ChangeOperator = (typeof changeOperators)[number]

/** What a store can do by itself. What it cannot, the layer above composes from the five verbs. */
export interface Capabilities {
  /** Rows are in tables of a relational database: models are closed (strict) by default. @default false */
  readonly relational: boolean
  /** Type of generated ids. @default 'number' */
  readonly generatedIds: 'number' | 'string' | 'none'
  /** Evaluates `related` in where and `join` in order. Else: two steps, with the keys in between. @default false */
  readonly related: boolean
  /** Evaluates `not`. Else: the tree is rewritten with opposite operators. @default true */
  readonly not: boolean
  /** Paths longer than one part in where and order. @default true */
  readonly nestedPaths: boolean
  /** Limits children per parent in one query. Else: all children are read and cut. @default false */
  readonly perParent: boolean
  /** Keyset paging through `after`. Else: rewritten as a where. @default true */
  readonly keyset: boolean
  /** `near` with its order. Else: a bounding box and a sort above. @default false */
  readonly near: boolean
  /** Change operators that are atomic in the store. Else: read and write in a transaction, if there is one. @default [] */
  readonly change: readonly ChangeOperator[]
  /** `begin` works, and whether it nests by savepoints. @default 'none' */
  readonly transactions: 'none' | 'flat' | 'savepoints'
  /** A `unique` property or index refuses a duplicate, also under races. @default false */
  readonly unique: boolean
  /** A unique index may be over some rows only, by `where`. @default as `unique` */
  readonly partialUnique: boolean
  /** Rows may hold properties that are not declared. @default false */
  readonly open: boolean
  /** Most values that one statement can bind; longer lists are sent in chunks. @default Infinity */
  readonly maxValues: number
}

const defaults: Capabilities = Object.freeze({
  relational: false,
  generatedIds: 'number',
  related: false,
  not: true,
  nestedPaths: true,
  perParent: false,
  keyset: true,
  near: false,
  change: Object.freeze([]),
  transactions: 'none',
  unique: false,
  partialUnique: false,
  open: false,
  maxValues: Infinity,
})

/**
 * Completes a connector's capabilities with the defaults.
 *
 * @param given what differs from the defaults
 * @example capabilities({ relational: true, transactions: 'savepoints' })
 */
export function capabilities(given: Partial<Capabilities> = {}): Capabilities {
  return Object.freeze({ ...defaults, partialUnique: given.unique ?? false, ...given })
}
