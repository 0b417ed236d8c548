/** Key of the member that carries a class's definition in the type; there is nothing under it at run time. */
export declare const kDefinition: unique symbol

/** Any class that `defineModel` made, whatever its definition. */
export interface DefinedModel {
  readonly [kDefinition]: unknown
}

/** Names of the built-in property types; case does not matter to them. Every other name is that of a model. */
export type PropertyTypeName =
  | 'string'
  | 'text'
  | 'number'
  | 'integer'
  | 'bigint'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'dateString'
  | 'dateOnly'
  | 'buffer'
  | 'binary'
  | 'geopoint'
  | 'object'
  | 'array'
  | 'json'
  | 'any'

type TypeConstructor =
  | StringConstructor
  | NumberConstructor
  | BooleanConstructor
  | DateConstructor
  | ArrayConstructor
  | ObjectConstructor
  | BufferConstructor
  | DefinedModel

/** A property: the name of a type, a list `[type]`, a type with options, or properties of an embedded object. */
export type PropertyDefinition =
  | PropertyTypeName
  | (string & NonNullable<unknown>)
  | TypeConstructor
  | readonly []
  | readonly [PropertyDefinition]
  | PropertyOptions
  | { readonly [name: string]: PropertyDefinition }

/** A type with what is said about it. Blocks named after a connector (`mysql: { columnName }`) may stand beside these. */
export interface PropertyOptions {
  /** @default 'any' */
  readonly type?: PropertyDefinition
  /** Part of the key; a number is the position in a composite one. @default false */
  readonly id?: boolean | number
  /** The store makes the value. @default false */
  readonly generated?: boolean
  /** Must have a value; an object is the options of the presence validation. @default false */
  readonly required?: boolean | object
  /** Value of new instances, or a function that makes it; `'$now'` for dates. */
  readonly default?: unknown
  /** Named function that makes the value of new instances. */
  readonly defaultFn?: 'guid' | 'uuid' | 'uuidv4' | 'now' | 'shortid' | 'nanoid' | (string & NonNullable<unknown>)
  readonly index?: boolean | object
  readonly unique?: boolean
  /** Which of `$inc`, `$mul`, `$min`, `$max`, `$push`, `$pull`, `$addToSet`, `$unset` a change may use; true for all. @default none */
  readonly operators?: boolean | readonly string[]
  readonly length?: number
  readonly precision?: number
  readonly scale?: number
  readonly description?: string | readonly string[]
}

export type RelationType = 'belongsTo' | 'hasOne' | 'hasMany' | 'hasAndBelongsToMany' | 'referencesMany' | 'embedsOne' | 'embedsMany'

/** A relation to another model, as it stands in `relations`. */
export interface RelationDefinition {
  readonly type: RelationType
  /** Name or class of the other model; a polymorphic belongsTo has none. */
  readonly model?: string | DefinedModel
  /** @default belongsTo: `<relation>Id`; hasMany and hasOne: `<this model>Id`, on the other model */
  readonly foreignKey?: string
  readonly primaryKey?: string
  /** The model in between. */
  readonly through?: string | DefinedModel
  readonly keyThrough?: string
  /** Where embedded data is stored. */
  readonly property?: string
  readonly polymorphic?: boolean | string | object
  /** Filter of every query over the relation. */
  readonly scope?: unknown
  readonly properties?: unknown
  readonly options?: object
}

/** What a model file holds and `defineModel` takes. Blocks named after a connector may stand beside these. */
export interface Definition {
  readonly properties?: { readonly [name: string]: PropertyDefinition | null | false }
  readonly relations?: { readonly [name: string]: RelationDefinition }
  /** Model whose properties, relations and settings this one has too; a property set to null or false is taken away. */
  readonly base?: string | Definition | DefinedModel
  /** Adds a generated `id` when no property is one. @default true */
  readonly idInjection?: boolean
  readonly forceId?: boolean | 'auto'
  readonly strict?: boolean | 'validate' | 'throw' | 'filter'
  readonly plural?: string
  readonly http?: object
  readonly description?: string | readonly string[]
  /** Left out of every output. */
  readonly hidden?: readonly string[]
  /** Left out of output nested in that of another model. */
  readonly protected?: readonly string[]
  /** Filter of every query of the model. */
  readonly scope?: unknown
  readonly scopes?: { readonly [name: string]: unknown }
  readonly mixins?: object
  readonly indexes?: object
  readonly foreignKeys?: object
  readonly acls?: readonly object[]
  readonly methods?: object
  readonly validations?: readonly unknown[]
  readonly validateUpsert?: boolean
  readonly automaticValidation?: boolean
  readonly options?: object
}
