import { and, compare, not, plainCall, related, type Query } from '@reloop/connector'
import { category, product } from '../fixtures/shop'
import { openStore } from '../fixtures/store'

const columns = '"id", "name", "unitprice", "tags", "madeat", "categoryid"'
const toCategory = { entity: category, from: ['categoryId'], to: ['id'] }
const { store, said } = openStore()

/** Text stated, then run: a text that SQLite does not take fails here as one that is not as stated. */
const shapes: readonly (readonly [string, Query, string])[] = [
  [
    'a row by its id needs neither order nor limit',
    { where: compare('id', 'eq', 1), limit: 1 },
    `select ${columns} from "product" where "id" = ?`,
  ],
  [
    'rows by a list have one place for any length',
    { where: compare('id', 'inq', [1, 2]) },
    `select ${columns} from "product" where "id" in (select value from json_each(?)) order by "id" asc`,
  ],
  [
    'neq keeps nulls',
    { where: compare('name', 'neq', 'a') },
    `select ${columns} from "product" where ("name" = ?) is not true order by "id" asc`,
  ],
  [
    'limit and skip are bound in a way that does not prepare the statement anew',
    { order: [{ path: ['unitPrice'], direction: 'DESC' }], limit: 10, skip: 20 },
    `select ${columns} from "product" order by "unitprice" desc limit (? + 0) offset (? + 0)`,
  ],
  [
    'text is matched by GLOB, which regards case and is answered by an index',
    { where: and([compare('name', 'startsWith', 'a%'), compare('name', 'ilike', '%b')]), columns: ['name'] },
    `select "id", "name" from "product" where "name" glob ? and "name" like ? escape '\\' order by "id" asc`,
  ],
  [
    'columns have the name of their table beside a list that is opened',
    { where: compare('tags', 'eq', 'x'), columns: [] },
    `select "product"."id" from "product" where exists (select 1 from json_each("product"."tags") "~item" where "~item".type <> 'null' and "~item".type = 'text' and "~item".value = ?) order by "product"."id" asc`,
  ],
  [
    'related rows are asked for by EXISTS',
    { where: not(related(toCategory, 'some', compare('title', 'eq', 'x'))), columns: [] },
    `select "product"."id" from "product" where (exists (select 1 from "category" "~1" where "~1"."id" = "product"."categoryid" and "~1"."title" = ?)) is not true order by "product"."id" asc`,
  ],
  [
    'order by a row reached by its id is a join',
    { order: [{ path: ['title'], direction: 'ASC', join: toCategory }], columns: [] },
    `select "product"."id" from "product" left join "category" "~1" on "~1"."id" = "product"."categoryid" order by "~1"."title" asc`,
  ],
  [
    'order by one of several rows looks one value up',
    { order: [{ path: ['title'], direction: 'DESC', join: { entity: category, from: ['name'], to: ['title'] } }], columns: [] },
    `select "product"."id" from "product" order by (select "~1"."title" from "category" "~1" where "~1"."title" = "product"."name" limit (? + 0)) desc`,
  ],
]

beforeAll(() => store.migrate({ entities: [category, product], mode: 'recreate' }))
beforeEach(() => void said.splice(0))

describe('statements of SQLite', () => {
  it.each(shapes)('%s', async (_title, query, text) => {
    await store.find({ entity: product, query }, plainCall)
    expect(said).toEqual([text])
  })

  it('insert one row without asking for the id that the database tells anyway', async () => {
    await store.insert({ entity: category, rows: [{ title: 'a' }] }, plainCall)
    expect(said).toEqual(['insert into "category" ("title") values (?)'])
  })

  it('insert a thousand rows with one statement, and more in a transaction', async () => {
    const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ title: `t${index}` }))
    await store.insert({ entity: category, rows: rows(1000) }, plainCall)
    expect(said).toHaveLength(1)
    said.splice(0)
    await store.insert({ entity: category, rows: rows(2500) }, plainCall)
    expect(said.map((text) => text.split(' ')[0])).toEqual(['begin', 'insert', 'insert', 'insert', 'commit'])
  })

  it('insert rows that state different properties with one statement for each kind', async () => {
    await store.insert({ entity: product, rows: [{ name: 'a' }, { unitPrice: 1 }, { name: 'b' }] }, plainCall)
    expect(said).toEqual([
      'begin',
      'insert into "product" ("name") values (?), (?) returning "id", "unitprice", "tags", "madeat", "categoryid"',
      'insert into "product" ("unitprice") values (?) returning "id", "name", "tags", "madeat", "categoryid"',
      'commit',
    ])
  })

  it('change values in place', async () => {
    await store.update(
      { entity: product, where: compare('id', 'eq', 1), change: { inc: { unitPrice: 1 }, max: { madeAt: new Date(0) } } },
      plainCall,
    )
    expect(said).toEqual([
      `update "product" set "unitprice" = coalesce("unitprice", 0) + ?, "madeat" = case when "madeat" is null or ? > "madeat" then ? else "madeat" end where "id" = ?`,
    ])
  })

  it('count what an update of nothing would have changed', async () => {
    expect(await store.update({ entity: product, where: compare('id', 'eq', 1), change: { set: {} } }, plainCall)).toEqual({ count: 1 })
    expect(said).toEqual(['select count(*) from "product" where "id" = ?'])
  })

  it('compare a page over several columns as a tuple', async () => {
    const order = ['title', 'id'].map((name) => ({ path: [name], direction: 'ASC' as const }))
    await store.find({ entity: category, query: { order, after: ['a', 1], limit: 2 } }, plainCall)
    expect(said).toEqual([
      'select "id", "title" from "category" where ("title", "id") > (?, ?) order by "title" asc, "id" asc limit (? + 0)',
    ])
  })
})
