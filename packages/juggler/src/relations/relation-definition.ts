import type { Join, Where } from '@reloop/connector'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import type { Filter } from '../filter/filter'
import type { PlainObject } from '../value/plain'

export type RelationType = 'belongsTo' | 'hasMany' | 'hasOne' | 'hasAndBelongsToMany' | 'referencesMany' | 'embedsOne' | 'embedsMany'

/** The other side of a relation, as conditions across it need it. */
export interface JoinTarget {
  readonly model: ModelRuntime
  /** @param also further conditions on the other side and on the rows between */
  readonly join: (also?: { readonly where?: Where; readonly between?: Where }) => Join
}

/** How the rows of a relation are loaded. */
export type RelationKind = 'one' | 'many' | 'through' | 'references' | 'polymorphic' | 'embedsOne' | 'embedsMany'

/** The rows between two models: which of their properties hold the keys of either side. */
export interface ThroughTarget {
  readonly model: ModelRuntime
  readonly from: string
  readonly to: string
  readonly where?: PlainObject
}

/** A relation of a model, as LoopBack shows it, with what the layer needs of it. */
export interface RelationDefinition {
  readonly name: string
  readonly type: RelationType
  readonly multiple: boolean
  readonly embed: boolean
  readonly modelFrom: unknown
  readonly modelTo: unknown
  readonly keyFrom: string
  readonly keyTo: string
  readonly modelThrough?: unknown
  readonly keyThrough?: string
  readonly options: PlainObject
  readonly scope?: unknown
  readonly properties?: unknown
  readonly polymorphic?: { readonly foreignKey: string; readonly discriminator: string; readonly as?: string }
  readonly methods?: unknown
  readonly kind: RelationKind
  /** Properties of the parents that including the relation needs. */
  readonly includeNeeds: readonly string[]
  /** The model on the other side; undefined for a polymorphic belongsTo. */
  target(): ModelRuntime | undefined
  targetOfType?(type: string): ModelRuntime | undefined
  throughTarget?(): ThroughTarget | undefined
  /** Takes data that was given under the relation's name when an instance was made. */
  take(instance: ModelInstance, value: unknown): void
  /** The other side, when conditions can reach it. */
  joinTarget(): JoinTarget | undefined
  /** The relation's own scope laid over a filter. */
  applyScope(instance: ModelInstance | null, filter: Filter): Filter
  toJSON(): PlainObject
}
