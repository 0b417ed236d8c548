import { defineModel } from '../../packages/juggler/src/define-model'

const Category = defineModel('Category', {
  properties: { id: { type: 'string', id: true }, title: { type: 'string', required: true } },
  relations: { products: { type: 'hasMany', model: 'Product' } },
})

const Product = defineModel('Product', {
  properties: {
    id: { type: 'number', id: true, generated: true },
    name: { type: 'string', required: true },
    price: { type: 'number', default: 0 },
    tags: ['string'],
  },
  relations: { category: { type: 'belongsTo', model: 'Category' } },
})

declare module '../../packages/juggler/src/types/models' {
  interface Models {
    Category: typeof Category
    Product: typeof Product
  }
}

export async function use(): Promise<(string | undefined)[]> {
  await Product.create({ name: 'Lamp' })
  const [lamp] = await Product.find({ where: { price: { lt: 10 }, 'category.title': 'Light' }, order: 'price DESC', include: ['category'] })
  const light = await Category.findById('light', { include: { products: 'category' } })
  return [lamp?.category()?.title, lamp?.toJSON().category?.title, light?.products()[0]?.name]
}
