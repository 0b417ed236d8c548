import { and, compare, not, plainCall, related, type Query } from '@reloop/connector'
import type { SqlConnector } from '@reloop/connector-sql'
import { describeOnServer } from '../fixtures/server'
import { category, product } from '../fixtures/shop'

const columns = '"id", "name", "unitprice", "tags", "madeat", "categoryid"'
const table = '"public"."product"'
const toCategory = { entity: category, from: ['categoryId'], to: ['id'] }

/** Text stated, then run: a text that PostgreSQL does not take fails here as one that is not as stated. */
const shapes: readonly (readonly [string, Query, string])[] = [
  [
    'a row by its id needs neither order nor limit',
    { where: compare('id', 'eq', 1), limit: 1 },
    `select ${columns} from ${table} where "id" = $1`,
  ],
  [
    'rows by a list have one place for any length',
    { where: compare('id', 'inq', [1, 2]) },
    `select ${columns} from ${table} where "id" = any($1) order by "id" asc`,
  ],
  [
    'neq keeps nulls',
    { where: compare('name', 'neq', 'a') },
    `select ${columns} from ${table} where ("name" = $1) is not true order by "id" asc`,
  ],
  [
    'order tells where nulls go only where there may be some',
    {
      order: [
        { path: ['unitPrice'], direction: 'DESC' },
        { path: ['id'], direction: 'DESC' },
      ],
      limit: 10,
      skip: 20,
    },
    `select ${columns} from ${table} order by "unitprice" desc nulls last, "id" desc limit $1 offset $2`,
  ],
  [
    'text is matched as text, its wildcards escaped in the value',
    { where: and([compare('name', 'startsWith', 'a%'), compare('name', 'ilike', '%b')]), columns: ['name'] },
    `select "id", "name" from ${table} where "name"::text like $1 and "name"::text ilike $2 order by "id" asc`,
  ],
  [
    'a list holds a value: an index can answer',
    { where: compare('tags', 'contains', ['x']), columns: [] },
    `select "product"."id" from ${table} where ("product"."tags"::jsonb <> 'null' and jsonb_typeof("product"."tags"::jsonb) = 'array' and "product"."tags"::jsonb @> $1::jsonb) order by "product"."id" asc`,
  ],
  [
    'related rows are asked for by EXISTS',
    { where: not(related(toCategory, 'some', compare('title', 'eq', 'x'))), columns: [] },
    `select "product"."id" from ${table} where (exists (select 1 from "public"."category" "~1" where "~1"."id" = "product"."categoryid" and "~1"."title" = $1)) is not true order by "product"."id" asc`,
  ],
  [
    'order by a row reached by its id is a join',
    { order: [{ path: ['title'], direction: 'ASC', join: toCategory }], columns: [] },
    `select "product"."id" from ${table} left join "public"."category" "~1" on "~1"."id" = "product"."categoryid" order by "~1"."title" asc nulls first`,
  ],
  [
    'a page behind a row, where nulls cannot be',
    { order: [{ path: ['id'], direction: 'ASC' }], after: [5], limit: 3, columns: [] },
    `select "id" from ${table} where "id" > $1 order by "id" asc limit $2`,
  ],
]

describeOnServer('statements of PostgreSQL', (database) => {
  let store: SqlConnector
  const said: string[] = []

  beforeAll(async () => {
    store = await database.open({}, { log: (text) => said.push(text) })
    await store.migrate({ entities: [category, product], mode: 'recreate' })
  })
  beforeEach(() => void said.splice(0))

  it.each(shapes)('%s', async (_title, query, text) => {
    await store.find({ entity: product, query }, plainCall)
    expect(said).toEqual([text])
  })

  it('finds the nearest of each parent with one statement', async () => {
    const query: Query = { perParent: { key: ['categoryId'], limit: 2 }, columns: ['name'] }
    await store.find({ entity: product, query }, plainCall)
    expect(said).toEqual([
      `select "id", "name" from (select "id" as "id", "name" as "name", row_number() over (partition by "categoryid" order by "id" asc) as "~rank", row_number() over (order by "id" asc) as "~number" from ${table}) "~numbered" where "~rank" <= $1 order by "~number"`,
    ])
  })

  it('inserts one row with one statement, which gives back what the server made', async () => {
    await store.insert({ entity: category, rows: [{ title: 'a' }] }, plainCall)
    expect(said).toEqual(['insert into "public"."category" ("title") values ($1) returning "id"'])
  })

  it('inserts a thousand rows with one statement, whose text is that of ten', async () => {
    const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ title: `t${index}` }))
    await store.insert({ entity: category, rows: rows(10) }, plainCall)
    await store.insert({ entity: category, rows: rows(1000) }, plainCall)
    const text =
      'insert into "public"."category" ("title") select "title" from json_populate_recordset(null::"public"."category", $1) returning "id"'
    expect(said).toEqual([text, text])
  })

  it('inserts more rows in a transaction, one statement for each thousand', async () => {
    await store.insert({ entity: category, rows: Array.from({ length: 2500 }, (_, index) => ({ title: `u${index}` })) }, plainCall)
    expect(said.map((text) => text.split(' ')[0])).toEqual(['begin', 'insert', 'insert', 'insert', 'commit'])
  })

  it('changes values in place with one statement', async () => {
    await store.update(
      { entity: product, where: compare('id', 'eq', 1), change: { set: { name: 'x' }, inc: { unitPrice: 1 }, push: { tags: 'y' } } },
      plainCall,
    )
    expect(said).toEqual([
      `update ${table} set "name" = $1, "unitprice" = coalesce("product"."unitprice", 0) + $2, "tags" = coalesce("product"."tags"::jsonb, '[]') || $3::jsonb where "product"."id" = $4`,
    ])
  })

  it('upserts with one statement that tells whether the row is new', async () => {
    await store.upsert({ entity: category, row: { id: 9000, title: 'a' } }, plainCall)
    expect(said).toEqual([
      'insert into "public"."category" ("id", "title") values ($1, $2) on conflict ("id") do update set "title" = excluded."title" returning "id", "title", xmax = 0',
    ])
  })
})
