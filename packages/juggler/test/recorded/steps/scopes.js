'use strict'
const { room } = require('../play')

async function stations(t) {
  const Station = t.model('Station', { name: String, active: Boolean, kind: String, depth: Number })
  Station.scope('active', { where: { active: true } })
  Station.scope('subway', { where: { kind: 'subway' } })
  Station.scope('deepest', { order: 'depth DESC', limit: 1 })
  Station.scope('dynamic', () => ({ where: { kind: 'tram' } }))
  const rows = [
    ['A', true, 'subway', 5],
    ['B', true, 'tram', 1],
    ['C', false, 'subway', 9],
  ]
  for (const [name, active, kind, depth] of rows) await Station.create({ name, active, kind, depth })
  return Station
}

const names = (rows) => rows.map((row) => row.name)

module.exports = room('scope', (step) => {
  const over = (title, play) => step(title, async (t) => play(await stations(t), t))

  over('a call with a callback', (Station, t) => t.ask(Station, 'active'))
  over('a call with a condition', (Station, t) => t.ask(Station, 'active', { where: { kind: 'tram' } }))
  over('a call with refresh', (Station, t) => t.ask(Station, 'active', true))
  over('a call with condition and options', (Station, t) => t.ask(Station, 'active', { order: 'name DESC' }, { any: 1 }))
  over('a call without callback', (Station, t) => t.tell(Station.active()))
  over('as a promise', async (Station) => names(await (Station.active.find || Station.active.getAsync).call(Station.active)))
  over('as a promise with a condition', async (Station) =>
    names(await (Station.active.find || Station.active.getAsync).call(Station.active, { where: { kind: 'tram' } })),
  )
  over('getAsync', async (Station, t) => t.attempt(async () => names(await Station.active.getAsync())))
  over('a function', (Station, t) => t.ask(Station, 'dynamic'))
  over('order and limit', (Station, t) => t.ask(Station, 'deepest'))
  over('chained', (Station, t) =>
    t.ask(Station, function (callback) {
      this.active.subway(callback)
    }),
  )
  over('count', (Station, t) => t.ask(Station.active, 'count'))
  over('count as a promise', (Station) => Station.active.count())
  over('count with where', (Station, t) => t.ask(Station.active, 'count', { kind: 'tram' }))
  over('create', (Station, t) => t.ask(Station.active, 'create', { name: 'D' }))
  over('create as a promise', (Station) => Station.subway.create({ name: 'D' }))
  over('build', (Station) => Station.active.build({ name: 'E' }))
  over('findById', (Station, t) => t.ask(Station.active, 'findById', 1))
  over('findById outside of the scope', (Station, t) => t.ask(Station.active, 'findById', 3))
  over('findOne', (Station, t) => t.ask(Station.active, 'findOne', { where: { kind: 'tram' } }))
  over('updateAll', async (Station, t) => [await t.ask(Station.active, 'updateAll', { depth: 0 }), await Station.count({ depth: 0 })])
  over('updateAll with where', async (Station, t) => t.ask(Station.active, 'updateAll', { kind: 'tram' }, { depth: 0 }))
  over('destroyAll', async (Station, t) => [await t.ask(Station.active, 'destroyAll'), names(await Station.find())])
  over('destroyAll with where', async (Station, t) => [
    await t.ask(Station.active, 'destroyAll', { kind: 'tram' }),
    names(await Station.find()),
  ])
  over('members', (Station) => ({
    scope: Station.active._scope,
    target: Station.active._targetClass,
    fresh: Station.active !== Station.active,
  }))
  over('methods', (Station, t) => {
    Station.scope('named', { where: { active: true } }, null, { shout: () => 'loud' })
    return t.tell(Station.named.shout())
  })
  over('from settings', async (_, t) => {
    const Set = t.model('SetStation', { name: String, vip: Boolean }, { scopes: { vips: { where: { vip: true } } } })
    await Set.create({ name: 'a', vip: true })
    await Set.create({ name: 'b' })
    return [await t.ask(Set, 'vips'), await Set.vips.count()]
  })
  over('to another model', async (Station, t) => {
    const Line = t.model('Line', { name: String })
    Line.scope('stops', { where: { active: true } }, Station)
    return t.ask(Line, 'stops')
  })
  over('on instances', async (Station, t) => {
    Station.scope('same', { where: { kind: 'subway' } }, null, {}, { isStatic: false })
    const one = await Station.findOne()
    return { answer: await t.ask(one, 'same'), cached: t.tell(one.same()) }
  })
  over('a scope shows on a subclass', async (Station, t) => {
    const Sub = Station.extend('SubStation', {}, {})
    Sub.attachTo(t.db)
    return typeof Sub.active
  })
  over('find changes nothing of the definition', async (Station, t) => {
    await t.ask(Station, 'active', { where: { kind: 'tram' } })
    return t.ask(Station, 'active')
  })
  over('get method of remoting', async (Station, t) => ({
    get: await t.ask(Station, '__get__active'),
    count: await t.ask(Station, '__count__active'),
    create: await t.ask(Station, '__create__active', { name: 'R' }),
    gone: await t.ask(Station, '__delete__active'),
  }))
})
