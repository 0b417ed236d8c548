import type { Entity } from '@reloop/connector'
import type { ModelRuntime } from '../model/runtime'
import type { PlainObject } from '../value/plain'
import type { Kind } from './property-types'

/** How values of a property enter, rest in the store, and come back. */
export interface Codec {
  readonly kind: Kind
  /** Gives an assigned value the type; what can not have it is kept or thrown at, as the profile says. Never sees null or undefined. */
  readonly assign: (value: unknown, parent?: unknown) => unknown
  /** What is wrong with a value after `assign`, or undefined. Never sees null or undefined. */
  readonly problem: (value: unknown) => string | undefined
  /** Whether values are objects, which an instance must copy before it hands them out. */
  readonly complex: boolean
  /** From the connector's read-only value to the instance's own. */
  readonly hydrate: (value: unknown, parent?: unknown) => unknown
  /** From the instance's value to one that is given away to the connector. */
  readonly store: (value: unknown) => unknown
  /** From the connector's value to its form in a reply, when that differs. */
  readonly wire?: (value: unknown) => unknown
  /** Whether embedded instances are in it. */
  readonly nested?: boolean
  /** Elements of a list. */
  readonly items?: Codec
  /** The class of an embedded model, resolved when asked. */
  readonly model?: () => ModelRuntime | undefined
}

export interface CompiledProperty extends Codec {
  readonly name: string
  readonly id?: number
  readonly generated: boolean
  readonly required: boolean
  readonly hidden: boolean
  readonly protected: boolean
  /** Makes the default value of a new instance. */
  readonly makeDefault?: () => unknown
  readonly persistDefault: boolean
  readonly applyDefaultOnWrites: boolean
  readonly updateOnly: boolean
  /** The outward definition it was compiled from. */
  readonly source: PlainObject
}

/** Which property says when a row was deleted, and the relations whose rows go with it. */
export interface SoftDelete {
  readonly property: string
  readonly cascade: boolean | readonly string[]
  /** How long rows stay once they are marked, in milliseconds. */
  readonly purgeAfter: number
}

export type StrictMode = false | 'filter' | 'validate' | 'throw'

/** Everything of a model that operations need, made once and again when something changed. */
export interface Compiled {
  readonly properties: readonly CompiledProperty[]
  readonly byName: ReadonlyMap<string, CompiledProperty>
  readonly ids: readonly CompiledProperty[]
  /** The only id, when there is exactly one. */
  readonly id?: CompiledProperty
  readonly defaults: readonly CompiledProperty[]
  readonly complex: readonly CompiledProperty[]
  readonly entity: Entity
  readonly strict: StrictMode
  /** Whether undeclared properties are kept. */
  readonly open: boolean
  readonly hidden: ReadonlySet<string>
  readonly protectedNames: ReadonlySet<string>
  /** The default scope, a filter or a function, when there is one. */
  readonly scope?: unknown
  /** Values or function forced on every write; false switches those of the scope off. */
  readonly enforced?: unknown
  readonly forceId: boolean
  /** Rows are marked as deleted instead of removed. */
  readonly softDelete?: SoftDelete
  readonly persistUndefinedAsNull: boolean
  readonly updateOnLoad: boolean
  readonly applyDefaultsOnReads: boolean
  readonly strictDelete: boolean
  readonly automaticValidation?: boolean
  readonly validateUpsert?: boolean
  readonly normalizeUndefined: 'ignore' | 'nullify' | 'throw'
}
