'use strict'
const { room } = require('../play')

const types = {
  string: [5, true, null, 'x', '', { a: 1 }, ['a']],
  number: ['5', 'x', true, null, '', 1.5, [1], new Date(5)],
  boolean: ['true', 'false', '1', '0', 1, 0, '', 'yes', null, {}],
  date: ['2026-01-02', 5, '5', 'no date', null, new Date(7), '2026-01-02T03:04:05Z'],
  object: [{ a: 1 }, 'text', '{"a":1}', null, [1], 5],
  array: [[1, 'a'], '[1]', 'text', { 0: 'a' }, null, 5],
  any: [5, 'x', { a: 1 }, [1], null],
  buffer: [Buffer.from('a'), 'text', null],
  GeoPoint: [{ lat: 1, lng: 2 }, '1,2', [1, 2], null],
  text: [5, 'x'],
}

module.exports = room('value', (step) => {
  for (const [type, values] of Object.entries(types)) {
    step(`of type ${type}`, async (t) => {
      const Model = t.model('Typed', { value: { type } })
      const answers = []
      for (const value of values) answers.push(await t.attempt(() => new Model({ value }).value))
      return answers
    })
    step(`of type ${type} stored`, async (t) => {
      const Model = t.model('Typed', { value: { type } })
      const answers = []
      for (const value of values) {
        answers.push(
          await t.attempt(async () => {
            const { id } = await Model.create({ value })
            return (await Model.findById(id)).value
          }),
        )
      }
      return answers
    })
  }
  for (const item of ['string', 'number', 'date', 'boolean', 'object']) {
    step(`list of ${item}`, async (t) => {
      const Model = t.model('Listed', { list: [item] })
      const answers = []
      for (const value of [['1', 2, null], '["1"]', 'text', 5, [], [[1]], [{ a: 1 }]])
        answers.push(await t.attempt(() => new Model({ list: value }).list))
      return answers
    })
  }
  step('a setter converts', (t) => {
    const Model = t.model('Typed', { age: Number, born: Date })
    const one = new Model({})
    one.age = '7'
    one.born = '2026-01-02'
    return one
  })
  step('a setter with a date that is none', (t) => {
    const Model = t.model('Typed', { born: Date })
    const one = new Model({})
    return t.attempt(() => {
      one.born = 'no date'
      return one.born
    })
  })
  step('an embedded model', async (t) => {
    const Address = t.model('Address', { street: String, number: Number }, { idInjection: false })
    const Person = t.model('Person', { home: Address, all: [Address] })
    const one = await Person.create({ home: { street: 's', number: '5' }, all: [{ number: '6' }] })
    return {
      one,
      home: one.home instanceof Address,
      item: one.all[0] instanceof Address,
      stored: (await Person.findOne()).home instanceof Address,
      text: (await Person.findOne()).all[0].number,
    }
  })
  step('an anonymous embedded model', async (t) => {
    const Person = t.model('Person', { home: { street: String, number: Number }, tags: [{ name: String }] })
    const one = await Person.create({ home: { street: 's', number: '5', extra: 1 }, tags: [{ name: 5 }] })
    return { one, stored: await Person.findOne(), number: typeof one.home.number }
  })
  step('a list', (t) => {
    const Model = t.model('Listed', { list: [Number] })
    const { list } = new Model({ list: ['1', '2'] })
    list.push('3')
    const mapped = list.map((value) => value * 2)
    return {
      list,
      isArray: Array.isArray(list),
      length: list.length,
      text: String(list),
      json: JSON.stringify(list),
      object: list.toObject(),
      mapped: [...mapped],
      filtered: [...list.filter((value) => value > 1)],
      name: list.constructor.name,
    }
  })
  step('a list of instances', (t) => {
    const Item = t.model('Item', { name: String }, { idInjection: false })
    const Model = t.model('Listed', { list: [Item] })
    const one = new Model({ list: [{ name: 1 }] })
    one.list.push({ name: 2 })
    return {
      names: one.list.map((item) => item.name),
      instances: one.list.map((item) => item instanceof Item),
      object: one.list.toObject(),
      json: one.toJSON(),
    }
  })
  step('a custom type', async (t) => {
    function Money(value) {
      if (!(this instanceof Money)) return new Money(value)
      this.cents = Number(value && value.cents !== undefined ? value.cents : value)
    }
    t.db.modelBuilder.defineValueType(Money)
    const Model = t.model('Priced', { price: 'Money' })
    const one = new Model({ price: 5 })
    return { cents: one.price.cents, is: one.price instanceof Money }
  })
  step('GeoPoint forms', async (t) => {
    const { GeoPoint } = t.juggler
    const forms = [
      [{ lat: 1, lng: 2 }],
      ['1,2'],
      ['1, 2'],
      [[1, 2]],
      [1, 2],
      [{ lat: '1', lng: '2' }],
      ['text'],
      [{ lat: 100, lng: 0 }],
      [{ lat: 0, lng: 200 }],
      [{}],
      [1],
      [null],
    ]
    const answers = []
    for (const form of forms) answers.push(await t.attempt(() => new GeoPoint(...form)))
    return answers
  })
  step('GeoPoint distances', (t) => {
    const { GeoPoint } = t.juggler
    const [a, b] = [new GeoPoint(10, 10), new GeoPoint(11, 12)]
    const units = ['miles', 'kilometers', 'meters', 'feet', 'radians', 'degrees']
    const round = (value) => Number(value.toPrecision(8))
    return {
      text: String(a),
      plain: round(a.distanceTo(b)),
      units: units.map((type) => round(a.distanceTo(b, { type }))),
      between: round(GeoPoint.distanceBetween({ lat: 10, lng: 10 }, { lat: 11, lng: 12 }, { type: 'meters' })),
      unknown: t.tell(a.distanceTo(b, { type: 'ells' })),
      json: JSON.stringify(a),
    }
  })
  step('GeoPoint constants', (t) => {
    const { EARTH_RADIUS, MILES, KILOMETERS, METERS, FEET, RADIANS, DEGREES } = t.juggler.GeoPoint
    return { EARTH_RADIUS, MILES, KILOMETERS, METERS, FEET, RADIANS, DEGREES }
  })
  step('a property called constructor of a list', (t) => {
    const Model = t.model('Listed', { list: ['string'] })
    return t.tell(new Model({ list: ['a'] }).toJSON())
  })
})
