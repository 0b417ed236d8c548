import { memory, overStores, type AnyModel } from '../stores'

describe('semi-public members of instances', () => {
  const make = (settings: object = {}): AnyModel => {
    const db = memory()
    const Pen = db.define('Pen', { name: String, price: { type: Number, default: 3 } }, settings)
    return Object.assign(Pen, { source: db })
  }

  it('__data is the data, __strict the mode, __persisted whether it is stored, and __dataSource where', async () => {
    const Pen = make({ strict: 'filter' })
    const pen = new Pen({ name: 'quill' })
    expect(pen.__data).toMatchObject({ name: 'quill', price: 3 })
    expect([pen.__strict, Boolean(pen.__persisted)]).toEqual(['filter', false])
    await pen.save()
    expect(pen.__persisted).toBe(true)
    expect(pen.__data.id).toBe(pen.id)
    expect(Object.keys(pen)).not.toContain('__data')
  })

  it('what is written to __data is what the instance has', () => {
    const pen = new (make())({ name: 'quill' })
    pen.__data.name = 'biro'
    expect(pen.name).toBe('biro')
    expect(pen.toObject().name).toBe('biro')
  })

  it('__unknownProperties are those that a strict model has not', () => {
    const pen = new (make({ strict: true }))({ name: 'quill', colour: 'red' })
    expect(pen.__unknownProperties).toEqual(['colour'])
  })

  it('__cachedRelations holds what was included', async () => {
    const Pen = make()
    const Ink: AnyModel = Pen.source.define('Ink', { colour: String })
    Pen.hasMany(Ink, { as: 'inks', foreignKey: 'penId' })
    const pen = await Pen.create({ name: 'quill' })
    await pen.inks.create({ colour: 'red' })
    const [found] = await Pen.find({ include: 'inks' })
    expect(found.__cachedRelations.inks.map((ink: AnyModel) => ink.colour)).toEqual(['red'])
    expect((await Pen.findOne()).__cachedRelations).toEqual({})
  })
})

overStores((make, kind) => {
  describe('semi-public members of classes', () => {
    let Pen: AnyModel
    beforeEach(() => {
      Pen = make().db.define('Pen', { name: String, price: Number, made: Date, tags: ['string'] }, { extra: 'yes' })
    })

    it('_coerce gives values the types of their properties, and keeps the caller’s where', () => {
      const where = { price: '3', or: [{ price: { inq: ['1', 2] } }, { made: { gt: '2020-01-01' } }], name: { like: 'a%' } }
      const before = JSON.stringify(where)
      expect(Pen._coerce(where)).toEqual({
        price: 3,
        or: [{ price: { inq: [1, 2] } }, { made: { gt: new Date('2020-01-01') } }],
        name: { like: 'a%' },
      })
      expect(JSON.stringify(where)).toBe(before)
      expect(Pen._coerce(undefined)).toBeUndefined()
    })

    it('_normalize checks a filter and makes numbers and lists of its parts', () => {
      expect(Pen._normalize({ where: { price: '3' }, limit: '5', skip: 2, fields: { name: true } })).toEqual({
        where: { price: 3 },
        limit: 5,
        skip: 2,
        offset: 2,
        fields: ['name'],
      })
      expect(Pen._normalize()).toBeUndefined()
      expect(() => Pen._normalize({ limit: 'x' })).toThrow('The limit parameter')
    })

    it('_forDB makes text of objects for relational stores', () => {
      const data = { name: 'quill', tags: ['a'], made: new Date(0) }
      expect(Pen._forDB(data)).toEqual(kind === 'memory' ? data : { ...data, tags: '["a"]' })
    })

    it('_getSetting finds settings of the model', () => {
      expect(Pen._getSetting('extra')).toBe('yes')
      expect(Pen._getSetting('nothing')).toBeUndefined()
    })
  })
})
