// The base: better-sqlite3 with prepared statements, and rows turned into what they mean.
const { fromColumns, load, toColumns } = require('../database.cjs')

exports.open = (file) => {
  const database = load('better-sqlite3')(file)
  const byId = database.prepare('select * from "Product" where "id" = ?')
  const first = database.prepare('select * from "Product" order by "id" limit 1000')
  const parents = database.prepare('select * from "Category" order by "id" limit 100')
  const children = database.prepare(`select * from "Product" where "categoryId" in (${Array(100).fill('?').join(', ')})`)
  const change = database.prepare('update "Product" set "price" = ? where "id" = ?')
  const names = ['name', 'price', 'tags', 'createdAt', 'categoryId']
  const insert = (count) => {
    const row = `(${names.map(() => '?').join(', ')})`
    return database.prepare(
      `insert into "Product" (${names.map((name) => `"${name}"`).join(', ')}) values ${Array(count).fill(row).join(', ')}`,
    )
  }
  const one = insert(1)
  const many = insert(1000)
  const values = (row) => {
    const columns = toColumns(row)
    return names.map((name) => columns[name])
  }
  return {
    D1: (id) => fromColumns(byId.get(id)),
    D2: (row) => one.run(values(row)),
    D2b(rows) {
      for (let at = 0; at < rows.length; at += 1000) many.run(rows.slice(at, at + 1000).flatMap(values))
    },
    D3: () => first.all().map(fromColumns),
    D4() {
      const found = parents.all()
      const byParent = new Map(found.map((parent) => [parent.id, ((parent.products = []), parent)]))
      for (const row of children.all(...byParent.keys())) byParent.get(row.categoryId).products.push(fromColumns(row))
      return found
    },
    D5: (id, price) => change.run(price, id),
    count: () => database.prepare('select count(*) as n from "Product"').get().n,
  }
}
