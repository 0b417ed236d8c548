'use strict'
const { room } = require('../recorded/play')

async function things(t, settings) {
  const Thing = t.model(
    'Thing',
    { name: { type: String, required: true }, size: Number, kind: { type: String, default: 'plain' } },
    settings,
  )
  const one = await Thing.create({ name: 'one', size: 1 })
  await Thing.create({ name: 'two', size: 2 })
  return { Thing, one }
}

const calls = {
  find: ({ Thing }) => Thing.find(),
  'find with a filter': ({ Thing }) => Thing.find({ where: { name: 'two' }, fields: ['name'] }),
  'find of nothing': ({ Thing }) => Thing.find({ where: { name: 'none' } }),
  'find with notify false': ({ Thing }) => Thing.find({}, { notify: false }),
  'find with options': ({ Thing }) => Thing.find({}, { token: 't' }),
  findOne: ({ Thing }) => Thing.findOne({ where: { size: 2 } }),
  findById: ({ Thing }) => Thing.findById(1),
  findByIds: ({ Thing }) => Thing.findByIds([2, 1]),
  exists: ({ Thing }) => Thing.exists(1),
  count: ({ Thing }) => Thing.count({ size: 1 }),
  create: ({ Thing }) => Thing.create({ name: 'new' }),
  'create invalid': ({ Thing }, t) => t.ask(Thing, 'create', {}),
  'create many': ({ Thing }, t) => t.ask(Thing, 'create', [{ name: 'x' }]),
  'updateOrCreate of a known id': ({ Thing }) => Thing.updateOrCreate({ id: 1, name: 'u' }),
  'updateOrCreate of an unknown id': ({ Thing }) => Thing.updateOrCreate({ id: 9, name: 'u' }),
  'updateOrCreate without an id': ({ Thing }) => Thing.updateOrCreate({ name: 'u' }),
  'upsertWithWhere of one': ({ Thing }) => Thing.upsertWithWhere({ name: 'one' }, { name: 'u' }),
  'upsertWithWhere of none': ({ Thing }) => Thing.upsertWithWhere({ name: 'none' }, { name: 'u' }),
  'upsertWithWhere of many': ({ Thing }, t) => t.ask(Thing, 'upsertWithWhere', { size: { gt: 0 } }, { name: 'u' }),
  'replaceOrCreate of a known id': ({ Thing }) => Thing.replaceOrCreate({ id: 1, name: 'r' }),
  'replaceOrCreate of an unknown id': ({ Thing }) => Thing.replaceOrCreate({ id: 9, name: 'r' }),
  'replaceOrCreate without an id': ({ Thing }) => Thing.replaceOrCreate({ name: 'r' }),
  'findOrCreate found': ({ Thing }) => Thing.findOrCreate({ where: { name: 'one' } }, { name: 'one' }),
  'findOrCreate new': ({ Thing }) => Thing.findOrCreate({ where: { name: 'none' } }, { name: 'none' }),
  save: ({ one }) => {
    one.size = 5
    return one.save()
  },
  'save of a new instance': ({ Thing }) => new Thing({ name: 'n' }).save(),
  updateAttributes: ({ one }) => one.updateAttributes({ size: 5 }),
  patchAttributes: ({ one }) => one.patchAttributes({ size: 5 }),
  updateAttribute: ({ one }) => one.updateAttribute('size', 5),
  replaceById: ({ Thing }) => Thing.replaceById(1, { name: 'r' }),
  replaceAttributes: ({ one }) => one.replaceAttributes({ name: 'r' }),
  updateAll: ({ Thing }) => Thing.updateAll({ size: 1 }, { size: 7 }),
  destroyAll: ({ Thing }) => Thing.destroyAll({ size: 1 }),
  'destroyAll without where': ({ Thing }) => Thing.destroyAll(),
  'destroyAll with notify false': ({ Thing }) => Thing.destroyAll({}, { notify: false }),
  destroyById: ({ Thing }) => Thing.destroyById(1),
  destroy: ({ one }) => one.destroy(),
  reload: ({ one }) => one.reload(),
}

/** What a hook does to a call, by the hook. */
const act = (Thing, hook, fn) =>
  Thing.observe(hook, (ctx, next) => {
    fn(ctx)
    next()
  })

const mutations = {
  'access: a where that is assigned narrows find': [
    (Thing) => act(Thing, 'access', (ctx) => (ctx.query.where = { size: 2 })),
    ({ Thing }) => Thing.find(),
  ],
  'access: a replaced query counts for find': [
    (Thing) => act(Thing, 'access', (ctx) => (ctx.query = { where: { size: 2 } })),
    ({ Thing }) => Thing.find(),
  ],
  'access: narrows findById': [
    (Thing) => act(Thing, 'access', (ctx) => (ctx.query.where = { and: [ctx.query.where, { size: 2 }] })),
    ({ Thing }) => Thing.findById(1),
  ],
  'access: narrows count': [(Thing) => act(Thing, 'access', (ctx) => (ctx.query.where = { size: 2 })), ({ Thing }) => Thing.count()],
  'access: narrows updateAll': [
    (Thing) => act(Thing, 'access', (ctx) => (ctx.query.where = { size: 2 })),
    ({ Thing }) => Thing.updateAll({}, { size: 9 }),
  ],
  'access: narrows destroyAll': [
    (Thing) => act(Thing, 'access', (ctx) => (ctx.query.where = { size: 2 })),
    ({ Thing }) => Thing.destroyAll(),
  ],
  'access: narrows destroyById': [
    (Thing) => act(Thing, 'access', (ctx) => (ctx.query.where = { size: 2 })),
    ({ Thing }) => Thing.destroyById(1),
  ],
  'access: narrows prototype.destroy': [
    (Thing) => act(Thing, 'access', (ctx) => (ctx.query.where = { size: 2 })),
    ({ one }) => one.destroy(),
  ],
  'access: narrows updateOrCreate': [
    (Thing) => act(Thing, 'access', (ctx) => (ctx.query.where = { size: 2 })),
    ({ Thing }) => Thing.updateOrCreate({ id: 1, name: 'u' }),
  ],
  'access: narrows replaceOrCreate': [
    (Thing) => act(Thing, 'access', (ctx) => (ctx.query.where = { size: 2 })),
    ({ Thing }) => Thing.replaceOrCreate({ id: 1, name: 'r' }),
  ],
  'before save: a changed instance is created': [
    (Thing) => act(Thing, 'before save', (ctx) => (ctx.instance.name = 'hooked')),
    ({ Thing }) => Thing.create({ name: 'n' }),
  ],
  'before save: makes it valid': [
    (Thing) => act(Thing, 'before save', (ctx) => (ctx.instance.name = 'hooked')),
    ({ Thing }, t) => t.ask(Thing, 'create', {}),
  ],
  'before save: unsetAttribute on create': [
    (Thing) => act(Thing, 'before save', (ctx) => ctx.instance.unsetAttribute('size')),
    ({ Thing }) => Thing.create({ name: 'n', size: 5 }),
  ],
  'before save: a changed instance is saved': [
    (Thing) => act(Thing, 'before save', (ctx) => (ctx.instance.name = 'hooked')),
    ({ one }) => one.save(),
  ],
  'before save: changed data on updateAttributes': [
    (Thing) => act(Thing, 'before save', (ctx) => (ctx.data.name = 'hooked')),
    ({ one }) => one.updateAttributes({ size: 5 }),
  ],
  'before save: replaced data on updateAttributes': [
    (Thing) => act(Thing, 'before save', (ctx) => (ctx.data = { name: 'hooked' })),
    ({ one }) => one.updateAttributes({ size: 5 }),
  ],
  'before save: deleted data on updateAttributes': [
    (Thing) => act(Thing, 'before save', (ctx) => delete ctx.data.size),
    ({ one }) => one.updateAttributes({ size: 5, name: 'n' }),
  ],
  'before save: changed data on updateAll': [
    (Thing) => act(Thing, 'before save', (ctx) => (ctx.data.name = 'hooked')),
    ({ Thing }) => Thing.updateAll({ size: 1 }, { size: 5 }),
  ],
  'before save: replaced data on updateAll': [
    (Thing) => act(Thing, 'before save', (ctx) => (ctx.data = { name: 'hooked' })),
    ({ Thing }) => Thing.updateAll({ size: 1 }, { size: 5 }),
  ],
  'before save: changed where on updateAll': [
    (Thing) => act(Thing, 'before save', (ctx) => (ctx.where = { size: 2 })),
    ({ Thing }) => Thing.updateAll({ size: 1 }, { name: 'u' }),
  ],
  'before save: changed data on updateOrCreate': [
    (Thing) => act(Thing, 'before save', (ctx) => (ctx.data.name = 'hooked')),
    ({ Thing }) => Thing.updateOrCreate({ id: 1, name: 'u' }),
  ],
  'before save: replaced data on updateOrCreate': [
    (Thing) => act(Thing, 'before save', (ctx) => (ctx.data = { name: 'hooked' })),
    ({ Thing }) => Thing.updateOrCreate({ id: 1, name: 'u', size: 5 }),
  ],
  'before save: a changed instance is replaced': [
    (Thing) => act(Thing, 'before save', (ctx) => (ctx.instance.name = 'hooked')),
    ({ Thing }) => Thing.replaceById(1, { name: 'r' }),
  ],
  'before save: a changed instance on replaceOrCreate': [
    (Thing) => act(Thing, 'before save', (ctx) => (ctx.instance.name = 'hooked')),
    ({ Thing }) => Thing.replaceOrCreate({ id: 1, name: 'r' }),
  ],
  'before save: a changed instance on findOrCreate': [
    (Thing) => act(Thing, 'before save', (ctx) => (ctx.instance.name = 'hooked')),
    ({ Thing }) => Thing.findOrCreate({ where: { name: 'none' } }, { name: 'n' }),
  ],
  'persist: changed data on create': [
    (Thing) => act(Thing, 'persist', (ctx) => (ctx.data.name = 'hooked')),
    ({ Thing }) => Thing.create({ name: 'n' }),
  ],
  'persist: replaced data on create': [
    (Thing) => act(Thing, 'persist', (ctx) => (ctx.data = { name: 'hooked' })),
    ({ Thing }) => Thing.create({ name: 'n', size: 5 }),
  ],
  'persist: changed data on save': [(Thing) => act(Thing, 'persist', (ctx) => (ctx.data.name = 'hooked')), ({ one }) => one.save()],
  'persist: changed data on updateAttributes': [
    (Thing) => act(Thing, 'persist', (ctx) => (ctx.data.name = 'hooked')),
    ({ one }) => one.updateAttributes({ size: 5 }),
  ],
  'persist: changed data on updateAll': [
    (Thing) => act(Thing, 'persist', (ctx) => (ctx.data.name = 'hooked')),
    ({ Thing }) => Thing.updateAll({ size: 1 }, { size: 5 }),
  ],
  'persist: changed data on updateOrCreate': [
    (Thing) => act(Thing, 'persist', (ctx) => (ctx.data.name = 'hooked')),
    ({ Thing }) => Thing.updateOrCreate({ id: 1, name: 'u' }),
  ],
  'persist: changed data on replaceById': [
    (Thing) => act(Thing, 'persist', (ctx) => (ctx.data.name = 'hooked')),
    ({ Thing }) => Thing.replaceById(1, { name: 'r' }),
  ],
  'persist: changed data on replaceOrCreate': [
    (Thing) => act(Thing, 'persist', (ctx) => (ctx.data.name = 'hooked')),
    ({ Thing }) => Thing.replaceOrCreate({ id: 1, name: 'r' }),
  ],
  'persist: changed data on findOrCreate': [
    (Thing) => act(Thing, 'persist', (ctx) => (ctx.data.name = 'hooked')),
    ({ Thing }) => Thing.findOrCreate({ where: { name: 'none' } }, { name: 'n' }),
  ],
  'loaded: changed data on find': [
    (Thing) => act(Thing, 'loaded', (ctx) => ((ctx.data || ctx.instance).name = 'hooked')),
    ({ Thing }) => Thing.find(),
  ],
  'loaded: changed data on findById': [
    (Thing) => act(Thing, 'loaded', (ctx) => ((ctx.data || ctx.instance).name = 'hooked')),
    ({ Thing }) => Thing.findById(1),
  ],
  'loaded: changed data on create': [
    (Thing) => act(Thing, 'loaded', (ctx) => ((ctx.data || ctx.instance).name = 'hooked')),
    ({ Thing }) => Thing.create({ name: 'n' }),
  ],
  'loaded: changed data on save': [
    (Thing) => act(Thing, 'loaded', (ctx) => ((ctx.data || ctx.instance).name = 'hooked')),
    ({ one }) => one.save(),
  ],
  'loaded: changed data on updateAttributes': [
    (Thing) => act(Thing, 'loaded', (ctx) => ((ctx.data || ctx.instance).name = 'hooked')),
    ({ one }) => one.updateAttributes({ size: 5 }),
  ],
  'loaded: changed data on updateOrCreate': [
    (Thing) => act(Thing, 'loaded', (ctx) => ((ctx.data || ctx.instance).name = 'hooked')),
    ({ Thing }) => Thing.updateOrCreate({ id: 1, name: 'u' }),
  ],
  'loaded: changed data on replaceById': [
    (Thing) => act(Thing, 'loaded', (ctx) => ((ctx.data || ctx.instance).name = 'hooked')),
    ({ Thing }) => Thing.replaceById(1, { name: 'r' }),
  ],
  'after save: a changed instance is answered': [
    (Thing) => act(Thing, 'after save', (ctx) => (ctx.instance.name = 'hooked')),
    ({ Thing }) => Thing.create({ name: 'n' }),
  ],
  'before delete: a changed where on destroyAll': [
    (Thing) => act(Thing, 'before delete', (ctx) => (ctx.where = { size: 2 })),
    ({ Thing }) => Thing.destroyAll({ size: 1 }),
  ],
  'before delete: a changed where on destroyById': [
    (Thing) => act(Thing, 'before delete', (ctx) => (ctx.where = { size: 2 })),
    ({ Thing }) => Thing.destroyById(1),
  ],
  'before delete: a changed where on destroy': [
    (Thing) => act(Thing, 'before delete', (ctx) => (ctx.where = { size: 2 })),
    ({ one }) => one.destroy(),
  ],
}

const writes = {
  create: ({ Thing }, t) => t.ask(Thing, 'create', { name: 'n' }),
  save: ({ one }, t) => t.ask(one, 'save'),
  updateAttributes: ({ one }, t) => t.ask(one, 'updateAttributes', { size: 5 }),
  updateOrCreate: ({ Thing }, t) => t.ask(Thing, 'updateOrCreate', { id: 1, name: 'u' }),
  upsertWithWhere: ({ Thing }, t) => t.ask(Thing, 'upsertWithWhere', { name: 'one' }, { name: 'u' }),
  replaceOrCreate: ({ Thing }, t) => t.ask(Thing, 'replaceOrCreate', { id: 1, name: 'r' }),
  replaceById: ({ Thing }, t) => t.ask(Thing, 'replaceById', 1, { name: 'r' }),
  findOrCreate: ({ Thing }, t) => t.ask(Thing, 'findOrCreate', { where: { name: 'none' } }, { name: 'n' }),
  updateAll: ({ Thing }, t) => t.ask(Thing, 'updateAll', { size: 1 }, { size: 5 }),
  destroyAll: ({ Thing }, t) => t.ask(Thing, 'destroyAll', { size: 1 }),
  destroyById: ({ Thing }, t) => t.ask(Thing, 'destroyById', 1),
  destroy: ({ one }, t) => t.ask(one, 'destroy'),
  find: ({ Thing }, t) => t.ask(Thing, 'find'),
  count: ({ Thing }, t) => t.ask(Thing, 'count'),
}

const stages = ['access', 'before save', 'persist', 'loaded', 'after save', 'before delete', 'after delete']

const legacy = {
  create: ({ Thing }) => Thing.create({ name: 'n' }),
  save: ({ one }) => one.save(),
  updateAttributes: ({ one }) => one.updateAttributes({ size: 5 }),
  destroy: ({ one }) => one.destroy(),
  upsert: ({ Thing }) => Thing.upsert({ id: 1, name: 'u' }),
  replaceById: ({ Thing }) => Thing.replaceById(1, { name: 'r' }),
  updateAll: ({ Thing }) => Thing.updateAll({}, { size: 1 }),
  destroyAll: ({ Thing }) => Thing.destroyAll(),
  find: ({ Thing }) => Thing.find(),
  isValid: ({ one }) => new Promise((resolve) => one.isValid(resolve)),
}

module.exports = [
  ...room('hooks', (step) => {
    for (const [title, call] of Object.entries(calls)) {
      step(title, async (t) => {
        const world = await things(t)
        const log = t.watch(world.Thing)
        await call(world, t)
        return log
      })
    }
  }),
  ...room('hooks change', (step) => {
    for (const [title, [hook, call]] of Object.entries(mutations)) {
      step(title, async (t) => {
        const world = await things(t)
        hook(world.Thing)
        const answer = await t.attempt(() => call(world, t))
        world.Thing.clearObservers('access')
        world.Thing.clearObservers('loaded')
        return { answer, rows: await world.Thing.find() }
      })
    }
  }),
  ...room('hooks refuse', (step) => {
    for (const [name, call] of Object.entries(writes)) {
      for (const stage of stages) {
        step(`${name} by ${stage}`, async (t) => {
          const world = await things(t)
          world.Thing.observe(stage, (ctx, next) => next(new Error('refused')))
          const answer = await call(world, t)
          world.Thing.clearObservers(stage)
          return { answer, rows: await world.Thing.find() }
        })
      }
    }
  }),
  ...room('hooks of old', (step) => {
    const names = ['Validate', 'Save', 'Create', 'Update', 'Destroy'].flatMap((action) => [`before${action}`, `after${action}`])
    for (const [title, call] of Object.entries(legacy)) {
      step(title, async (t) => {
        const world = await things(t)
        const log = []
        for (const name of names) {
          world.Thing[name] = function (next) {
            log.push([name, this.constructor.modelName])
            next()
          }
        }
        await call(world, t)
        return log
      })
    }
    step('beforeSave changes and gets data', async (t) => {
      const { Thing } = await things(t)
      const seen = []
      Thing.beforeSave = function (next, data) {
        seen.push(t.tell(data))
        this.name = 'hooked'
        next()
      }
      const one = await Thing.create({ name: 'n' })
      return { seen, one, stored: await Thing.findById(one.id) }
    })
    step('beforeCreate refuses', async (t) => {
      const { Thing } = await things(t)
      Thing.beforeCreate = (next) => next(new Error('refused'))
      return { answer: await t.ask(Thing, 'create', { name: 'n' }), count: await Thing.count() }
    })
    step('beforeDestroy refuses', async (t) => {
      const { Thing, one } = await things(t)
      Thing.beforeDestroy = (next) => next(new Error('refused'))
      return { answer: await t.ask(one, 'destroy'), count: await Thing.count() }
    })
    step('afterInitialize', async (t) => {
      const { Thing } = await things(t)
      let count = 0
      Thing.afterInitialize = function () {
        count++
      }
      const made = new Thing({ name: 'n' })
      const built = count
      await Thing.find()
      return { built, found: count, name: made.name }
    })
  }),
]
