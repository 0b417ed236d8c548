'use strict'

/** Models with every type of property, ids of their own, rules, operation hooks and stores of keys and values. */
exports.values = function values({ add, app }) {
  add({
    name: 'Thing',
    properties: {
      name: { type: 'string', required: true },
      size: 'number',
      whole: { type: 'number', default: 7 },
      on: 'boolean',
      at: 'date',
      place: 'geopoint',
      list: ['string'],
      numbers: ['number'],
      bag: 'object',
      any: 'any',
      nested: { street: 'string', number: 'number' },
    },
    validations: [],
  })
  app.models.Thing.validatesLengthOf('name', { max: 20, message: { max: 'is too long' } })
  app.models.Thing.validatesNumericalityOf('size', { int: true, allowNull: true })
  add({
    name: 'Country',
    plural: 'lands',
    properties: { code: { type: 'string', id: true, generated: false, required: true }, name: 'string' },
  })
  app.models.Country.validatesUniquenessOf('name')
  add({ name: 'Sealed', http: { path: 'closed-boxes' }, strict: 'throw', properties: { name: 'string' }, options: { strictDelete: true } })
  add({ name: 'Draft', replaceOnPUT: true, properties: { title: { type: 'string', required: true }, text: 'string' } })
  add({ name: 'Scrap', replaceOnPUT: false, properties: { title: { type: 'string', required: true }, text: 'string' } })
  hooked(add, app)
  add({ name: 'Cache', base: 'KeyValueModel', plural: 'Caches' }, { dataSource: 'kv' })
}

/** A model whose every operation leaves a trace in the row or the reply. */
function hooked(add, app) {
  add({ name: 'Hooked', plural: 'Hooked', properties: { name: 'string', slug: 'string', visible: { type: 'boolean', default: true } } })
  const { Hooked } = app.models
  Hooked.observe('before save', (ctx, next) => {
    const data = ctx.instance || ctx.data
    if (data.name === 'refused')
      return next(Object.assign(new Error('name is refused'), { statusCode: 418, code: 'TEAPOT', details: { name: data.name } }))
    if (data.name) data.slug = data.name.toLowerCase().replace(/ /g, '-')
    next()
  })
  Hooked.observe('access', (ctx, next) => {
    ctx.query = ctx.query || {}
    ctx.query.where = { and: [ctx.query.where || {}, { visible: true }] }
    next()
  })
  Hooked.observe('loaded', async (ctx) => {
    const row = ctx.data || ctx.instance
    if (row.name === 'marked') row.slug = 'loaded'
  })
  Hooked.observe('before delete', (ctx, next) => next(ctx.where.name === 'kept' ? new Error('is kept') : null))
  const trace = (text) => (ctx, unused, next) => {
    ctx.res.set('X-Own', [ctx.res.get('X-Own'), text].filter(Boolean).join(','))
    next()
  }
  Hooked.beforeRemote('**', trace('**'))
  Hooked.beforeRemote('*', trace('*'))
  Hooked.beforeRemote('create', trace('create'))
  Hooked.beforeRemote('prototype.*', trace('prototype.*'))
  Hooked.beforeRemote('prototype.patchAttributes', trace('patchAttributes'))
  Hooked.beforeRemote('prototype.updateAttributes', trace('updateAttributes'))
  Hooked.beforeRemote('updateAttributes', trace('never'))
  Hooked.afterRemote('find', async (ctx) => {
    ctx.result = { rows: ctx.result, total: ctx.result.length }
  })
  Hooked.afterRemote('findById', (ctx, result, next) => {
    if (result) result.slug += '!'
    next()
  })
  Hooked.afterRemoteError('**', (ctx, next) => {
    ctx.error.message += ' (told)'
    next()
  })
  Hooked.afterRemoteError('deleteById', (ctx, next) => next(Object.assign(new Error('another'), { statusCode: 409 })))
}
