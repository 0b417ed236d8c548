// Models with instances and hooks machinery, as an application has them.
const { DataSource } = require('@reloop/juggler')

exports.open = async (file) => {
  const db = new DataSource({ name: 'db', connector: 'sqlite', file })
  const Product = db.createModel(
    'Product',
    {
      id: { type: 'number', id: true, generated: true },
      name: { type: 'string', required: true },
      price: 'number',
      tags: ['string'],
      createdAt: 'date',
      categoryId: 'number',
    },
    { forceId: false },
  )
  const Category = db.createModel('Category', { id: { type: 'number', id: true, generated: true }, name: 'string' })
  Category.hasMany(Product, { as: 'products', foreignKey: 'categoryId' })
  return {
    D1: (id) => Product.findById(id),
    D2: (row) => Product.create(row),
    D2b: (rows) => Product.create(rows),
    D3: () => Product.find({ order: 'id', limit: 1000 }),
    D4: () => Category.find({ order: 'id', limit: 100, include: 'products' }),
    D5: (id, price) => Product.updateAll({ id }, { price }),
    count: () => Product.count(),
  }
}
