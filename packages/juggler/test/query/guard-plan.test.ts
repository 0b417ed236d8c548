import { runtimeOf } from '@reloop/juggler'
import { overStores, type AnyModel } from '../stores'
import { guarded } from './shelf'

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const one of stream) expect(one).toBeDefined()
}

overStores((make) => {
  let A: AnyModel
  let B: AnyModel
  let C: AnyModel
  let a: AnyModel
  let b: AnyModel
  let c: AnyModel

  beforeEach(async () => {
    const { db } = make()
    A = db.define('A', { name: String }, { strict: true })
    B = db.define('B', { name: String }, { strict: true })
    C = db.define('C', { name: String }, { strict: true })
    const Link = db.define('Link', {}, { strict: true })
    A.hasMany(B)
    A.hasMany(C, { through: Link })
    A.hasOne(C, { as: 'one', foreignKey: 'ownerId' })
    B.belongsTo(A)
    C.hasMany(A, { through: Link })
    Link.belongsTo(A)
    Link.belongsTo(C)
    await db.automigrate()
    a = await A.create({ name: 'a' })
    b = await a.bs.create({ name: 'b' })
    c = await a.cs.create({ name: 'c' })
    await a.one.create({ name: 'one' })
  })

  /** Every call, and the entities that it touches. */
  const calls: [string, (options: AnyModel) => Promise<unknown>, string][] = [
    ['find', (options) => A.find({ where: { name: 'a' } }, options), 'A'],
    ['findOne', (options) => A.findOne({ order: 'name' }, options), 'A'],
    ['findById', (options) => A.findById(a.id, {}, options), 'A'],
    ['findByIds', (options) => A.findByIds([a.id], {}, options), 'A'],
    ['exists', (options) => A.exists(a.id, options), 'A'],
    ['count', (options) => A.count({ 'bs.name': 'b' }, options), 'A B'],
    ['where over one hop', (options) => B.find({ where: { 'a.name': 'a' } }, options), 'A B'],
    ['where over two hops', (options) => B.find({ where: { 'a.one.name': 'one' } }, options), 'A B C'],
    ['where over a model in between', (options) => A.find({ where: { 'cs.name': 'c' } }, options), 'A C Link'],
    ['where that hides a hop in not and or', (options) => B.find({ where: { not: { or: [{ a: { none: {} } }] } } }, options), 'A B'],
    ['order over a hop', (options) => B.find({ order: 'a.name' }, options), 'A B'],
    ['include', (options) => B.find({ include: { a: ['one'] } }, options), 'A B C'],
    ['include over a model in between', (options) => A.find({ include: 'cs' }, options), 'A C Link'],
    [
      'where inside an include',
      (options) => A.find({ include: { relation: 'bs', scope: { where: { 'a.one.name': 'one' } } } }, options),
      'A B C',
    ],
    ['rows', (options) => runtimeOf(B).rows.find({ include: 'a' }, options), 'A B'],
    ['stream', (options) => drain(B.stream({ where: { 'a.name': 'a' }, include: 'a' }, options)), 'A B'],
    ['page', (options) => B.page({ where: { 'a.name': 'a' }, order: 'a.name', include: 'a' }, options), 'A B'],
    ['aggregate', (options) => B.aggregate({ where: { 'a.one.name': 'one' }, groupBy: 'name' }, options), 'A B C'],
    ['distinct', (options) => B.distinct('name', { 'a.name': 'a' }, options), 'A B'],
    ['create', (options) => A.create({ name: 'x' }, options), 'A'],
    ['createAll', (options) => A.create([{ name: 'x' }], options), 'A'],
    ['updateAll', (options) => B.updateAll({ 'a.name': 'a' }, { name: 'x' }, options), 'A B'],
    ['destroyAll', (options) => B.destroyAll({ 'a.name': 'a' }, options), 'A B'],
    ['save', (options) => a.save(options), 'A'],
    ['updateAttributes', (options) => a.updateAttributes({ name: 'x' }, options), 'A'],
    ['replaceById', (options) => A.replaceById(a.id, { name: 'x' }, options), 'A'],
    ['destroy', (options) => b.destroy(options), 'B'],
    ['reload', (options) => a.reload(options), 'A'],
    ['relation find', (options) => a.bs.find({}, options), 'B'],
    ['relation count', (options) => a.bs.count({}, options), 'B'],
    ['relation create', (options) => a.bs.create({ name: 'x' }, options), 'B'],
    ['relation updateById', (options) => a.bs.updateById(b.id, { name: 'x' }, options), 'B'],
    ['relation destroy', (options) => a.bs.destroy(b.id, options), 'B'],
    ['belongsTo', (options) => b.a.getAsync(options), 'A'],
    ['hasOne update', (options) => a.one.update({ name: 'x' }, options), 'C'],
    ['through find', (options) => a.cs.find({}, options), 'C Link'],
    ['through create', (options) => a.cs.create({ name: 'x' }, options), 'C Link'],
    ['through add', (options) => a.cs.add(c, {}, options), 'Link'],
    ['through remove', (options) => a.cs.remove(c, options), 'Link'],
    ['through exists', (options) => a.cs.exists(c.id, options), 'Link'],
  ]

  it.each(calls)('the guard is asked for each entity that %s touches', async (_what, run, expected) => {
    const asked: string[] = []
    await run(guarded(asked))
    expect([...new Set(asked.map((text) => text.split('.')[0]))].sort().join(' ')).toBe(expected)
  })

  it.each(calls)('%s is refused when one of them is', async (_what, run, expected) => {
    for (const entity of expected.split(' '))
      await expect(run(guarded([], (name) => name !== entity))).rejects.toMatchObject({ code: 'AUTHORIZATION_REQUIRED', statusCode: 401 })
  })
})
