'use strict'
const { room } = require('../play')

const product = (t, settings) =>
  t.model('Product', { name: String, price: Number, made: Date, ok: Boolean, tags: [String], about: Object }, settings)

module.exports = room('create', (step) => {
  step('answers the instance', async (t) => product(t).create({ name: 'a', price: 1 }))
  step('calls back with error and instance', async (t) => t.ask(product(t), 'create', { name: 'a' }))
  step('takes options before the callback', async (t) => t.ask(product(t), 'create', { name: 'a' }, { any: 1 }))
  step('without data', async (t) => product(t).create())
  step('without data, with callback', async (t) => t.ask(product(t), 'create'))
  step('with null', async (t) => product(t).create(null))
  step('with an empty object', async (t) => product(t).create({}))
  step('with a text', async (t) => product(t).create('text'))
  step('with options that are no object', async (t) => product(t).create({}, 'text'))
  step('returns something with a callback', async (t) => {
    const Product = product(t)
    return new Promise((resolve) => {
      const returned = Product.create({ name: 'a' }, () => resolve({ returned: t.tell(returned) }))
    })
  })
  step('counts ids up', async (t) => {
    const Product = product(t)
    const rows = []
    for (const name of ['a', 'b', 'c']) rows.push(await Product.create({ name }))
    return rows.map((row) => row.id)
  })
  step('takes a given id and counts on from it', async (t) => {
    const Product = product(t)
    const rows = [await Product.create({ id: 10, name: 'a' }), await Product.create({ name: 'b' })]
    return rows.map((row) => row.id)
  })
  step('refuses an id that is there', async (t) => {
    const Product = product(t)
    await Product.create({ id: 1 })
    return t.ask(Product, 'create', { id: 1, name: 'again' })
  })
  step('refuses given ids under forceId', async (t) =>
    t.ask(t.db.define('Forced', { name: String }, { forceId: true }), 'create', { id: 5, name: 'a' }),
  )
  step('a given id where forceId is not set', async (t) => t.ask(t.db.define('Plain', { name: String }), 'create', { id: 5, name: 'a' }))
  step('converts values', async (t) => product(t).create({ name: 5, price: '7', made: '2026-01-02', ok: 'false', tags: '["x"]' }))
  step('keeps nulls', async (t) => product(t).create({ name: null, price: null, made: null, ok: null, tags: null, about: null }))
  step('leaves undefined out', async (t) => {
    const Product = product(t)
    await Product.create({ name: undefined, price: 1 })
    return (await Product.findOne()).toJSON()
  })
  step('with an unsaved instance uses it', async (t) => {
    const Product = product(t)
    const given = new Product({ name: 'own' })
    const made = await Product.create(given)
    return { same: made === given, id: given.id, isNew: given.isNewRecord() }
  })
  step('with a saved instance', async (t) => {
    const Product = product(t)
    const given = await Product.create({ name: 'own' })
    return t.ask(Product, 'create', given)
  })
  step('many with a callback', async (t) => t.ask(product(t), 'create', [{ name: 'a' }, { name: 'b' }]))
  step('many as a promise', async (t) => t.attempt(() => product(t).create([{ name: 'a' }, { name: 'b' }])))
  step('none', async (t) => t.ask(product(t), 'create', []))
  step('many with a hole', async (t) => t.ask(product(t), 'create', [undefined, { name: 'b' }]))
  step('many of which one is invalid', async (t) => {
    const Strict = t.model('Strict', { name: { type: String, required: true } })
    const answer = await t.ask(Strict, 'create', [{ name: 'a' }, {}, { name: 'c' }])
    return { answer, written: await Strict.count() }
  })
  step('many with options', async (t) => t.ask(product(t), 'create', [{ name: 'a' }], { any: 1 }))
  step('invalid calls back with the instance', async (t) =>
    t.ask(t.model('Strict', { name: { type: String, required: true } }), 'create', { other: 1 }),
  )
  step('invalid is no ValidationError but of that class', async (t) => {
    const Strict = t.model('Strict', { name: { type: String, required: true } })
    const error = await Strict.create({}).catch((reason) => reason)
    return error instanceof t.juggler.ValidationError
  })
  step('invalid with validate false', async (t) =>
    t.ask(t.model('Strict', { name: { type: String, required: true } }), 'create', {}, { validate: false }),
  )
  step('invalid under automaticValidation false', async (t) => {
    const Strict = t.model('Strict', { name: { type: String, required: true } }, { automaticValidation: false })
    return { plain: await t.ask(Strict, 'create', {}), asked: await t.ask(Strict, 'create', {}, { validate: true }) }
  })
  step('keeps the caller’s data', async (t) => {
    const data = { name: 'a', price: '5', more: undefined }
    await product(t).create(data)
    return data
  })
  step('fills default values', async (t) => {
    const Defaulted = t.model('Defaulted', {
      a: { type: Number, default: 5 },
      b: { type: String, default: () => 'made' },
      c: { type: Object, default: { x: 1 } },
      d: { type: Boolean, default: false },
    })
    return [await Defaulted.create({}), await Defaulted.create({ a: null, b: 'own', d: true }), await Defaulted.create({ a: undefined })]
  })
  step('fills named default functions', async (t) => {
    const Named = t.model('Named', {
      a: { type: String, defaultFn: 'guid' },
      b: { type: String, defaultFn: 'uuidv4' },
      c: { type: Date, defaultFn: 'now' },
      d: { type: Date, default: '$now' },
      e: { type: Date, default: Date },
    })
    const made = await Named.create({})
    return { a: made.a.length, b: made.b.length, c: made.c instanceof Date, d: made.d instanceof Date, e: made.e instanceof Date }
  })
  step('the id is read only afterwards', async (t) => {
    'use strict'
    const made = await product(t).create({ name: 'a' })
    try {
      made.id = 9
    } catch (error) {
      return { threw: error.name, id: made.id }
    }
    return { id: made.id }
  })
  step('a text id', async (t) => {
    const Coded = t.model('Coded', { code: { type: String, id: true }, name: String })
    const answers = [
      await t.ask(Coded, 'create', { code: 'x', name: 'a' }),
      await t.ask(Coded, 'create', { code: 'x', name: 'b' }),
      await t.ask(Coded, 'create', { name: 'none' }),
    ]
    return answers
  })
  step('drops an own key __proto__', async (t) => {
    const made = await t.attempt(() => product(t).create(JSON.parse('{"name":"a","__proto__":{"polluted":1}}')))
    return { made, polluted: {}.polluted }
  })
  step('skips functions', async (t) => product(t).create({ name: 'a', act() {} }))
  step('writes dynamic properties of an open model', async (t) => {
    const Product = product(t)
    await Product.create({ name: 'a', extra: { deep: [1] } })
    return Product.findOne()
  })
  step('stores what was written', async (t) => {
    const Product = product(t)
    await Product.create({ name: 'a', made: new Date(0), tags: ['x', 'y'], about: { deep: { er: 1 } } })
    return Product.find()
  })
})
