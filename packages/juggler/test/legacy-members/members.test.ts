import { runtimeOf } from '@reloop/juggler'
import { overStores, type AnyModel } from '../stores'

/** Calls in the old manner: what the callback is given after the error. */
function called(target: AnyModel, method: string, ...args: readonly unknown[]): Promise<AnyModel[]> {
  return new Promise((resolve, reject) => {
    target[method](...args, (error: Error | null, ...values: AnyModel[]) => (error ? reject(error) : resolve(values)))
  })
}

overStores((make, kind) => {
  let db: AnyModel
  let connector: AnyModel
  let Pen: AnyModel

  beforeEach(async () => {
    ;({ db } = make())
    connector = db.connector
    Pen = db.define(
      'OldPen',
      { name: String, price: Number, made: Date, box: { size: Number } },
      { [kind]: { table: 'old_pens' }, relations: { owner: { type: 'belongsTo', model: 'Owner' } } },
    )
    db.define('Owner', { name: String, phone: { type: String, [kind]: { columnName: 'tel' } } })
    await db.automigrate()
  })

  describe('the verbs of a connector, by the name of a model', () => {
    it('create answers the id, and all and find answer rows', async () => {
      const made = new Date(1000)
      const [id] = await called(connector, 'create', 'OldPen', { name: 'quill', price: '3', made: made.toISOString() })
      const [second] = await called(connector, 'create', 'OldPen', { name: 'biro' }, {})
      const [rows] = await called(connector, 'all', 'OldPen', { where: { price: { gt: 2 } }, order: 'name' })
      expect(rows).toMatchObject([{ id, name: 'quill', price: 3, made }])
      expect(rows[0].constructor.name).toBe('Object')
      expect((await called(connector, 'all', 'OldPen', { fields: ['name'], order: 'name' }, {}))[0]).toEqual([
        { name: 'biro' },
        { name: 'quill' },
      ])
      expect((await called(connector, 'find', 'OldPen', second))[0]).toMatchObject({ name: 'biro' })
      expect(await called(connector, 'exists', 'OldPen', second)).toEqual([true])
      expect(await called(connector, 'exists', 'OldPen', 4711)).toEqual([false])
    })

    it('count takes the callback behind the condition, or before it', async () => {
      await Pen.create([
        { name: 'quill', price: 1 },
        { name: 'biro', price: 2 },
      ])
      expect(await called(connector, 'count', 'OldPen', { price: 2 }, {})).toEqual([1])
      expect(await called(connector, 'count', 'OldPen')).toEqual([2])
      const counted = new Promise((resolve) => connector.count('OldPen', (_: null, count: number) => resolve(count), { price: 1 }))
      expect(await counted).toBe(1)
    })

    it('update, save and updateAttributes change rows, and tell of a row that is not there', async () => {
      const { id } = await Pen.create({ name: 'quill', price: 1 })
      expect(await called(connector, 'update', 'OldPen', { name: 'quill' }, { price: 2 })).toEqual([{ count: 1 }])
      await called(connector, 'updateAttributes', 'OldPen', id, { price: 3 }, {})
      expect((await Pen.findById(id)).price).toBe(3)
      await called(connector, 'save', 'OldPen', { id, name: 'goose' })
      expect((await Pen.findById(id)).toJSON()).toMatchObject({ name: 'goose', price: 3 })
      await called(connector, 'replaceById', 'OldPen', id, { name: 'new' }, {})
      expect((await Pen.findById(id)).toJSON()).toMatchObject({ name: 'new', price: null })
      await expect(called(connector, 'updateAttributes', 'OldPen', 4711, { price: 3 })).rejects.toMatchObject({
        message: 'Could not update attributes. Object with id 4711 does not exist!',
        statusCode: 404,
      })
    })

    it('updateOrCreate and findOrCreate tell whether they made a row', async () => {
      const { id } = await Pen.create({ name: 'quill', price: 1 })
      expect(await called(connector, 'updateOrCreate', 'OldPen', { id, price: 2 }, {})).toMatchObject([
        { id, name: 'quill', price: 2 },
        { isNewInstance: false },
      ])
      expect(await called(connector, 'updateOrCreate', 'OldPen', { name: 'biro' })).toMatchObject([
        { name: 'biro' },
        { isNewInstance: true },
      ])
      expect(await called(connector, 'findOrCreate', 'OldPen', { where: { name: 'quill' } }, { name: 'quill' })).toMatchObject([
        { id },
        false,
      ])
      expect((await called(connector, 'findOrCreate', 'OldPen', { where: { name: 'x' } }, { name: 'x' }, {}))[1]).toBe(true)
    })

    it('destroy and destroyAll tell how many rows are gone', async () => {
      const [quill] = await Pen.create([
        { name: 'quill', price: 1 },
        { name: 'biro', price: 2 },
        { name: 'reed', price: 2 },
      ])
      expect(await called(connector, 'destroy', 'OldPen', quill.id)).toEqual([{ count: 1 }])
      expect(await called(connector, 'destroyAll', 'OldPen', { name: 'reed' }, {})).toEqual([{ count: 1 }])
      expect(await called(connector, 'destroyAll', 'OldPen')).toEqual([{ count: 1 }])
    })

    it('answer by a promise too, run no hooks and include relations', async () => {
      const hook = jest.fn(() => undefined)
      Pen.observe('access', hook)
      Pen.observe('before save', hook)
      const owner = await connector.create('Owner', { name: 'Jane' })
      await connector.create('OldPen', { name: 'quill', ownerId: owner })
      const [pen] = await connector.all('OldPen', { include: 'owner' })
      expect(pen).toMatchObject({ name: 'quill', owner: { name: 'Jane' } })
      expect(hook).not.toHaveBeenCalled()
    })

    it('take part in a transaction', async () => {
      const transaction = await db.beginTransaction({})
      await called(connector, 'create', 'OldPen', { name: 'quill' }, { transaction })
      await transaction.rollback()
      expect(await called(connector, 'count', 'OldPen', {}, {})).toEqual([0])
    })

    it('refuse a model that is not there', async () => {
      await expect(called(connector, 'all', 'Nothing', {})).rejects.toMatchObject({ code: 'MODEL_NOT_DEFINED' })
    })
  })

  describe('what it knows of models', () => {
    it('names, ids and definitions', () => {
      expect(connector.table('OldPen')).toBe('old_pens')
      expect(connector.table('Owner')).toBe(kind === 'memory' ? 'Owner' : 'owner')
      expect(connector.column('Owner', 'phone')).toBe('tel')
      expect(connector.column('OldPen', 'ownerId')).toBe(kind === 'memory' ? 'ownerId' : 'ownerid')
      expect(connector.propertyName('Owner', 'tel')).toBe('phone')
      expect(connector.columnMetadata('Owner', 'phone')).toEqual({ columnName: 'tel' })
      expect([connector.idName('OldPen'), connector.idNames('OldPen'), connector.idColumn('OldPen')]).toEqual(['id', ['id'], 'id'])
      expect(connector.id('OldPen', 'id')).toBeTruthy()
      expect(connector.getIdValue('OldPen', { id: 7 })).toBe(7)
      expect(connector.getPropertyDefinition('OldPen', 'price').type).toBe(Number)
      expect(connector.getPropertyDefinition('OldPen', 'nothing')).toBeUndefined()
      expect(connector.isNullable({ required: true })).toBe(false)
      expect(connector.isNullable({ nullable: 'N' })).toBe(false)
      expect(connector.isNullable({})).toBe(true)
      expect(connector.getConnectorSpecificSettings('OldPen')).toEqual({ table: 'old_pens' })
      expect(connector.getModelDefinition('OldPen')).toBe(runtimeOf(Pen).definition)
      expect(connector.getDataSource('OldPen')).toBe(db)
    })

    it('its models, as they are now', () => {
      expect(Object.keys(connector._models)).toEqual(['OldPen', 'Owner'])
      expect(connector._models.OldPen.model).toBe(Pen)
      Pen.defineProperty('ink', { type: String })
      expect(connector._models.OldPen.properties.ink.type).toBe(String)
      db.define('Later', {})
      expect(Object.keys(connector._models)).toContain('Later')
    })

    it('its kind, data source and settings', () => {
      const sql = kind !== 'memory'
      expect(connector.dataSource).toBe(db)
      expect(connector.settings).toBe(db.settings)
      expect([connector.isRelational(), connector.relational, db.isRelational()]).toEqual([sql, sql, sql])
      expect(connector.getTypes()).toEqual(sql ? ['db', 'rdbms', 'sql', kind] : ['db', 'nosql', 'memory'])
      expect(connector.getDefaultIdType()).toBe(Number)
      expect(connector.getMetadata()).toMatchObject({ types: connector.getTypes(), isRelational: sql })
    })
  })

  describe('hooks of the connector', () => {
    it('are added, notified and removed', async () => {
      const seen: unknown[] = []
      const hook = (context: { n: number }, next: () => void) => {
        seen.push(context.n)
        next()
      }
      connector.observe('before fly', hook)
      await connector.notifyObserversOf('before fly', { n: 1 })
      await called(connector, 'notifyObserversOf', 'before fly', { n: 2 })
      connector.removeObserver('before fly', hook)
      await connector.notifyObserversOf('before fly', { n: 3 })
      expect(seen).toEqual([1, 2])
    })
  })

  if (kind === 'memory') return

  describe('commands in the language of the database', () => {
    const text = () =>
      `SELECT ${connector.columnEscaped('OldPen', 'name')} AS name FROM ${connector.tableEscaped('OldPen')} WHERE price = ${connector.getPlaceholderForValue(1)}`

    beforeEach(() =>
      Pen.create([
        { name: 'quill', price: 1 },
        { name: "O'Brien", price: 2 },
      ]),
    )

    it('run by callback with and without values and options, and by promise', async () => {
      expect(await called(connector, 'execute', text(), [1])).toEqual([[{ name: 'quill' }]])
      expect(await called(connector, 'execute', text(), [2], {})).toEqual([[{ name: "O'Brien" }]])
      expect(await called(connector, 'query', 'SELECT 1 AS one')).toEqual([[{ one: 1 }]])
      expect(await connector.execute(text(), [1])).toEqual([{ name: 'quill' }])
      await expect(called(connector, 'execute', 'SELECT nothing FROM nowhere')).rejects.toThrow()
    })

    it('run inside a transaction', async () => {
      const transaction = await db.beginTransaction({})
      await connector.execute(`DELETE FROM ${connector.tableEscaped('OldPen')}`, [], { transaction })
      await transaction.rollback()
      expect(await Pen.count()).toBe(2)
    })

    it('are seen by hooks, which may change them or answer instead', async () => {
      const seen: unknown[] = []
      connector.observe('before execute', (context: AnyModel, next: () => void) => {
        seen.push(context.req.params)
        if (context.req.params[0] === 99) return context.end(null, ['instead'])
        if (context.req.params[0] === 50) context.req.params = [2]
        next()
      })
      connector.observe('after execute', (context: AnyModel, next: () => void) => {
        seen.push(context.results)
        next()
      })
      expect(await db.execute(text(), [99])).toEqual(['instead'])
      expect(await called(connector, 'execute', text(), [50])).toEqual([[{ name: "O'Brien" }]])
      expect(seen).toEqual([[99], [50], [[{ name: "O'Brien" }]]])
    })

    it('are made of escaped names and values', async () => {
      expect(connector.escapeName('a"b')).toBe('"a""b"')
      expect(connector.tableEscaped('OldPen')).toBe('"old_pens"')
      expect(connector.columnEscaped('Owner', 'phone')).toBe('"tel"')
      expect(connector.idColumnEscaped('OldPen')).toBe('"id"')
      expect([null, 7, true, "it's"].map(connector.escapeValue)).toEqual(['NULL', '7', 'true', "'it''s'"])
      const rows = await connector.execute(`SELECT price FROM old_pens WHERE name = ${connector.escapeValue("O'Brien")}`)
      expect(rows).toEqual([{ price: 2 }])
    })

    it('may go round us, by the object of the driver', async () => {
      await db.ping()
      expect(connector.client).toBe(connector.pool)
      if (kind === 'postgresql') expect((await connector.pg.query('select 1 as one')).rows).toEqual([{ one: 1 }])
      else expect(connector.client.prepare('select 1 as one').all()).toEqual([{ one: 1 }])
    })
  })
})
