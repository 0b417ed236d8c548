// The original, over its own SQLite connector.
const { load } = require('../database.cjs')

exports.open = async (file) => {
  const { DataSource } = load('loopback-datasource-juggler')
  const db = new DataSource({ connector: load('loopback-connector-sqlite3'), file_name: file, file })
  await new Promise((resolve, reject) => db.once('connected', resolve).once('error', reject))
  const columns = { sqlite3: { tableName: 'Product' } }
  const Product = db.createModel(
    'Product',
    {
      id: { type: Number, id: true, generated: true },
      name: { type: String, required: true, sqlite3: { columnName: 'name' } },
      price: Number,
      tags: [String],
      createdAt: { type: Date, sqlite3: { columnName: 'createdAt' } },
      categoryId: { type: Number, sqlite3: { columnName: 'categoryId' } },
    },
    { forceId: false, ...columns },
  )
  const Category = db.createModel(
    'Category',
    { id: { type: Number, id: true, generated: true }, name: String },
    { sqlite3: { tableName: 'Category' } },
  )
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
