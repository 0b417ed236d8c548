import { defineModel } from '@reloop/juggler'

export const product = {
  properties: {
    id: { type: 'number', id: true, generated: true },
    name: { type: 'string', required: true },
    price: { type: 'number', default: 0 },
    sold: 'boolean',
    serial: 'bigint',
    weight: 'Decimal',
    born: 'date',
    place: 'GeoPoint',
    tags: ['string'],
    address: { street: 'string', zip: { type: 'string', required: true } },
    extra: 'any',
    maker: 'TypesMaker',
    secret: String,
  },
  relations: {
    category: { type: 'belongsTo', model: 'TypesCategory' },
    stranger: { type: 'belongsTo', model: 'NobodyKnows' },
    parts: { type: 'hasMany', model: 'TypesPart', foreignKey: 'productId' },
  },
  hidden: ['secret'],
} as const

export const Product = defineModel('TypesProduct', product)

/** Related to products, as products are to it. */
export const Category = defineModel('TypesCategory', {
  properties: { id: { type: 'string', id: true }, title: { type: 'string', required: true }, note: 'string' },
  relations: {
    products: { type: 'hasMany', model: 'TypesProduct' },
    parent: { type: 'belongsTo', model: 'TypesCategory' },
  },
  protected: ['note'],
})

export const Part = defineModel('TypesPart', {
  properties: { name: { type: 'string', required: true } },
  relations: { product: { type: 'belongsTo', model: 'TypesProduct' } },
})

/** Knows its categories by the class instead of a name. */
export const Shelf = defineModel('TypesShelf', {
  base: Part,
  properties: { meters: { type: 'number', required: true }, name: { type: 'string' } },
  relations: { categories: { type: 'referencesMany', model: Category, foreignKey: 'categoryIds' } },
})

declare module '@reloop/juggler' {
  interface Models {
    TypesProduct: typeof Product
    TypesCategory: typeof Category
    TypesPart: typeof Part
    /** As a generated file says it: literals only. */
    TypesMaker: { properties: { id: { type: 'number'; id: true; generated: true }; city: { type: 'string'; required: true } } }
  }
}
