// Data sources and models
export { DataSource } from './data-source/data-source'
export { Transaction } from './data-source/legacy-transaction'
export { KeyValueAccessObject } from './data-source/legacy-key-value'
export { ModelBuilder } from './model/registry'
export { ModelBaseClass } from './model/model-base-class'
export { defineModel } from './define-model'
export { runtimeOf, type Has, type ModelRuntime } from './model/runtime'

// What stored models get
export { persistedPrototype, persistedStatics } from './legacy'

// Values
export { GeoPoint, type DistanceUnit, type PointLike } from './value/geo-point'
export { List } from './value/list'
export { Any, DateOnly, DateString, Decimal, Integer, Json, Text } from './value/markers'

// Validation and errors
export { ValidationError, type ValidationDetails } from './validation/validation-error'
export { errors } from './errors'

// Seams
export { kGuard } from './symbols'
export { matchWhere, type MatchWhereOptions } from './filter/match-where'
export type { Guard, GuardAction, GuardAllowed, GuardAnswer, GuardHop, JugglerOptions } from './model/options'
export type { Rows, WireRow } from './model/rows'
export type { ModelConstructor, ModelInstance, InstanceOptions } from './model/types'
export { flags, type JugglerFlags } from './compat'
export { defaultLimits, type GivenLimits, type Limits } from './limits'

// Types of models
export type { Models } from './types/models'
export type {
  Definition,
  PropertyDefinition,
  PropertyOptions,
  PropertyTypeName,
  RelationDefinition,
  RelationType,
} from './types/definition'
export type { Data, DefinitionOf, IdOf, NestedData, NewData, Patch, Value } from './types/infer'
export type { AggregateFor, AggregateValue, GroupOf, GroupRow, PageOf } from './types/query'
export type { Condition, Where } from './types/where'
export type { Fields, Filter, Include, Order, OrderKey } from './types/filter'
export type { Instance, JsonOf } from './types/instance'
export type { Callback, ToMany, ToManyLinked, ToOne } from './types/accessors'
export type { HookContexts, Next, Observer } from './types/hooks'
export type { Model, ModelClass } from './types/model-class'
