'use strict'
const { room } = require('../play')

async function items(t) {
  const Item = t.model('Item', {
    name: String,
    size: Number,
    made: Date,
    ok: Boolean,
    tags: [String],
    about: Object,
    at: 'GeoPoint',
    note: String,
  })
  const rows = [
    {
      name: 'Apple',
      size: 1,
      made: new Date(1000),
      ok: true,
      tags: ['a', 'b'],
      about: { x: 1, y: { z: 'q' } },
      at: { lat: 10, lng: 10 },
      note: 'n',
    },
    { name: 'banana', size: 5, made: new Date(2000), ok: false, tags: ['b'], about: { x: 2 }, at: { lat: 20, lng: 20 }, note: null },
    { name: 'Cherry.1', size: 3, made: new Date(3000), ok: true, tags: [], at: { lat: 11, lng: 11 } },
    { name: 'apple pie', size: 10, ok: false },
    { name: 'Date 50%', size: null, made: null, ok: null, tags: null, note: '' },
  ]
  for (const row of rows) await Item.create(row)
  return Item
}

const names = (rows) => rows.map((row) => row.name)

const wheres = {
  'a text': { name: 'Apple' },
  'a text of another case': { name: 'apple' },
  'a number': { size: 5 },
  'a number as text': { size: '5' },
  'a number for a text': { name: 5 },
  'a text for a number': { size: 'big' },
  'a date': { made: new Date(2000) },
  'a date as text': { made: '1970-01-01T00:00:02.000Z' },
  'a date as number': { made: 2000 },
  'a date that is none': { made: 'no date' },
  'a boolean': { ok: true },
  'a boolean as text': { ok: 'false' },
  'a boolean as number text': { ok: '1' },
  'a boolean as empty text': { ok: '' },
  null: { size: null },
  'null for a text that is null, empty or missing': { note: null },
  undefined: { size: undefined },
  'empty text': { note: '' },
  'two properties': { ok: true, size: 3 },
  'an unknown property': { none: 1 },
  'no condition': {},
  'a regular expression': { name: /^a/i },
  eq: { size: { eq: 5 } },
  neq: { size: { neq: 5 } },
  'neq null': { size: { neq: null } },
  'neq of a text': { note: { neq: 'n' } },
  gt: { size: { gt: 3 } },
  gte: { size: { gte: 3 } },
  lt: { size: { lt: 3 } },
  lte: { size: { lte: 3 } },
  'gt as text': { size: { gt: '3' } },
  'gt of a date': { made: { gt: new Date(1000) } },
  'gt of a date as text': { made: { gt: '1970-01-01T00:00:01.000Z' } },
  'gt of a text': { name: { gt: 'apple' } },
  'gt null': { size: { gt: null } },
  'lt null': { size: { lt: null } },
  between: { size: { between: [3, 5] } },
  'between as texts': { size: { between: ['3', '5'] } },
  'between of dates': { made: { between: [new Date(1000), new Date(2000)] } },
  'between with one value': { size: { between: [3] } },
  'between with three values': { size: { between: [3, 4, 5] } },
  'between with a text': { size: { between: 'text' } },
  inq: { size: { inq: [1, 3] } },
  'inq as texts': { size: { inq: ['1', '3'] } },
  'inq of none': { size: { inq: [] } },
  'inq with null': { size: { inq: [null, 1] } },
  'inq with a text': { size: { inq: 'text' } },
  'inq with an array-like object': { size: { inq: { 0: 1, 1: 3 } } },
  nin: { size: { nin: [1, 3] } },
  'nin of none': { size: { nin: [] } },
  like: { name: { like: 'ap%' } },
  'like in the middle': { name: { like: 'pp' } },
  'like with one letter': { name: { like: 'Appl_' } },
  'like with a dot': { name: { like: 'Cherry.%' } },
  'like with a percent sign': { name: { like: '%50\\%' } },
  'like with a regular expression': { name: { like: /^app/i } },
  'like with a number': { name: { like: 5 } },
  nlike: { name: { nlike: '%pp%' } },
  ilike: { name: { ilike: 'AP%' } },
  nilike: { name: { nilike: 'AP%' } },
  regexp: { name: { regexp: '^a' } },
  'regexp with flags': { name: { regexp: '/^a/i' } },
  'regexp as an object': { name: { regexp: /e$/ } },
  'regexp with wrong flags': { name: { regexp: '/a/x' } },
  'regexp with a slash': { name: { regexp: 'a/b' } },
  'regexp that is none': { name: { regexp: '(' } },
  'regexp with a number': { name: { regexp: 5 } },
  'regexp over a number': { size: { regexp: '^1' } },
  and: { and: [{ ok: true }, { size: { gt: 1 } }] },
  or: { or: [{ size: 1 }, { name: 'banana' }] },
  'or beside a property': { ok: true, or: [{ size: 1 }, { size: 5 }] },
  'or inside and': { and: [{ or: [{ size: 1 }, { size: 5 }] }, { ok: true }] },
  'and of none': { and: [] },
  'or of none': { or: [] },
  'and with an object': { and: { 0: { size: 1 } } },
  'and with a text': { and: 'text' },
  'and with a text inside': { and: ['text'] },
  'an array': [1],
  'a text as where': 'text',
  'a number as where': 5,
  'null as where': null,
  'an element of a list': { tags: 'a' },
  'neq over a list': { tags: { neq: 'a' } },
  'inq over a list': { tags: { inq: ['a', 'c'] } },
  'a whole list': { tags: ['a', 'b'] },
  'a path': { 'about.x': 1 },
  'a path as text': { 'about.x': '1' },
  'a deep path': { 'about.y.z': 'q' },
  'a path with an operator': { 'about.x': { gt: 1 } },
  'a whole object': { about: { x: 2 } },
  'two operators on one property': { size: { gt: 1, lt: 5 } },
  'two operators in and': { and: [{ size: { gt: 1 } }, { size: { lt: 5 } }] },
  'an unknown operator': { size: { foo: 1 } },
  'an operator with a dollar sign': { size: { $gt: 1 } },
  'not null with exists': { note: { exists: true } },
  'an id': { id: 2 },
  'an id as text': { id: '2' },
  'ids in a list': { id: { inq: ['1', 2] } },
  near: { at: { near: { lat: 10, lng: 10 } } },
  'near as text': { at: { near: '10,10' } },
  'near with a distance': { at: { near: { lat: 10, lng: 10 }, maxDistance: 200 } },
  'near with a distance and unit': { at: { near: { lat: 10, lng: 10 }, maxDistance: 200, unit: 'kilometers' } },
  'near with a smallest distance': { at: { near: { lat: 10, lng: 10 }, minDistance: 50 } },
  'near that is no point': { at: { near: { lat: 1000, lng: 10 } } },
}

const filters = {
  'order by one': { order: 'size' },
  'order descending': { order: 'size DESC' },
  'order in small letters': { order: 'size desc' },
  'order by two': { order: ['ok', 'size DESC'] },
  'order by two in a text': { order: 'ok, size DESC' },
  'order by text': { order: 'name' },
  'order by date': { order: 'made DESC' },
  'order by a path': { order: 'about.x DESC' },
  'order by an unknown property': { order: 'none' },
  'order sideways': { order: 'size SIDEWAYS' },
  'order with three words': { order: 'size DESC now' },
  'order by a number': { order: 5 },
  'order by none': { order: [] },
  'order by an empty text': { order: '' },
  limit: { limit: 2 },
  'limit as text': { limit: '2' },
  'limit of none': { limit: 0 },
  'limit below none': { limit: -1 },
  'limit that is no number': { limit: 'x' },
  'limit with a fraction': { limit: 1.5 },
  'limit of null': { limit: null },
  skip: { skip: 3 },
  offset: { offset: 3 },
  'skip over offset': { skip: 1, offset: 3 },
  'skip and limit': { skip: 1, limit: 2 },
  'skip beyond': { skip: 50 },
  'skip below none': { skip: -1 },
  'skip that is no number': { skip: 'x' },
}

const fields = {
  'a name': 'name',
  names: ['name', 'size'],
  'names and an unknown one': ['name', 'none'],
  true: { name: true },
  false: { about: false, at: false, made: false, tags: false, ok: false, note: false },
  'true and false': { name: true, size: false },
  'an unknown one excluded': { none: false },
  nothing: {},
  'no names': [],
  'a number': 5,
}

module.exports = room('filter', (step) => {
  for (const [title, where] of Object.entries(wheres)) {
    step(`where ${title}`, async (t) =>
      t.ask(await items(t), function (callback) {
        this.find({ where }, (error, rows) => callback(error, rows && names(rows)))
      }),
    )
  }
  for (const [title, filter] of Object.entries(filters)) {
    step(title, async (t) =>
      t.ask(await items(t), function (callback) {
        this.find({ ...filter }, (error, rows) => callback(error, rows && names(rows)))
      }),
    )
  }
  for (const [title, chosen] of Object.entries(fields)) {
    step(`fields: ${title}`, async (t) => t.ask(await items(t), 'find', { fields: chosen, limit: 1 }))
  }
  step('count with operators', async (t) => {
    const Item = await items(t)
    return [
      await Item.count({ size: { gt: 1 } }),
      await Item.count({ or: [{ size: 1 }, { size: 3 }] }),
      await t.ask(Item, 'count', { size: { between: [1] } }),
    ]
  })
  step('limit is a hundred when only skip is given', async (t) => {
    const Many = t.model('Many', { n: Number })
    for (let n = 0; n < 120; n++) await Many.create({ n })
    return [(await Many.find()).length, (await Many.find({ skip: 5 })).length, (await Many.find({ limit: 110 })).length]
  })
  for (const how of ['nullify', 'throw', 'ignore']) {
    step(`undefined under normalizeUndefinedInQuery ${how}`, async (t) => {
      const Item = t.model('Item', { name: String, size: Number }, { normalizeUndefinedInQuery: how })
      await Item.create({ name: 'a', size: 1 })
      await Item.create({ name: 'b' })
      return t.ask(Item, 'find', { where: { size: undefined } })
    })
  }
  step('a closed model and an unknown property', async (t) => {
    const Closed = t.model('Closed', { name: String }, { strict: true })
    await Closed.create({ name: 'a' })
    return [
      await t.ask(Closed, 'find', { where: { none: 1 } }),
      await t.ask(Closed, 'find', { order: 'none' }),
      await t.ask(Closed, 'find', { fields: ['none'] }),
    ]
  })
  step('a hidden property in where', async (t) => {
    const Hider = t.model('Hider', { name: String, secret: String }, { hidden: ['secret'] })
    await Hider.create({ name: 'a', secret: 's' })
    return t.ask(Hider, 'find', { where: { secret: 's' } })
  })
})
