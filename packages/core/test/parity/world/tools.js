'use strict'
const { Readable } = require('node:stream')

/** A model of methods: every kind of argument, result and error. */
exports.tools = function tools({ add, app }) {
  add({ name: 'Tool', base: 'Model', plural: 'tools' }, { dataSource: null })
  const { Tool } = app.models
  const share = (name, options, fn) => {
    if (options.isStatic === false) Tool.prototype[name] = fn
    else Tool[name] = fn
    Tool.remoteMethod(name, { isStatic: true, ...options })
  }
  results(share)
  takes(share)
  fails(share)
  share('hiddenOne', { http: { verb: 'get' } }, (cb) => cb())
  Tool.disableRemoteMethodByName('hiddenOne')
  share('aliased', { aliases: ['otherName'], http: { verb: 'get' }, returns: { arg: 'x', type: 'string' } }, (cb) => cb(null, 'x'))
  share('closedByAlias', { aliases: ['shut'], http: { verb: 'get' } }, (cb) => cb())
  Tool.disableRemoteMethodByName('shut')
  app.models.Book.stock = function (id, cb) {
    cb(null, Number(id) * 10)
  }
  app.models.Book.remoteMethod('stock', {
    isStatic: true,
    accepts: { arg: 'id', type: 'any', required: true, http: { source: 'path' } },
    returns: { arg: 'stock', type: 'number' },
    http: { verb: 'get', path: '/:id/stock' },
  })
  app.models.Book.prototype.describe = function (words, cb) {
    cb(null, `${this.title} has ${this.pages} pages. ${words}`)
  }
  app.models.Book.remoteMethod('describe', {
    isStatic: false,
    accepts: { arg: 'words', type: 'string' },
    returns: { arg: 'text', type: 'string' },
    http: { verb: 'get', path: '/describe' },
  })
}

function results(share) {
  const gives = (name, returns, value, more) => share(name, { returns, http: { verb: 'get' }, ...more }, (cb) => cb(null, value))
  gives('object', { arg: 'result', type: 'object' }, { a: 1 })
  gives('rootObject', { arg: 'result', type: 'object', root: true }, { a: 1, none: undefined, nothing: null })
  gives('list', { arg: 'result', type: 'array' }, [1, 'a', null])
  gives('rootList', { arg: 'result', type: ['number'], root: true }, [1, 2])
  gives('number', { arg: 'result', type: 'number' }, 3)
  gives('rootNumber', { arg: 'result', type: 'number', root: true }, 3)
  gives('rootText', { arg: 'result', type: 'string', root: true }, 'text')
  gives('rootBoolean', { arg: 'result', type: 'boolean', root: true }, false)
  gives('rootNull', { arg: 'result', type: 'object', root: true }, null)
  gives('rootUndefined', { arg: 'result', type: 'object', root: true }, undefined)
  gives('date', { arg: 'result', type: 'date' }, new Date('2001-02-03T04:05:06.000Z'))
  gives('buffer', { arg: 'result', type: 'buffer' }, Buffer.from('hello'))
  gives('nestedDate', { arg: 'result', type: 'object', root: true }, { at: new Date('2001-02-03T04:05:06.000Z') })
  gives('integer', { arg: 'result', type: 'integer' }, 3)
  gives('notInteger', { arg: 'result', type: 'integer' }, 3.5)
  gives('nothing', undefined, 'dropped')
  gives('created', { arg: 'id', type: 'number' }, 5, { http: { verb: 'post', status: 201 } })
  gives(
    'several',
    [
      { arg: 'a', type: 'string' },
      { arg: 'b', type: 'number' },
    ],
    'x',
  )
  share(
    'both',
    {
      returns: [
        { arg: 'a', type: 'string' },
        { arg: 'b', type: 'number' },
      ],
      http: { verb: 'get' },
    },
    (cb) => cb(null, 'x', 2),
  )
  share('empty', { returns: { arg: 'a', type: 'string' }, http: { verb: 'get' } }, (cb) => cb())
  share('promised', { returns: { arg: 'a', type: 'string' }, http: { verb: 'get' } }, () => Promise.resolve('later'))
  share(
    'spread',
    {
      returns: [
        { arg: 'a', type: 'string' },
        { arg: 'b', type: 'string' },
      ],
      http: { verb: 'get' },
    },
    () => Promise.resolve(['x', 'y']),
  )
  share(
    'status',
    {
      returns: [
        { arg: 'body', type: 'object', root: true },
        { arg: 'status', type: 'number', http: { target: 'status' } },
      ],
      http: { verb: 'get' },
    },
    (cb) => cb(null, { a: 1 }, 202),
  )
  share(
    'header',
    {
      returns: [
        { arg: 'body', type: 'object', root: true },
        { arg: 'made', type: 'string', http: { target: 'header', header: 'X-Made' } },
      ],
      http: { verb: 'get' },
    },
    (cb) => cb(null, { a: 1 }, 'by hand'),
  )
  share(
    'file',
    {
      returns: [
        { arg: 'body', type: 'file', root: true },
        { arg: 'type', type: 'string', http: { target: 'header', header: 'Content-Type' } },
      ],
      http: { verb: 'get' },
    },
    (cb) => cb(null, Buffer.from('a,b'), 'text/csv'),
  )
  share('fileStream', { returns: { arg: 'body', type: 'file', root: true }, http: { verb: 'get' } }, (cb) =>
    cb(null, Readable.from([Buffer.from('streamed')])),
  )
  share('row', { returns: { arg: 'book', type: 'Book', root: true }, http: { verb: 'get' } }, (cb) =>
    cb(null, { id: 3, title: 'made up', extra: true }),
  )
  share('byDefault', { returns: { arg: 'how', type: 'string' } }, (cb) => cb(null, 'by default'))
  share(
    'twoRoutes',
    {
      returns: { arg: 'verb', type: 'string' },
      accepts: { arg: 'req', type: 'object', http: { source: 'req' } },
      http: [
        { verb: 'get', path: '/one' },
        { verb: 'put', path: '/two/:any' },
      ],
    },
    (req, cb) => cb(null, req.method),
  )
}

function takes(share) {
  const back = { arg: 'got', type: 'object', root: true }
  const typed = ['any', 'string', 'number', 'boolean', 'date', 'object', 'array', 'geopoint']
  for (const type of typed) {
    const accepts = { arg: 'a', type }
    share(`take_${type}`, { accepts: { ...accepts, http: { source: 'query' } }, returns: back, http: { verb: 'get' } }, (a, cb) =>
      cb(null, { type: a === null ? 'null' : typeof a, a }),
    )
    share(`form_${type}`, { accepts: { ...accepts, http: { source: 'form' } }, returns: back, http: { verb: 'post' } }, (a, cb) =>
      cb(null, { type: a === null ? 'null' : typeof a, a }),
    )
  }
  share(
    'needs',
    {
      accepts: [
        { arg: 'a', type: 'number', required: true },
        { arg: 'b', type: ['number'] },
        { arg: 'c', type: 'string' },
      ],
      returns: back,
      http: [{ verb: 'get' }, { verb: 'post' }],
    },
    (a, b, c, cb) => cb(null, { a, b, c }),
  )
  share(
    'whole',
    { accepts: { arg: 'data', type: 'object', http: { source: 'body' } }, returns: back, http: { verb: 'post' } },
    (data, cb) => cb(null, { data }),
  )
  share(
    'wholeList',
    { accepts: { arg: 'data', type: 'object', allowArray: true, http: { source: 'body' } }, returns: back, http: { verb: 'post' } },
    (data, cb) => cb(null, { list: Array.isArray(data), data }),
  )
  share(
    'path',
    {
      accepts: [
        { arg: 'x', type: 'any', http: { source: 'path' } },
        { arg: 'y', type: 'string' },
      ],
      returns: back,
      http: { verb: 'get', path: '/path/:x/and/:y' },
    },
    (x, y, cb) => cb(null, { x, y }),
  )
  share(
    'heading',
    { accepts: { arg: 'X-Thing', type: 'string', http: { source: 'header' } }, returns: back, http: { verb: 'get' } },
    (text, cb) => cb(null, { text }),
  )
  share(
    'computed',
    { accepts: { arg: 'x', type: 'string', http: (ctx) => `${ctx.req.method} ${ctx.method.name}` }, returns: back, http: { verb: 'get' } },
    (text, cb) => cb(null, { text }),
  )
  share(
    'context',
    { accepts: { arg: 'ctx', type: 'object', http: { source: 'context' } }, returns: back, http: { verb: 'get' } },
    (ctx, cb) => cb(null, { name: ctx.methodString, static: ctx.method.isStatic }),
  )
  share(
    'response',
    { accepts: { arg: 'res', type: 'object', http: { source: 'res' } }, http: { verb: 'get' } },
    (res) => void res.status(203).json({ own: true }),
  )
  share(
    'options',
    {
      accepts: [
        { arg: 'x', type: 'string' },
        { arg: 'options', type: 'object', http: 'optionsFromRequest' },
      ],
      returns: back,
      http: { verb: 'get' },
    },
    (x, options, cb) => cb(null, { x, user: options.accessToken && options.accessToken.userId }),
  )
}

function fails(share) {
  const failing = (name, make, more) => share(name, { http: { verb: 'get', ...more } }, (cb) => cb(make()))
  failing('plain', () => new Error('plain'))
  failing('refused', () =>
    Object.assign(new Error('refused'), { statusCode: 409, code: 'REFUSED', details: { why: 'because' }, own: 'property' }),
  )
  failing('byStatus', () => Object.assign(new Error('status'), { status: 403 }))
  failing('low', () => Object.assign(new Error('low'), { statusCode: 200 }))
  failing('errorStatus', () => new Error('bad'), { errorStatus: 400 })
  failing('text', () => 'only text')
  failing('listed', () => [Object.assign(new Error('one'), { statusCode: 400 }), new Error('two')])
  share('throws', { http: { verb: 'get' } }, () => {
    throw Object.assign(new TypeError('thrown'), { statusCode: 422 })
  })
  share('rejects', { http: { verb: 'get' } }, () => Promise.reject(Object.assign(new Error('rejected'), { statusCode: 402 })))
}
