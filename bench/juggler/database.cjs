const { createRequire } = require('node:module')
const { join } = require('node:path')
const { categories, products } = require('./rows.cjs')

const ofPeers = createRequire(join(process.env.BENCH_PEERS, 'package.json'))

/** Loads a package of the peers; the driver is the same build for all. */
const load = (name) => (name === 'better-sqlite3' ? require(name) : ofPeers(name))

const schema = `
  create table "Category" ("id" integer primary key autoincrement, "name" text not null);
  create table "Product" ("id" integer primary key autoincrement, "name" text not null, "price" real, "tags" text, "createdAt" datetime, "categoryId" integer);
  create index "Product_categoryId" on "Product" ("categoryId");
`

/** The same file for every peer: two tables, filled. */
function fill(file) {
  const database = load('better-sqlite3')(file)
  database.pragma('journal_mode = wal')
  database.exec(schema)
  const addCategory = database.prepare('insert into "Category" ("id", "name") values (@id, @name)')
  const addProduct = database.prepare('insert into "Product" values (@id, @name, @price, @tags, @createdAt, @categoryId)')
  database.transaction(() => {
    for (const category of categories) addCategory.run(category)
    for (const product of products) addProduct.run(toColumns(product))
  })()
  database.close()
}

/** A product as its columns hold it. */
function toColumns({ tags, createdAt, ...rest }) {
  return { ...rest, tags: JSON.stringify(tags), createdAt: createdAt.getTime() }
}

/** A product of its columns. */
function fromColumns(row) {
  row.tags = JSON.parse(row.tags)
  row.createdAt = new Date(row.createdAt)
  return row
}

module.exports = { fill, fromColumns, load, toColumns }
