import { defineEntity, plainCall, type Row } from '@reloop/connector'
import { createMemoryConnector, type MemoryConnector } from '../src/index'

export const product = defineEntity({
  name: 'Product',
  properties: {
    id: { type: 'number', id: true, generated: true },
    name: 'string',
    sku: { type: 'string', unique: true },
    shop: { type: 'string', index: true },
    price: 'number',
    tags: { type: 'list', items: 'string' },
    createdAt: 'date',
  },
  indexes: [
    {
      name: 'shelf',
      unique: true,
      keys: [
        { property: 'shop', direction: 'ASC' },
        { property: 'name', direction: 'ASC' },
      ],
    },
  ],
})

export const review = defineEntity({
  name: 'Review',
  properties: { id: { type: 'number', id: true, generated: true }, productId: 'number', stars: 'number' },
})

/** A store that holds rows of products already. */
export function storeWith(rows: readonly Row[]): MemoryConnector {
  const store = createMemoryConnector()
  store.define(product)
  if (rows.length > 0) void store.insert({ entity: product, rows }, plainCall)
  return store
}
