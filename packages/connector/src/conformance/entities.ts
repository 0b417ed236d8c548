import type { Capabilities } from '../capabilities'
import { defineEntity, type Entity, type PropertyType } from '../entity'

/** Most tests: given ids, names of columns that differ from those of the properties, one property of each frequent type. */
export const product = defineEntity({
  name: 'KitProduct',
  table: 'kit_product',
  properties: {
    id: { type: 'integer', id: true },
    name: { type: 'string', length: 500 },
    price: { type: 'number', column: 'unit_price' },
    stock: 'integer',
    active: 'boolean',
    createdAt: { type: 'date', column: 'created_at' },
    released: 'dateOnly',
    tags: { type: 'list', items: 'string' },
    ratings: { type: 'list', items: 'number' },
    details: { type: 'object', column: 'more_details' },
    brandId: { type: 'integer', column: 'brand' },
  },
})

/** The one side of products; words of SQL as names. */
export const brand = defineEntity({
  name: 'KitBrand',
  table: 'kit_brand',
  properties: { id: { type: 'integer', id: true }, group: 'string', order: { type: 'integer', column: 'select' } },
})

export const label = defineEntity({
  name: 'KitLabel',
  table: 'kit_label',
  properties: { id: { type: 'integer', id: true }, title: { type: 'string', column: 'label_title' } },
})

/** The table between products and labels. */
export const productLabel = defineEntity({
  name: 'KitProductLabel',
  table: 'kit_product_label',
  properties: {
    id: { type: 'integer', id: true },
    productId: { type: 'integer', column: 'product_id' },
    labelId: { type: 'integer', column: 'label_id' },
    primary: 'boolean',
  },
})

/** Ids that the store makes, of the type that it makes. */
export function noteOf({ generatedIds }: Capabilities): Entity {
  const type = generatedIds === 'string' ? 'string' : 'number'
  return defineEntity({
    name: 'KitNote',
    table: 'kit_note',
    properties: { id: { type, id: true, generated: generatedIds !== 'none' }, text: 'string', views: 'number' },
  })
}

/** Ids that are text. */
export const country = defineEntity({
  name: 'KitCountry',
  table: 'kit_country',
  properties: { code: { type: 'string', id: true, length: 200 }, name: 'string' },
})

/** Ids of two parts, in another order than the properties. */
export const booking = defineEntity({
  name: 'KitBooking',
  table: 'kit_booking',
  properties: { seat: { type: 'integer', id: 2 }, guest: 'string', flight: { type: 'string', id: 1, column: 'flight_no', length: 200 } },
})

/** A property and an index that refuse duplicates. */
export const account = defineEntity({
  name: 'KitAccount',
  table: 'kit_account',
  properties: {
    id: { type: 'integer', id: true },
    email: { type: 'string', unique: true, column: 'email_address', length: 200 },
    realm: { type: 'string', length: 200 },
    login: { type: 'string', length: 200 },
  },
  indexes: [
    {
      name: 'kit_account_realm_login',
      keys: [
        { property: 'realm', direction: 'ASC' },
        { property: 'login', direction: 'ASC' },
      ],
      unique: true,
    },
  ],
})

/** Rows of which only those that live, or that are of a kind, have to differ. */
export const member = defineEntity({
  name: 'KitMember',
  table: 'kit_member',
  properties: {
    id: { type: 'integer', id: true },
    name: { type: 'string', length: 200 },
    badge: { type: 'string', length: 200 },
    kind: { type: 'string', length: 200 },
    deletedAt: { type: 'date', column: 'deleted_at' },
  },
  indexes: [
    { name: 'kit_member_living', keys: [{ property: 'name', direction: 'ASC' }], unique: true, where: { deletedAt: null } },
    { name: 'kit_member_staff', keys: [{ property: 'badge', direction: 'ASC' }], unique: true, where: { kind: 'staff' } },
  ],
})

/** Rows with properties that nobody declared. */
export const openThing = defineEntity({
  name: 'KitOpen',
  table: 'kit_open',
  properties: { id: { type: 'integer', id: true }, name: 'string' },
  open: true,
})

interface SampleOptions {
  readonly items?: PropertyType
  readonly precision?: number
  readonly scale?: number
}

const samples = new Map<string, Entity>()

/** One property of a type; the same entity for the same type. */
export function sampleOf(type: PropertyType, { items, precision, scale }: SampleOptions = {}): Entity {
  const name = [type, items, precision].filter((part) => part !== undefined).join('_')
  let entity = samples.get(name)
  if (!entity) {
    const value = { type, ...(items && { items }), ...(precision && { precision, scale }) }
    entity = defineEntity({
      name: `KitSample_${name}`,
      table: `kit_sample_${name.toLowerCase()}`,
      properties: { id: { type: 'integer', id: true }, value },
    })
    samples.set(name, entity)
  }
  return entity
}

/** A place on the map. */
export const place = defineEntity({
  name: 'KitPlace',
  table: 'kit_place',
  properties: { id: { type: 'integer', id: true }, name: 'string', location: 'geopoint' },
})

/** Nothing but an id. */
export const nothingMore = defineEntity({ name: 'KitIdOnly', table: 'kit_id_only', properties: { id: { type: 'integer', id: true } } })
