import { defineEntity, plainCall } from '@reloop/connector'
import type { SqlConnector } from '@reloop/connector-sql'
import { describeOnServer } from '../fixtures/server'
import { category, product } from '../fixtures/shop'

describeOnServer('tables of PostgreSQL', (database) => {
  const columnsOf = async (store: SqlConnector, table: string, owner = 'public') =>
    Object.fromEntries(
      (await store.discover.columns(table, { owner })).map(({ columnName, dataType, nullable }) => [
        columnName,
        `${dataType}${nullable ? '' : ' not null'}`,
      ]),
    )
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: Error & { code: string }) => [error.code, error.message],
    )

  it('have the names and types of LoopBack, in lower case unless a name is stated', async () => {
    const store = await database.open()
    const entity = defineEntity({
      name: 'OrderLine',
      properties: {
        id: { type: 'number', id: true, generated: true },
        unitPrice: 'number',
        boughtAt: 'date',
        paid: 'boolean',
        place: 'geopoint',
        note: { type: 'string', length: 40 },
        stated: { type: 'string', column: 'StatedName' },
        sameAsProperty: { type: 'string', native: { columnName: 'sameAsProperty' } },
        amount: { type: 'number', native: { dataType: 'numeric', dataPrecision: 10, dataScale: 2 } },
        key: { type: 'string', native: { dataType: 'uuid' } },
      },
    })
    await store.migrate({ entities: [entity], mode: 'recreate' })
    expect(await columnsOf(store, 'orderline')).toEqual({
      id: 'integer not null',
      unitprice: 'double precision',
      boughtat: 'timestamp with time zone',
      paid: 'boolean',
      place: 'point',
      note: 'character varying(40)',
      StatedName: 'text',
      sameAsProperty: 'text',
      amount: 'numeric(10,2)',
      key: 'uuid',
    })
    await expect(store.isActual({ entities: [entity] })).resolves.toBe(true)
    const key = '0b5b7c2c-7a2a-4a30-9f35-3d9a4bb6d3a1'
    await store.insert(
      {
        entity,
        rows: [
          { unitPrice: 1, amount: 2.5, key },
          { unitPrice: 2, amount: 0.1, key },
        ],
      },
      plainCall,
    )
    expect((await store.find({ entity, query: { columns: ['amount', 'key'] } }, plainCall))[0]).toMatchObject({ amount: 2.5, key })
  })

  it('made by LoopBack are taken as they are: alter changes nothing', async () => {
    const store = await database.open()
    await store.execute(
      'create table gadget (id serial primary key, name varchar(1024), price integer, tags text, createdat timestamptz)',
      [],
      plainCall,
    )
    await store.execute(
      `insert into gadget (name, price, tags, createdat) values ('old', 5, '["a","b"]', '2020-01-01T00:00:00Z')`,
      [],
      plainCall,
    )
    const gadget = defineEntity({
      name: 'Gadget',
      properties: {
        id: { type: 'number', id: true, generated: true },
        name: 'string',
        price: 'number',
        createdAt: 'date',
        tags: { type: 'list', items: 'string', native: { dataType: 'text' } },
      },
    })
    await expect(store.isActual({ entities: [gadget] })).resolves.toBe(true)
    const where = { kind: 'compare', path: ['tags'], op: 'eq', value: 'b' } as const
    expect(await store.find({ entity: gadget, query: { where } }, plainCall)).toEqual([
      { id: 1, name: 'old', price: 5, tags: ['a', 'b'], createdAt: new Date('2020-01-01T00:00:00Z') },
    ])
  })

  it('keep foreign keys whose model is made later', async () => {
    const store = await database.open()
    await store.migrate({ entities: [product, category], mode: 'recreate' })
    const [key] = await store.discover.foreignKeys('product', {})
    expect(key).toMatchObject({ fkName: 'product_category', fkColumnName: 'categoryid', pkTableName: 'category', pkColumnName: 'id' })
    await expect(store.isActual({ entities: [product, category] })).resolves.toBe(true)
    expect(await failure(Promise.resolve(store.insert({ entity: product, rows: [{ categoryId: 77 }] }, plainCall)))).toEqual([
      'REFERENCE_VIOLATION',
      'The change to Product breaks a reference between rows.',
    ])
  })

  it('stand in a schema that is made when it is not there', async () => {
    const store = await database.open({ schema: 'Sales "2024"' })
    await store.migrate({ entities: [category], mode: 'recreate' })
    await store.insert({ entity: category, rows: [{ title: 'a' }] }, plainCall)
    expect(await columnsOf(store, 'category', 'Sales "2024"')).toEqual({ id: 'integer not null', title: 'text not null' })
    expect(await store.count({ entity: category }, plainCall)).toBe(1)
  })

  it('make ids that are uuids', async () => {
    const store = await database.open()
    const entity = defineEntity({
      name: 'Ticket',
      properties: { id: { type: 'string', id: true, generated: true, native: { dataType: 'uuid' } }, name: 'string' },
    })
    await store.migrate({ entities: [entity], mode: 'recreate' })
    const [row] = await store.insert({ entity, rows: [{ name: 'a' }] }, plainCall)
    expect(row?.id).toMatch(/^[\da-f-]{36}$/)
  })

  it('tell which property refuses a value', async () => {
    const store = await database.open()
    const entity = defineEntity({
      name: 'Member',
      properties: {
        id: { type: 'integer', id: true },
        eMail: { type: 'string', unique: true },
        first: { type: 'string', column: 'first "name"' },
        last: 'string',
      },
      indexes: [{ name: 'full', unique: true, keys: ['first', 'last'].map((property) => ({ property, direction: 'ASC' as const })) }],
    })
    await store.migrate({ entities: [entity], mode: 'recreate' })
    await store.insert({ entity, rows: [{ id: 1, eMail: 'a', first: 'x', last: 'y' }] }, plainCall)
    const insert = (row: object) => failure(Promise.resolve(store.insert({ entity, rows: [{ ...row }] }, plainCall)))
    expect(await insert({ id: 2, eMail: 'a' })).toEqual(['DUPLICATE_ENTRY', 'Duplicate entry for Member.eMail'])
    expect(await insert({ id: 2, first: 'x', last: 'y' })).toEqual(['DUPLICATE_ENTRY', 'Duplicate entry for Member.first, Member.last'])
  })

  it('take no type that is SQL of another kind', async () => {
    const store = await database.open()
    const entity = defineEntity({
      name: 'Bad',
      properties: { id: { type: 'integer', id: true }, x: { type: 'string', native: { dataType: 'text); drop table bad; --' } } },
    })
    expect(await failure(store.migrate({ entities: [entity], mode: 'recreate' }))).toEqual([
      'CONNECTOR_SETTINGS_INVALID',
      expect.stringContaining('of property x is no type'),
    ])
  })

  it('index points so that the nearest are found without reading all', async () => {
    const store = await database.open()
    const entity = defineEntity({ name: 'City', properties: { id: { type: 'integer', id: true }, at: { type: 'geopoint', index: true } } })
    await store.migrate({ entities: [entity], mode: 'recreate' })
    const rows = Array.from({ length: 20_000 }, (_, id) => ({
      id,
      at: { lat: ((id * 7919) % 17_000) / 100 - 85, lng: ((id * 104_729) % 36_000) / 100 - 180 },
    }))
    await store.insert({ entity, rows }, plainCall)
    await store.execute('analyze city', [], plainCall)
    const plan = await database.ask(store, `explain select id from city where at <@ box(point(10, 50), point(11, 51))`)
    expect(plan.map((line) => Object.values(line)[0]).join('\n')).toContain('city_at_idx')
    const near = { kind: 'compare', path: ['at'], op: 'near', value: { lat: 50, lng: 10 } } as const
    expect(await store.find({ entity, query: { where: near, limit: 10 } }, plainCall)).toHaveLength(10)
  })
})
