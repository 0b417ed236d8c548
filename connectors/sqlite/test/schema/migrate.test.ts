import { compare, defineEntity, plainCall } from '@reloop/connector'
import Database from 'better-sqlite3'
import { failureOf, openStore, temporaryFile } from '../fixtures/store'
import { category, product } from '../fixtures/shop'

describe('tables of SQLite', () => {
  it('have names in lower case unless a name is stated, and types that discovery reads back', async () => {
    const { store } = openStore()
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
        photo: 'buffer',
        lines: { type: 'list', items: 'object' },
      },
    })
    await store.migrate({ entities: [entity], mode: 'recreate' })
    const columns = await store.discover.columns('orderline', {})
    expect(columns.map(({ columnName, type, generated }) => [columnName, type, generated])).toEqual([
      ['id', 'Number', true],
      ['unitprice', 'Number', false],
      ['boughtat', 'Date', false],
      ['paid', 'Boolean', false],
      ['place', 'GeoPoint', false],
      ['note', 'String', false],
      ['StatedName', 'String', false],
      ['sameAsProperty', 'String', false],
      ['photo', 'Binary', false],
      ['lines', 'Object', false],
    ])
  })

  it('keep rows, columns and indexes when they are made anew for a change that SQLite does not know', async () => {
    const { store } = openStore()
    const first = defineEntity({
      name: 'Thing',
      properties: { id: { type: 'integer', id: true }, name: 'string', size: 'string', old: 'string' },
    })
    await store.migrate({ entities: [first], mode: 'recreate' })
    await store.insert({ entity: first, rows: [{ id: 1, name: 'a', size: '12', old: 'kept' }] }, plainCall)
    await store.execute('create index own_index on thing (old)', [], plainCall)
    await store.execute(
      "create trigger own_trigger after insert on thing begin update thing set old = 'triggered' where id = new.id; end",
      [],
      plainCall,
    )
    const second = defineEntity({
      name: 'Thing',
      properties: { id: { type: 'integer', id: true }, name: { type: 'string', required: true, index: true }, size: 'number' },
    })
    await expect(store.isActual({ entities: [second] })).resolves.toBe(false)
    await store.migrate({ entities: [second], mode: 'alter' })
    await expect(store.isActual({ entities: [second] })).resolves.toBe(true)
    expect(store.find({ entity: second, query: { where: compare('size', 'gt', 5) } }, plainCall)).toEqual([{ id: 1, name: 'a', size: 12 }])
    expect(store.find({ entity: first, query: { columns: ['old'] } }, plainCall)).toEqual([{ id: 1, old: 'kept' }])
    expect((await failureOf(() => store.insert({ entity: second, rows: [{ id: 2 }] }, plainCall)))?.code).toBe('VALUE_REQUIRED')
    expect(await store.execute("select name from sqlite_master where name like 'own%' order by name", [], plainCall)).toEqual([
      { name: 'own_index' },
      { name: 'own_trigger' },
    ])
  })

  it('are left as they were when a change fails', async () => {
    const { store } = openStore()
    const first = defineEntity({ name: 'Thing', properties: { id: { type: 'integer', id: true }, name: 'string' } })
    await store.migrate({ entities: [first], mode: 'recreate' })
    await store.insert({ entity: first, rows: [{ id: 1, name: null }] }, plainCall)
    const stricter = defineEntity({
      name: 'Thing',
      properties: { id: { type: 'integer', id: true }, name: { type: 'string', required: true } },
    })
    const error = await failureOf(() => store.migrate({ entities: [stricter], mode: 'alter' }))
    expect([error?.code, error?.message]).toEqual(['VALUE_REQUIRED', 'Thing.name must have a value.'])
    expect(store.find({ entity: first, query: {} }, plainCall)).toEqual([{ id: 1, name: null }])
  })

  it('find the table of a foreign key by the name of its model', async () => {
    const { store } = openStore()
    await store.migrate({ entities: [category, product], mode: 'recreate' })
    expect(await store.discover.foreignKeys('product', {})).toMatchObject([
      { fkColumnName: 'categoryid', pkTableName: 'category', pkColumnName: 'id' },
    ])
    await expect(store.isActual({ entities: [category, product] })).resolves.toBe(true)
  })

  it('have the defaults that the store fills in', async () => {
    const { store } = openStore()
    const entity = defineEntity({
      name: 'Filled',
      properties: {
        id: { type: 'number', id: true, generated: true },
        text: { type: 'string', storeDefault: "it's" },
        size: { type: 'number', storeDefault: 1.5 },
        on: { type: 'boolean', storeDefault: true },
        at: { type: 'date', storeDefault: 'now' },
      },
    })
    await store.migrate({ entities: [entity], mode: 'recreate' })
    const [row] = await store.insert({ entity, rows: [{}] }, plainCall)
    expect(row).toMatchObject({ id: 1, text: "it's", size: 1.5, on: true })
    expect(Math.abs((row!.at as Date).getTime() - Date.now())).toBeLessThan(5000)
  })

  it('take no name and no type as SQL', async () => {
    const { store } = openStore()
    const names = ['a"; drop table x; --', "b'); --", 'c as d', 'e.f', 'g?', '{{0}}', '$1', 'h\\?']
    const entity = defineEntity({
      name: 'Nasty"; --',
      properties: {
        id: { type: 'integer', id: true },
        ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const, index: true }])),
      },
    })
    await store.migrate({ entities: [entity], mode: 'recreate' })
    const row = { id: 1, ...Object.fromEntries(names.map((name, index) => [name, `value ${index}`])) }
    await store.insert({ entity, rows: [{ ...row }, { ...row, id: 2 }] }, plainCall)
    for (const [index, name] of names.entries()) {
      const query = {
        where: compare(name, 'eq', `value ${index}`),
        order: [
          { path: [name], direction: 'DESC' as const },
          { path: ['id'], direction: 'ASC' as const },
        ],
      }
      expect(await store.find({ entity, query }, plainCall)).toEqual([row, { ...row, id: 2 }])
      await store.update({ entity, where: compare(name, 'eq', 'x'), change: { set: { [name]: 'y' } } }, plainCall)
    }
    await store.upsert({ entity, row: { ...row, [names[0]!]: 'changed' } }, plainCall)
    expect(
      await store.aggregate(
        { entity, query: { groupBy: [[names[0]!]], values: { [names[1]!]: { fn: 'max', path: [names[1]!] } } } },
        plainCall,
      ),
    ).toHaveLength(2)
    const bad = defineEntity({
      name: 'Bad',
      properties: { id: { type: 'integer', id: true }, x: { type: 'string', native: { dataType: 'TEXT); DROP TABLE x; --' } } },
    })
    expect((await failureOf(() => store.migrate({ entities: [bad], mode: 'recreate' })))?.code).toBe('CONNECTOR_SETTINGS_INVALID')
  })
})

describe('a file of loopback-connector-sqlite3', () => {
  const file = temporaryFile()

  it('is read, and written in the same form', async () => {
    const old = new Database(file)
    old.exec(
      'CREATE TABLE `customer` (`id` INTEGER PRIMARY KEY, `firstname` TEXT, `age` REAL, `vip` INTEGER, `since` INTEGER, `tags` TEXT, `home` TEXT)',
    )
    old
      .prepare('INSERT INTO customer VALUES (1, ?, 30, 1, ?, ?, ?)')
      .run('Ada', Date.UTC(2015, 0, 2, 3, 4, 5, 6), '["a","b"]', '{"lat":1.5,"lng":-2}')
    old.close()
    const customer = defineEntity({
      name: 'Customer',
      properties: {
        id: { type: 'number', id: true, generated: true },
        firstName: 'string',
        age: 'number',
        vip: 'boolean',
        since: 'date',
        tags: { type: 'list', items: 'string' },
        home: 'geopoint',
      },
    })
    const { store } = openStore({ file })
    await expect(store.isActual({ entities: [customer] })).resolves.toBe(true)
    const ada = {
      id: 1,
      firstName: 'Ada',
      age: 30,
      vip: true,
      since: new Date('2015-01-02T03:04:05.006Z'),
      tags: ['a', 'b'],
      home: { lat: 1.5, lng: -2 },
    }
    expect(store.find({ entity: customer, query: { where: compare('tags', 'eq', 'b') } }, plainCall)).toEqual([ada])
    await store.insert({ entity: customer, rows: [{ ...ada, id: 2, vip: false }] }, plainCall)
    await store.disconnect()
    const again = new Database(file)
    expect(again.prepare('SELECT * FROM customer WHERE id = 2').get()).toEqual({
      id: 2,
      firstname: 'Ada',
      age: 30,
      vip: 0,
      since: Date.UTC(2015, 0, 2, 3, 4, 5, 6),
      tags: '["a","b"]',
      home: '{"lat":1.5,"lng":-2}',
    })
    again.close()
  })
})
