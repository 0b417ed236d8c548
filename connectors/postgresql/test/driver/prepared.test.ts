import { compare, parameterize, plainCall } from '@reloop/connector'
import type { SqlConnector } from '@reloop/connector-sql'
import { describeOnServer } from '../fixtures/server'
import { category } from '../fixtures/shop'

describeOnServer('prepared statements', (database) => {
  const byId = (store: SqlConnector, id: number) => store.find({ entity: category, query: { where: compare('id', 'eq', id) } }, plainCall)
  const prepared = (store: SqlConnector) =>
    database.ask(store, "select name, statement from pg_prepared_statements where statement like '%category%'")

  it('are kept by the server from the second time on', async () => {
    const store = await database.open({ max: 1 })
    await store.migrate({ entities: [category], mode: 'recreate' })
    await byId(store, 1)
    expect(await prepared(store)).toEqual([])
    await byId(store, 2)
    await byId(store, 3)
    expect((await prepared(store)).map(({ statement }) => statement)).toEqual([
      'select "id", "title" from "public"."category" where "id" = $1',
    ])
  })

  it('are not used when the settings say so', async () => {
    const store = await database.open({ max: 1, preparedStatements: false })
    for (let round = 0; round < 3; round++) await byId(store, round)
    expect(await prepared(store)).toEqual([])
  })

  it('go on when another changed the table meanwhile', async () => {
    const store = await database.open({ max: 1 })
    await store.insert({ entity: category, rows: [{ title: 'a' }] }, plainCall)
    const { shape, values } = parameterize(category, { where: compare('title', 'eq', 'a') })!
    const find = store.prepare(category, shape)
    for (let round = 0; round < 3; round++) expect(await find(values, plainCall)).toHaveLength(1)
    await store.execute('alter table category alter column title type varchar(300)', [], plainCall)
    expect(await find(values, plainCall)).toHaveLength(1)
  })
})
