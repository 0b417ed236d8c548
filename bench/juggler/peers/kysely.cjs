// A query builder: rows without instances.
const { fromColumns, load, toColumns } = require('../database.cjs')

exports.open = (file) => {
  const { Kysely, SqliteDialect } = load('kysely')
  const database = load('better-sqlite3')(file)
  const db = new Kysely({ dialect: new SqliteDialect({ database }) })
  return {
    D1: async (id) => fromColumns(await db.selectFrom('Product').selectAll().where('id', '=', id).executeTakeFirst()),
    D2: (row) => db.insertInto('Product').values(toColumns(row)).execute(),
    async D2b(rows) {
      for (let at = 0; at < rows.length; at += 1000)
        await db
          .insertInto('Product')
          .values(rows.slice(at, at + 1000).map(toColumns))
          .execute()
    },
    D3: async () => (await db.selectFrom('Product').selectAll().orderBy('id').limit(1000).execute()).map(fromColumns),
    async D4() {
      const found = await db.selectFrom('Category').selectAll().orderBy('id').limit(100).execute()
      const byParent = new Map(found.map((parent) => [parent.id, ((parent.products = []), parent)]))
      const rows = await db
        .selectFrom('Product')
        .selectAll()
        .where('categoryId', 'in', [...byParent.keys()])
        .execute()
      for (const row of rows) byParent.get(row.categoryId).products.push(fromColumns(row))
      return found
    },
    D5: (id, price) => db.updateTable('Product').set({ price }).where('id', '=', id).execute(),
    count: async () => database.prepare('select count(*) as n from "Product"').get().n,
  }
}
