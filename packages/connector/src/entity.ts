/** What a store needs to know of a property's type. Names of models become `object`, lists become `list`. */
export type PropertyType =
  | 'string'
  | 'text'
  | 'number'
  | 'integer'
  | 'bigint'
  | 'decimal'
  | 'boolean'
  | 'date' // a JavaScript Date
  | 'dateOnly' // 'YYYY-MM-DD'
  | 'buffer'
  | 'geopoint'
  | 'object'
  | 'list'
  | 'any'

export interface EntityProperty {
  readonly name: string
  /** Name in the store. @default name */
  readonly column: string
  readonly type: PropertyType
  /** Type of the elements when type is `list`. */
  readonly items?: PropertyType
  /** Position in the key, from 1; left out when the property is no id. */
  readonly id?: number
  /** The store makes the value on insert. @default false */
  readonly generated: boolean
  /** @default false */
  readonly required: boolean
  readonly unique: boolean
  readonly index: boolean
  readonly length?: number
  readonly precision?: number
  readonly scale?: number
  /** Value that the store fills in, from the connector's own block of the property. */
  readonly storeDefault?: unknown
  /** The block of the property named after the connector, e.g. `postgresql: { dataType: 'citext' }`. */
  readonly native: Readonly<Record<string, unknown>>
}

export interface EntityIndex {
  readonly name: string
  readonly keys: readonly { readonly property: string; readonly direction: 'ASC' | 'DESC' }[]
  readonly unique: boolean
  /** Rows that are in the index, by values that they have: `{ deletedAt: null }`. Left out: all. */
  readonly where?: IndexWhere
  readonly native: Readonly<Record<string, unknown>>
}

/** Constants that properties equal; null stands for no value. */
export type IndexWhere = Readonly<Record<string, string | number | boolean | null>>

/** A foreign key as the store may enforce it. */
export interface EntityForeignKey {
  readonly name: string
  readonly properties: readonly string[]
  readonly references: { readonly table: string; readonly columns: readonly string[] }
  readonly onDelete?: string
  readonly onUpdate?: string
}

/** A model as a store sees it. Made by `defineEntity`, frozen; a changed model is a new entity. */
export interface Entity {
  readonly name: string
  /** Name in the store. @default name */
  readonly table: string
  readonly schema?: string
  readonly properties: readonly EntityProperty[]
  readonly byName: ReadonlyMap<string, EntityProperty>
  /** In key order. */
  readonly ids: readonly EntityProperty[]
  readonly indexes: readonly EntityIndex[]
  readonly foreignKeys: readonly EntityForeignKey[]
  /** Whether rows may hold properties that are not declared. */
  readonly open: boolean
  readonly native: Readonly<Record<string, unknown>>
}

/** What `defineEntity` takes: everything but names and types may be left out. */
export interface EntityDefinition {
  readonly name: string
  readonly table?: string
  readonly schema?: string
  readonly properties: Readonly<
    Record<
      string,
      PropertyType | (Partial<Omit<EntityProperty, 'name' | 'id'>> & { readonly type: PropertyType; readonly id?: number | boolean })
    >
  >
  readonly indexes?: readonly (Partial<EntityIndex> & Pick<EntityIndex, 'name' | 'keys'>)[]
  readonly foreignKeys?: readonly EntityForeignKey[]
  readonly open?: boolean
  readonly native?: Readonly<Record<string, unknown>>
}

const none = Object.freeze({})

/**
 * Describes a model to a store, with every default filled in.
 *
 * @param definition name and properties; `{ id: 'number' }` is short for `{ id: { type: 'number' } }`
 * @returns the frozen entity
 * @example
 * const product = defineEntity({ name: 'Product', properties: { id: { type: 'number', id: true, generated: true }, name: 'string' } })
 */
export function defineEntity(definition: EntityDefinition): Entity {
  const properties = Object.freeze(Object.entries(definition.properties).map(([name, given]) => defineProperty(name, given)))
  const ids = properties.filter((property) => property.id !== undefined).sort((a, b) => a.id! - b.id!)
  return Object.freeze({
    name: definition.name,
    table: definition.table ?? definition.name,
    schema: definition.schema,
    properties,
    byName: new Map(properties.map((property) => [property.name, property])),
    ids: Object.freeze(ids),
    indexes: Object.freeze(
      (definition.indexes ?? []).map((index) =>
        Object.freeze({ unique: false, native: none, ...index, ...(index.where && { where: Object.freeze({ ...index.where }) }) }),
      ),
    ),
    foreignKeys: Object.freeze([...(definition.foreignKeys ?? [])]),
    open: definition.open ?? false,
    native: definition.native ?? none,
  })
}

function defineProperty(name: string, given: EntityDefinition['properties'][string]): EntityProperty {
  const options = typeof given === 'string' ? { type: given } : given
  return Object.freeze({
    column: name,
    generated: false,
    required: false,
    unique: false,
    index: false,
    native: none,
    ...options,
    name,
    id: options.id === true ? 1 : options.id || undefined,
  })
}
