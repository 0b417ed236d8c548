// Entities of TypeORM, by the data mapper.
const { load } = require('../database.cjs')

exports.open = async (file) => {
  load('reflect-metadata')
  const { DataSource, EntitySchema, In } = load('typeorm')
  const list = { to: (value) => JSON.stringify(value), from: (value) => JSON.parse(value) }
  const date = { to: (value) => value?.getTime?.() ?? value, from: (value) => new Date(value) }
  class Product {}
  class Category {}
  const products = new EntitySchema({
    name: 'Product',
    target: Product,
    tableName: 'Product',
    columns: {
      id: { type: 'integer', primary: true, generated: true },
      name: { type: 'text' },
      price: { type: 'real' },
      tags: { type: 'text', transformer: list },
      createdAt: { type: 'integer', transformer: date },
      categoryId: { type: 'integer', nullable: true },
    },
    relations: { category: { type: 'many-to-one', target: 'Category', joinColumn: { name: 'categoryId' }, inverseSide: 'products' } },
  })
  const categories = new EntitySchema({
    name: 'Category',
    target: Category,
    tableName: 'Category',
    columns: { id: { type: 'integer', primary: true, generated: true }, name: { type: 'text' } },
    relations: { products: { type: 'one-to-many', target: 'Product', inverseSide: 'category' } },
  })
  const source = await new DataSource({
    type: 'better-sqlite3',
    driver: load('better-sqlite3'),
    database: file,
    entities: [products, categories],
  }).initialize()
  const repository = source.getRepository(Product)
  const parents = source.getRepository(Category)
  return {
    D1: (id) => repository.findOneBy({ id }),
    D2: (row) => repository.save(repository.create(row)),
    async D2b(rows) {
      await repository.save(
        rows.map((row) => repository.create(row)),
        { chunk: 1000 },
      )
    },
    D3: () => repository.find({ order: { id: 'ASC' }, take: 1000 }),
    async D4() {
      const found = await parents.find({ order: { id: 'ASC' }, take: 100 })
      const byParent = new Map(found.map((parent) => [parent.id, ((parent.products = []), parent)]))
      for (const row of await repository.findBy({ categoryId: In([...byParent.keys()]) })) byParent.get(row.categoryId).products.push(row)
      return found
    },
    D5: (id, price) => repository.update({ id }, { price }),
    count: () => repository.count(),
  }
}
