'use strict'
/*
 * What is asked of the originals and of Reloop alike: methods that say what they received, and the requests made to them.
 * Plain CommonJS that only uses the public API of strong-remoting, so that the recorder runs it on the original as it is.
 */

const types = {
  none: undefined,
  any: 'any',
  string: 'string',
  number: 'number',
  integer: 'integer',
  boolean: 'boolean',
  date: 'date',
  object: 'object',
  array: 'array',
  strings: ['string'],
  numbers: ['number'],
  booleans: ['boolean'],
  dates: ['date'],
  objects: ['object'],
  anys: ['any'],
  custom: 'Custom',
  geopoint: 'geopoint',
  buffer: 'buffer',
}

/** Says what a value is, in JSON that loses nothing. */
function describe(value) {
  if (value === undefined) return 'undefined'
  if (typeof value === 'number' && !Number.isFinite(value)) return `number ${value}`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : `date ${value.toISOString()}`
  if (Buffer.isBuffer(value)) return `buffer ${value.toString('base64')}`
  if (Array.isArray(value)) return value.map(describe)
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, describe(item)]))
  return value
}

const echoed = { arg: 'got', type: 'object', root: true }

/** Defines the classes on a RemoteObjects; `log` collects what hooks saw during a request. */
function build({ RemoteObjects, SharedClass, options, log = [] }) {
  const remotes = RemoteObjects.create(options)
  remotes.addClass(echoClass(SharedClass))
  remotes.addClass(replyClass(SharedClass))
  remotes.addClass(noteClass(SharedClass))
  remotes.addClass(contextClass(SharedClass))
  remotes.addClass(dashedClass(SharedClass))
  addHooks(remotes, log)
  return remotes
}

function echoClass(SharedClass) {
  function Echo() {}
  const shared = new SharedClass('Echo', Echo)
  shared.http = { path: '/Echo' }
  const define = (name, accepts, http) => {
    Echo[name] = (...args) => args[accepts.length](null, { got: describe(args[0]) })
    shared.defineMethod(name, { isStatic: true, accepts, returns: echoed, http })
  }
  for (const [name, type] of Object.entries(types)) {
    const arg = type === undefined ? { arg: 'x' } : { arg: 'x', type }
    define(`any${name}`, [arg], { verb: 'all', path: `/any/${name}` })
    define(`query${name}`, [{ ...arg, http: { source: 'query' } }], { verb: 'get', path: `/query/${name}` })
    define(`path${name}`, [{ ...arg, http: { source: 'path' } }], { verb: 'get', path: `/path/${name}/:x` })
    define(`header${name}`, [{ ...arg, http: { source: 'header' } }], { verb: 'get', path: `/header/${name}` })
    define(`form${name}`, [{ ...arg, http: { source: 'form' } }], { verb: 'post', path: `/form/${name}` })
    define(`body${name}`, [{ ...arg, http: { source: 'body' } }], { verb: 'post', path: `/body/${name}` })
    define(`required${name}`, [{ ...arg, required: true }], { verb: 'all', path: `/required/${name}` })
  }
  return shared
}

function replyClass(SharedClass) {
  function Reply() {}
  const shared = new SharedClass('Reply', Reply)
  shared.http = { path: '/Reply' }
  const define = (name, returns, http, fn) => {
    Reply[name] = fn
    shared.defineMethod(name, { isStatic: true, returns, http: { verb: 'get', path: `/${name}`, ...http } })
  }
  const root = (type) => ({ arg: 'x', type, root: true })
  const error = (message, more) => Object.assign(new Error(message), more)
  define('nothing', undefined, {}, (cb) => cb())
  define('dropped', undefined, {}, (cb) => cb(null, 'value'))
  define('rootless', { arg: 'x', type: 'string' }, {}, (cb) => cb(null, 'value'))
  define('unset', { arg: 'x', type: 'string' }, {}, (cb) => cb())
  define('rootUnset', root('object'), {}, (cb) => cb())
  define('rootUndefined', root('object'), {}, (cb) => cb(null, undefined))
  define('rootNull', root('object'), {}, (cb) => cb(null, null))
  define('rootString', root('string'), {}, (cb) => cb(null, 'text'))
  define('rootNumber', root('number'), {}, (cb) => cb(null, 12))
  define('rootFalse', root('boolean'), {}, (cb) => cb(null, false))
  define('rootDate', root('date'), {}, (cb) => cb(null, new Date(1e12)))
  define('rootBuffer', root('buffer'), {}, (cb) => cb(null, Buffer.from('bytes')))
  define('nestedDate', root('object'), {}, (cb) => cb(null, { at: new Date(1e12), list: [new Date(1e12)], none: null, un: undefined }))
  define('memberDate', { arg: 'x', type: 'date' }, {}, (cb) => cb(null, new Date(1e12)))
  define('memberBuffer', { arg: 'x', type: 'buffer' }, {}, (cb) => cb(null, Buffer.from('bytes')))
  define('two', [{ arg: 'a', type: 'string' }, { arg: 'b', type: 'number' }], {}, (cb) => cb(null, 'x', 2))
  define('twoPromised', [{ arg: 'a', type: 'string' }, { arg: 'b', type: 'number' }], {}, async () => ['x', 2])
  define('promised', root('object'), {}, async () => ({ a: 1 }))
  define('promisedArray', root(['number']), {}, async () => [1, 2])
  define('rejected', root('object'), {}, async () => Promise.reject(error('no', { statusCode: 418, code: 'TEAPOT' })))
  define('thrown', root('object'), {}, () => { throw error('thrown', { statusCode: 422 }) })
  define('failed', root('object'), {}, (cb) => cb(error('plain')))
  define('failedString', root('object'), {}, (cb) => cb('just text'))
  define('failedStatus', root('object'), {}, (cb) => cb(error('by status', { status: 409, details: { a: 1 }, extra: 'secret' })))
  define('errorStatus', root('object'), { errorStatus: 508 }, (cb) => cb(error('mapped')))
  define('errorStatusKept', root('object'), { errorStatus: 508 }, (cb) => cb(error('kept', { statusCode: 404 })))
  define('created', root('object'), { status: 201 }, (cb) => cb(null, { a: 1 }))
  define('createdEmpty', undefined, { status: 201 }, (cb) => cb())
  define('status', [{ arg: 'x', type: 'string' }, { arg: 's', type: 'number', http: { target: 'status' } }], {}, (cb) => cb(null, 'x', 202))
  define('header', [root('string'), { arg: 'h', type: 'string', http: { target: 'header', header: 'X-Made' } }], {}, (cb) => cb(null, 'x', 'by hand'))
  define('headerNamed', [{ arg: 'X-Own', type: 'string', http: { target: 'header' } }], {}, (cb) => cb(null, 'v'))
  define('integer', { arg: 'x', type: 'integer' }, {}, (cb) => cb(null, 3))
  define('integerWrong', { arg: 'x', type: 'integer' }, {}, (cb) => cb(null, 3.5))
  define('integerUnsafe', { arg: 'x', type: 'integer' }, {}, (cb) => cb(null, 2 ** 60))
  define('fileString', root('file'), {}, (cb) => cb(null, 'file text'))
  define('fileBuffer', root('file'), {}, (cb) => cb(null, Buffer.from('file bytes')))
  define('fileWrong', root('file'), {}, (cb) => cb(null, { a: 1 }))
  define('fileTyped', [root('file'), { arg: 'Content-Type', type: 'string', http: { target: 'header' } }], {}, (cb) => cb(null, 'a,b', 'text/csv'))
  define('everyVerb', root('string'), { verb: 'all' }, (cb) => cb(null, 'any verb'))
  define('removed', root('string'), { verb: 'del' }, (cb) => cb(null, 'removed'))
  return shared
}

function noteClass(SharedClass) {
  function Note(id) {
    this.id = id
  }
  Note.sharedCtor = (id, cb) => (id > 90 ? cb(Object.assign(new Error(`no note ${id}`), { statusCode: 404 })) : cb(null, new Note(id)))
  Object.assign(Note.sharedCtor, { shared: true, accepts: [{ arg: 'id', type: 'number', http: { source: 'path' } }], http: { path: '/:id' }, returns: { root: true } })
  const shared = new SharedClass('Note', Note)
  shared.http = { path: '/Notes' }
  Note.prototype.read = function (cb) { cb(null, { id: this.id }) }
  Note.prototype.fail = function (cb) { cb(Object.assign(new Error('failed'), { statusCode: 400 })) }
  Note.prototype.tag = function (name, cb) { cb(null, `${this.id}:${name}`) }
  Note.count = (cb) => cb(null, 3)
  Note.search = (cb) => cb(null, ['found'])
  Note.hidden = (cb) => cb(null, 'hidden')
  const returns = { arg: 'x', type: 'any', root: true }
  shared.defineMethod('read', { returns, http: { verb: 'get', path: '/' } })
  shared.defineMethod('fail', { returns, http: { verb: 'get', path: '/fail' } })
  shared.defineMethod('tag', { accepts: { arg: 'name', type: 'string', http: { source: 'path' } }, returns, http: { verb: 'put', path: '/tags/:name' } })
  shared.defineMethod('count', { isStatic: true, returns: { arg: 'count', type: 'number' }, http: { verb: 'get', path: '/count' } })
  shared.defineMethod('search', { isStatic: true, returns, http: [{ verb: 'get', path: '/search' }, { verb: 'post', path: '/find' }] })
  shared.defineMethod('hidden', { isStatic: true, returns, http: { verb: 'get', path: '/hidden' }, aliases: ['covered'] })
  shared.disableMethodByName('covered')
  return shared
}

/** Methods that meet the objects of the call itself. */
function contextClass(SharedClass) {
  function Context() {}
  const shared = new SharedClass('Context', Context)
  shared.http = { path: '/Context' }
  const define = (name, accepts, fn, http) => {
    Context[name] = fn
    shared.defineMethod(name, { isStatic: true, accepts, returns: echoed, http: { verb: 'get', path: `/${name}`, ...http } })
  }
  const from = (source, type = 'object') => ({ arg: source, type, http: { source } })
  for (const type of ['any', 'number', 'string', 'object', 'boolean', ['number']]) {
    const name = `computed${Array.isArray(type) ? 'List' : type}`
    define(name, [{ arg: 'x', type, http: (ctx) => ctx.req.query.n }], (x, cb) => cb(null, { got: describe(x) }))
  }
  define('ctx', [from('context'), { arg: 'q', type: 'number', http: { source: 'query' } }], (ctx, q, cb) => {
    const { method, methodString, args, ctorArgs, instance, result, req, res } = ctx
    const members = { name: method.name, methodString, q, arg: args.q, byName: ctx.getArgByName('q', { http: { source: 'query' } }), ctorArgs, instance, result }
    cb(null, { ...members, verb: req.method, url: req.url, sameReq: req.remotingContext === ctx, hasRes: typeof res.set })
  })
  define('req', [from('req')], (req, cb) => {
    const { method, url, path, query, params, body, protocol, secure, xhr } = req
    cb(null, { method, url, path, query, params, body, protocol, secure, xhr, agent: req.get('User-Agent'), type: req.header('content-type'), none: req.get('x-none') })
  }, { verb: 'all' })
  define('res', [from('res')], (res, cb) => {
    res.set('X-Made', 'by res').status(202)
    cb(null, { headersSent: res.headersSent })
  })
  define('ended', [from('res')], (res, _cb) => void res.status(203).set('X-Own', 'ended').send('ended here'))
  define('json', [from('res')], (res, _cb) => void res.status(203).json({ ended: true }))
  define('changed', [{ arg: 'x', type: 'number' }], (x, cb) => cb(null, { got: x }))
  define('upload', [from('req')], (req, cb) => {
    let size = 0
    req.on('data', (chunk) => (size += chunk.length))
    req.on('end', () => cb(null, { size, type: String(req.get('content-type')).split(';')[0] }))
  }, { verb: 'post' })
  define('two', [{ arg: 'a', type: 'number', required: true }, { arg: 'b', type: ['object'] }], (a, b, cb) => cb(null, { a, b: describe(b) }), { verb: 'all' })
  return shared
}

/** A class whose paths are written with dashes. */
function dashedClass(SharedClass) {
  function Dashed() {}
  const shared = new SharedClass('FooBar_Baz', Dashed, { normalizeHttpPath: true })
  Dashed.doSomething = (anId, cb) => cb(null, { got: anId })
  const accepts = { arg: 'anId', type: 'any', http: { source: 'path' } }
  shared.defineMethod('doSomething', { isStatic: true, accepts, returns: echoed, http: { verb: 'get', path: '/doSomething/:anId' } })
  shared.defineMethod('do_it', { isStatic: true, returns: echoed, http: { verb: 'get' } })
  Dashed.do_it = (cb) => cb(null, { done: true })
  return shared
}

function addHooks(remotes, log) {
  const note = (name) => (ctx, next) => { log.push(name); next() }
  remotes.before('**', note('before **'))
  remotes.before('Note.*', note('before Note.*'))
  remotes.before('Note.search', note('before Note.search 1'))
  remotes.before('*.search', note('before *.search'))
  remotes.before('Note.search', note('before Note.search 2'))
  remotes.before('Note.prototype.*', note('before Note.prototype.*'))
  remotes.before('Note.prototype.read', note('before Note.prototype.read'))
  remotes.before('Context.changed', (ctx, next) => { ctx.args.x = ctx.args.x * 10; next() })
  remotes.after('Context.changed', (ctx, next) => { ctx.result = { ...ctx.result, after: true }; next() })
  remotes.after('**', note('after **'))
  remotes.after('Note.search', note('after Note.search'))
  remotes.after('Note.prototype.read', note('after Note.prototype.read'))
  remotes.after('*.*', note('after *.*'))
  remotes.afterError('**', (ctx, next) => { log.push(`error ** ${ctx.error.message}`); next() })
  remotes.afterError('Reply.failedStatus', (ctx, next) => { log.push('error replaced'); next(Object.assign(new Error('replaced'), { statusCode: 400 })) })
}

const texts = ['text', '1', '0', '-1', '1.5', '.5', '01', '1e3', '0x1F', '9007199254740993', 'true', 'false', 'TRUE', 'null', 'undefined', 'NaN',
  '[1,2]', '["a",null]', '{"a":1}', '{bad', '[bad', '1,2', '2016-05-19T13:28:51.299Z', '2016-05-19', '1463664531299', ' ']
const rawQueries = ['', '?x=', '?x=1&x=2', '?x=a&x=b', '?x[]=1', '?x[a]=1', '?x[a][b]=true&x[a][c]=-1', '?x[0]=1&x[1]=z', '?x[a]=text&x[b]=null']
const jsonValues = ['null', '1', '0', '-1', '1.5', '1e20', '"1"', '""', '"text"', '"true"', '"null"', 'true', 'false', '[]', '[1,2]', '["a"]', '["1"]', '[null]', '[{"a":1}]',
  '{}', '{"a":"1"}', '{"a":{"$type":"date","$data":"2016-05-19T13:28:51.299Z"}}', '{"$type":"base64","$data":"Ynl0ZXM="}', '"2016-05-19T13:28:51.299Z"', '1463664531299', '"[1]"', '"{\\"a\\":1}"']
const json = { 'content-type': 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

function argumentRequests() {
  const list = []
  for (const name of Object.keys(types)) {
    const queries = [...rawQueries, ...texts.map((text) => `?x=${encodeURIComponent(text)}`)]
    for (const query of queries) {
      list.push({ verb: 'GET', path: `/Echo/query/${name}${query}` }, { verb: 'GET', path: `/Echo/any/${name}${query}` })
    }
    for (const value of jsonValues) {
      list.push({ verb: 'POST', path: `/Echo/any/${name}`, headers: json, body: `{"x":${value}}` })
      list.push({ verb: 'POST', path: `/Echo/body/${name}`, headers: json, body: value })
    }
    for (const value of ['1', '"1"', 'null', '{"a":1}']) list.push({ verb: 'POST', path: `/Echo/form/${name}`, headers: json, body: `{"x":${value}}` })
    for (const text of ['1', 'text', '', '1463664531299', 'null']) {
      list.push({ verb: 'POST', path: `/Echo/form/${name}`, headers: form, body: `x=${text}` }, { verb: 'POST', path: `/Echo/any/${name}`, headers: form, body: `x=${text}` })
      list.push({ verb: 'GET', path: `/Echo/header/${name}`, headers: { x: text } })
      if (text) list.push({ verb: 'GET', path: `/Echo/path/${name}/${text}` })
    }
    list.push({ verb: 'POST', path: `/Echo/any/${name}`, headers: json, body: '{}' }, { verb: 'POST', path: `/Echo/body/${name}`, headers: json, body: '' })
    for (const query of ['', '?x=', '?x=null', '?x=1']) list.push({ verb: 'GET', path: `/Echo/required/${name}${query}` })
    for (const value of ['null', '""', '0', 'false']) list.push({ verb: 'POST', path: `/Echo/required/${name}`, headers: json, body: `{"x":${value}}` })
  }
  return list
}

function replyRequests() {
  const names = ['nothing', 'dropped', 'rootless', 'unset', 'rootUnset', 'rootUndefined', 'rootNull', 'rootString', 'rootNumber', 'rootFalse', 'rootDate', 'rootBuffer',
    'nestedDate', 'memberDate', 'memberBuffer', 'two', 'twoPromised', 'promised', 'promisedArray', 'rejected', 'thrown', 'failed', 'failedString', 'failedStatus', 
    'errorStatus', 'errorStatusKept', 'created', 'createdEmpty', 'status', 'header', 'headerNamed', 'integer', 'integerWrong', 'integerUnsafe', 'fileString', 'fileBuffer',
    'fileWrong', 'fileTyped', 'everyVerb']
  const list = names.map((name) => ({ verb: 'GET', path: `/Reply/${name}` }))
  for (const accept of ['application/json', '*/*', 'text/html,application/xhtml+xml,*/*;q=0.8', 'application/vnd.api+json', 'application/xml', 'text/xml', 'text/plain', 'image/png', 'application/*']) {
    list.push({ verb: 'GET', path: '/Reply/promised', headers: { accept } }, { verb: 'GET', path: '/Reply/nothing', headers: { accept } })
  }
  for (const query of ['_format=json', '_format=xml', '_format=XML', '_format=html', '_format=nonsense']) list.push({ verb: 'GET', path: `/Reply/promised?${query}` })
  for (const name of ['two', 'promisedArray', 'rootNull', 'rootString', 'nestedDate']) list.push({ verb: 'GET', path: `/Reply/${name}?_format=xml` })
  for (const verb of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) list.push({ verb, path: '/Reply/everyVerb' }, { verb, path: '/Reply/rootString' })
  list.push({ verb: 'DELETE', path: '/Reply/removed' })
  return list
}

function routeRequests() {
  const list = []
  for (const path of ['/Notes/1', '/notes/1', '/Notes/1/', '/Notes/count', '/Notes/COUNT', '/Notes/search', '/Notes/hidden', '/Notes/99', '/Notes/99/fail', '/Notes/5/fail', '/Notes',
    '/Notes/', '/Notes/1/unknown', '/Notes/1/unknown?a=1', '/Nothing', '/Nothing/1?a=1', '/', '/Notes/text', '//Notes/1', '/Notes//1', '/constructor', '/__proto__', '/Notes/1/toString']) {
    list.push({ verb: 'GET', path })
  }
  list.push({ verb: 'POST', path: '/Notes/find' }, { verb: 'POST', path: '/Notes' }, { verb: 'PUT', path: '/Notes/7/tags/red' }, { verb: 'PUT', path: '/Notes/7/tags/a%2Fb' },
    { verb: 'PUT', path: '/Notes/7/tags/%C3%BC' }, { verb: 'HEAD', path: '/Notes/1' }, { verb: 'OPTIONS', path: '/Notes/1' }, { verb: 'DELETE', path: '/Notes/1' })
  return list
}

function bodyRequests() {
  const post = (body, headers = json) => ({ verb: 'POST', path: '/Echo/body/any', headers, body })
  return [post('{bad'), post('{"a":1}', {}), post('', {}), post('', json), post('{"a":1}', { 'content-type': 'text/plain' }), post('{"a":1}', { 'content-type': 'application/json; charset=utf-8' }),
    post('{"a":1}', { 'content-type': 'APPLICATION/JSON' }), post('{"a":1}', { 'content-type': 'application/vnd.api+json' }), post('12'), post('"text"'), post('[1]'), post('null'),
    post('a[b]=1&a[c]=true&d=x', form), post('a=1&a=2', form), post(JSON.stringify({ a: 'x'.repeat(110 * 1024) }))]
}

function contextRequests() {
  const list = []
  for (const name of ['computedany', 'computednumber', 'computedstring', 'computedobject', 'computedboolean', 'computedList']) {
    for (const query of ['', '?n=', '?n=1', '?n=text', '?n=true', '?n=null', '?n[a]=1', '?n=1&n=2', '?n=%7B%22a%22%3A1%7D']) list.push({ verb: 'GET', path: `/Context/${name}${query}` })
  }
  const agent = { 'user-agent': 'scenario' }
  list.push({ verb: 'GET', path: '/Context/ctx?q=7' }, { verb: 'GET', path: '/Context/req?a=1&b[c]=2', headers: agent }, { verb: 'GET', path: '/Context/res' })
  list.push({ verb: 'POST', path: '/Context/req', headers: { ...agent, ...json }, body: '{"a":[1,{"b":2}]}' }, { verb: 'PUT', path: '/Context/req', headers: { ...agent, ...form }, body: 'a[0]=1&a[1]=2' })
  list.push({ verb: 'GET', path: '/Context/ended' }, { verb: 'GET', path: '/Context/json' }, { verb: 'GET', path: '/Context/changed?x=4' })
  const parts = ['--line', 'Content-Disposition: form-data; name="file"; filename="a.txt"', 'Content-Type: text/plain', '', 'some bytes', '--line--', ''].join('\r\n')
  list.push({ verb: 'POST', path: '/Context/upload', headers: { 'content-type': 'multipart/form-data; boundary=line' }, body: parts })
  list.push({ verb: 'POST', path: '/Context/upload', headers: { 'content-type': 'application/octet-stream' }, body: 'raw bytes' })
  for (const query of ['a=1', 'a=1&b[][c]=1&b[][c]=2', 'a=1&b=%5B%7B%22c%22%3A1%7D%5D', 'a=1&b=%5B%5B1%5D%5D', 'b=1', 'a=x', 'a=1&b[0][c][d]=1']) list.push({ verb: 'GET', path: `/Context/two?${query}` })
  for (const body of ['{"a":1,"b":[{"c":[{"d":1}]}]}', '{"a":1,"b":[[1]]}', '{"a":1,"b":{"c":1}}', '{"a":"1","b":[]}', '{"a":1,"b":null}', '{"a":1,"b":[null]}']) list.push({ verb: 'POST', path: '/Context/two', headers: json, body })
  return list
}

function negotiationRequests() {
  const list = []
  const script = { accept: 'application/javascript' }
  for (const query of ['?callback=cb', '?callback=a.b[c]', '?callback=%3Cscript%3E', '', '?callback=a&callback=b']) list.push({ verb: 'GET', path: `/Reply/promised${query}`, headers: script })
  list.push({ verb: 'GET', path: '/Reply/rootString?callback=cb', headers: { accept: 'text/javascript' } }, { verb: 'GET', path: '/Reply/nothing?callback=cb', headers: script })
  list.push({ verb: 'GET', path: '/Reply/failedStatus?callback=cb', headers: script })
  for (const accept of ['text/html', 'text/xml', 'application/xml', 'image/png', 'text/html;q=0.1, application/json']) {
    for (const name of ['failedStatus', 'rejected', 'failed']) list.push({ verb: 'GET', path: `/Reply/${name}`, headers: { accept } })
  }
  for (const format of ['json', 'html', 'xml', 'nonsense']) list.push({ verb: 'GET', path: `/Reply/rejected?_format=${format}` })
  for (const path of ['/foo-bar--baz/do-something/SomeId', '/foo-bar--baz/doSomething/1', '/FooBar_Baz/doSomething/1', '/foo-bar--baz/do-it', '/foo-bar--baz/do_it', '/FOO-BAR--BAZ/DO-IT']) list.push({ verb: 'GET', path })
  for (const verb of ['HEAD', 'OPTIONS', 'DELETE']) list.push({ verb, path: '/foo-bar--baz/do-it' }, { verb, path: '/Nothing' })
  return list
}

const requests = [...argumentRequests(), ...replyRequests(), ...routeRequests(), ...bodyRequests(), ...contextRequests(), ...negotiationRequests()]

module.exports = { build, describe, requests, types }
