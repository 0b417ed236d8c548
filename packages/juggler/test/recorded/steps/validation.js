'use strict'
const { room } = require('../play')

const check = (t, Model) => async (data) => {
  const answer = await t.ask(Model, 'create', data)
  return answer.error ? answer.error.$error : 'valid'
}

const definers = {
  presence: [
    (M) => M.validatesPresenceOf('name', 'nick'),
    [{}, { name: '', nick: 'n' }, { name: null, nick: 'n' }, { name: 'a', nick: 'b' }],
  ],
  'presence with a message': [(M) => M.validatesPresenceOf('name', { message: 'is needed' }), [{}]],
  'presence of zero and false': [
    (M) => M.validatesPresenceOf('age', 'ok'),
    [
      { age: 0, ok: false },
      { age: NaN, ok: true },
    ],
  ],
  absence: [(M) => M.validatesAbsenceOf('name'), [{ name: 'a' }, { name: '' }, {}]],
  'length min and max': [
    (M) => M.validatesLengthOf('name', { min: 2, max: 3 }),
    [{ name: 'a' }, { name: 'abcd' }, { name: 'abc' }, {}, { name: null }, { name: '' }],
  ],
  'length is': [(M) => M.validatesLengthOf('name', { is: 3 }), [{ name: 'ab' }, { name: 'abc' }]],
  'length with messages': [
    (M) => M.validatesLengthOf('name', { min: 2, max: 3, message: { min: 'tiny', max: 'huge' } }),
    [{ name: 'a' }, { name: 'abcd' }, {}],
  ],
  'length with a text as message': [(M) => M.validatesLengthOf('name', { min: 2, message: 'bad length' }), [{ name: 'a' }]],
  'length of a list': [(M) => M.validatesLengthOf('tags', { min: 2 }), [{ tags: ['a'] }, { tags: ['a', 'b'] }]],
  numericality: [(M) => M.validatesNumericalityOf('age'), [{ age: 'x' }, { age: 1.5 }, {}, { age: null }]],
  'numericality int': [(M) => M.validatesNumericalityOf('age', { int: true }), [{ age: 1.5 }, { age: 2 }]],
  'numericality of a text': [(M) => M.validatesNumericalityOf('name'), [{ name: 'x' }, { name: '5' }]],
  'numericality with messages': [
    (M) => M.validatesNumericalityOf('age', { int: true, message: { int: 'whole please', number: 'number please' } }),
    [{ age: 1.5 }],
  ],
  inclusion: [(M) => M.validatesInclusionOf('name', { in: ['a', 'b'] }), [{ name: 'c' }, { name: 'a' }, {}, { name: null }]],
  'inclusion with a message': [(M) => M.validatesInclusionOf('name', { in: ['a'], message: 'is no choice' }), [{ name: 'c' }]],
  exclusion: [(M) => M.validatesExclusionOf('name', { in: ['root'] }), [{ name: 'root' }, { name: 'a' }, {}]],
  format: [(M) => M.validatesFormatOf('name', { with: /^[a-z]+$/ }), [{ name: 'A' }, { name: 'a' }, {}, { name: '' }, { name: null }]],
  'format with a message': [(M) => M.validatesFormatOf('name', { with: /^a/, message: 'starts wrong' }), [{ name: 'b' }]],
  'format of a number': [(M) => M.validatesFormatOf('age', { with: /^5/ }), [{ age: 55 }]],
  'format over two checks': [(M) => M.validatesFormatOf('name', { with: /a/g }), [{ name: 'a' }, { name: 'a' }]],
  allowNull: [(M) => M.validatesLengthOf('name', { min: 2, allowNull: true }), [{ name: null }, {}, { name: '' }]],
  allowBlank: [(M) => M.validatesLengthOf('name', { min: 2, allowBlank: true }), [{ name: '' }, {}, { name: null }]],
  'allowNull and allowBlank': [
    (M) => M.validatesFormatOf('name', { with: /a/, allowNull: true, allowBlank: true }),
    [{}, { name: null }, { name: '' }, { name: 'b' }],
  ],
  'if a function': [
    (M) =>
      M.validatesPresenceOf('name', {
        if() {
          return this.age > 5
        },
      }),
    [{ age: 9 }, { age: 1 }],
  ],
  'if a property': [(M) => M.validatesPresenceOf('name', { if: 'ok' }), [{ ok: true }, { ok: false }]],
  'if a method': [
    (M) => {
      M.prototype.mustName = function () {
        return this.age > 5
      }
      M.validatesPresenceOf('name', { if: 'mustName' })
    },
    [{ age: 9 }, { age: 1 }],
  ],
  'if an unknown name': [(M) => M.validatesPresenceOf('name', { if: 'unknown' }), [{}]],
  'unless a function': [
    (M) =>
      M.validatesPresenceOf('name', {
        unless() {
          return this.age > 5
        },
      }),
    [{ age: 9 }, { age: 1 }],
  ],
  'unless an unknown name': [(M) => M.validatesPresenceOf('name', { unless: 'unknown' }), [{}]],
  'a code': [(M) => M.validatesPresenceOf('name', { code: 'need' }), [{}]],
  'a code with kinds': [(M) => M.validatesLengthOf('name', { min: 2, code: 'size' }), [{ name: 'a' }]],
  custom: [
    (M) =>
      M.validate(
        'name',
        function (fail) {
          if (this.name === 'bad') fail()
        },
        { message: 'is bad' },
      ),
    [{ name: 'bad' }, { name: 'good' }],
  ],
  'custom without a message': [
    (M) =>
      M.validate('name', function (fail) {
        if (this.name === 'bad') fail()
      }),
    [{ name: 'bad' }],
  ],
  'custom with kinds': [
    (M) =>
      M.validate(
        'name',
        function (fail) {
          fail('odd')
        },
        { message: { odd: 'is odd' } },
      ),
    [{ name: 'x' }],
  ],
  'custom with false': [
    (M) =>
      M.validate('name', function (fail) {
        fail(false)
      }),
    [{ name: 'x' }],
  ],
  async: [
    (M) =>
      M.validateAsync(
        'name',
        function (fail, done) {
          setImmediate(() => {
            if (this.name === 'bad') fail()
            done()
          })
        },
        { message: 'is bad' },
      ),
    [{ name: 'bad' }, { name: 'good' }],
  ],
  'async with kinds': [
    (M) =>
      M.validateAsync(
        'name',
        function (fail, done) {
          fail('odd')
          done()
        },
        { message: { odd: 'is odd' } },
      ),
    [{ name: 'x' }],
  ],
  'two on one property': [
    (M) => {
      M.validatesLengthOf('name', { min: 3 })
      M.validatesFormatOf('name', { with: /^a/ })
    },
    [{ name: 'b' }],
  ],
  'several properties': [
    (M) => {
      M.validatesPresenceOf('name')
      M.validatesNumericalityOf('age', { int: true })
    },
    [{ age: 1.5 }],
  ],
}

module.exports = room('validation', (step) => {
  const define = (t) => t.model('Person', { name: String, nick: String, age: Number, ok: Boolean, tags: [String], born: Date })

  for (const [title, [declare, list]] of Object.entries(definers)) {
    step(title, async (t) => {
      const Person = define(t)
      declare(Person)
      const answers = []
      for (const data of list) answers.push(await check(t, Person)(data))
      return answers
    })
  }
  step('uniqueness', async (t) => {
    const Person = define(t)
    Person.validatesUniquenessOf('name')
    const run = check(t, Person)
    return [await run({ name: 'a' }), await run({ name: 'a' }), await run({ name: 'b' }), await run({}), await run({})]
  })
  step('uniqueness on save of itself', async (t) => {
    const Person = define(t)
    Person.validatesUniquenessOf('name')
    const one = await Person.create({ name: 'a' })
    const two = await Person.create({ name: 'b' })
    return [await t.ask(one, 'save'), await t.ask(two, 'updateAttributes', { name: 'a' })]
  })
  step('uniqueness scoped', async (t) => {
    const Person = define(t)
    Person.validatesUniquenessOf('name', { scopedTo: ['nick'], message: 'is taken' })
    const run = check(t, Person)
    return [await run({ name: 'a', nick: 'x' }), await run({ name: 'a', nick: 'y' }), await run({ name: 'a', nick: 'x' })]
  })
  step('required', async (t) => {
    const Person = t.model('Needed', { name: { type: String, required: true }, other: { type: String, required: { message: 'give it' } } })
    return [await check(t, Person)({}), await check(t, Person)({ name: 'a', other: 'b' })]
  })
  step('isValid without async validators', (t) => {
    const Person = define(t)
    Person.validatesPresenceOf('name')
    const [bad, good] = [new Person({}), new Person({ name: 'a' })]
    return { bad: bad.isValid(), errors: bad.errors, codes: bad.errors && bad.errors.codes, good: good.isValid(), none: good.errors }
  })
  step('isValid with a callback', (t) => {
    const Person = define(t)
    Person.validatesPresenceOf('name')
    return new Promise((resolve) => new Person({}).isValid((valid) => resolve({ valid })))
  })
  step('isValid with async validators', (t) => {
    const Person = define(t)
    Person.validateAsync('name', (fail, done) => setImmediate(done))
    const one = new Person({})
    return new Promise((resolve) => {
      const returned = one.isValid((valid) => resolve({ returned: t.tell(returned), valid, errors: one.errors }))
    })
  })
  step('errors go when it becomes valid', (t) => {
    const Person = define(t)
    Person.validatesPresenceOf('name')
    const one = new Person({})
    one.isValid()
    one.name = 'a'
    return [one.isValid(), one.errors]
  })
  step('errors of an instance', async (t) => {
    const Person = define(t)
    Person.validatesPresenceOf('name')
    const one = new Person({})
    const error = await one.save().catch((reason) => reason)
    return { message: error.message, context: error.details.context, codes: one.errors.codes, list: one.errors.name }
  })
  step('a message with values of all kinds', async (t) => {
    const Person = t.model('Person', { name: String, age: Number, born: Date, about: Object, tags: [String] })
    for (const name of ['name', 'age', 'born', 'about', 'tags']) Person.validate(name, (fail) => fail(), { message: 'is wrong' })
    return check(
      t,
      Person,
    )({ name: 'a very long text that goes on and on and on', age: 5, born: new Date(0), about: { a: 1, b: { c: 2 } }, tags: ['x', 'y'] })
  })
  step('validations of a class', (t) => {
    const Person = define(t)
    Person.validatesPresenceOf('name', { message: 'x' })
    return Object.entries(Person.validations).map(([name, list]) => [name, list.map(({ validation }) => validation)])
  })
  step('validations of a base', async (t) => {
    const Person = define(t)
    Person.validatesPresenceOf('name')
    const Child = Person.extend('Child', {}, { forceId: false })
    Child.attachTo(t.db)
    return check(t, Child)({})
  })
  step('required of a base', async (t) => {
    const Person = t.model('Needed', { name: { type: String, required: true } })
    const Child = Person.extend('Child', {}, { forceId: false })
    Child.attachTo(t.db)
    return check(t, Child)({})
  })
  step('delete validations', async (t) => {
    const Person = define(t)
    Person.validatesPresenceOf('name')
    delete Person.validations
    return check(t, Person)({})
  })
  step('embedded instances are not validated by their owner', async (t) => {
    const Child = t.model('Child', { name: { type: String, required: true } })
    const Parent = t.model('Parent', { child: Child })
    return check(t, Parent)({ child: {} })
  })
  step('a ValidationError made by hand', (t) => {
    const Person = define(t)
    Person.validatesPresenceOf('name')
    const one = new Person({})
    one.isValid()
    const error = new t.juggler.ValidationError(one)
    return { error, isError: error instanceof Error, name: error.name }
  })
})
