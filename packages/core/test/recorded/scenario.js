'use strict'
/*
 * What is asked of LoopBack and of Reloop alike: a small application and the requests made to it, in order.
 * Plain CommonJS over LoopBack's public API, so that the recorder runs it on the original as it is.
 */

/** Builds the application's models on an app that has a registry and a memory data source named `db`. */
function build(app) {
  const create = (config) => app.registry.createModel(config)
  const add = (config) => app.model(create(config), { dataSource: 'db' })
  add({
    name: 'Note',
    properties: { title: { type: 'string', required: true }, stars: { type: 'number' }, done: 'boolean', due: 'date', tags: ['string'], secret: 'string' },
    hidden: ['secret'],
    relations: { author: { type: 'belongsTo', model: 'Author' } },
    scopes: { starred: { where: { stars: { gt: 3 } } } },
  })
  add({
    name: 'Author',
    properties: { name: 'string' },
    relations: { notes: { type: 'hasMany', model: 'Note', foreignKey: 'authorId' }, badge: { type: 'hasOne', model: 'Badge', foreignKey: 'authorId' } },
  })
  add({ name: 'Badge', properties: { text: 'string' }, relations: { author: { type: 'belongsTo', model: 'Author' } } })
  add({ name: 'Person', properties: { name: 'string' }, relations: { clubs: { type: 'hasAndBelongsToMany', model: 'Club' }, memberships: { type: 'hasMany', model: 'Membership' }, teams: { type: 'hasMany', model: 'Team', through: 'Membership' } } })
  add({ name: 'Club', properties: { name: 'string' }, relations: { people: { type: 'hasAndBelongsToMany', model: 'Person' } } })
  add({ name: 'Team', properties: { name: 'string' } })
  add({ name: 'Membership', properties: { since: 'number' }, relations: { person: { type: 'belongsTo', model: 'Person' }, team: { type: 'belongsTo', model: 'Team' } } })
  add({ name: 'Strict', properties: { name: 'string' }, options: { strictDelete: true, strict: true } })
  add({ name: 'Text', properties: { code: { type: 'string', id: true }, value: 'string' }, plural: 'texts' })
  add({ name: 'Custom', properties: { name: 'string' } })
  custom(app.models.Custom)
}

function custom(Custom) {
  const error = (message, more) => Object.assign(new Error(message), more)
  Custom.greet = (name, cb) => cb(null, `Hello ${name}`)
  Custom.remoteMethod('greet', { isStatic: true, accepts: { arg: 'name', type: 'string', required: true }, returns: { arg: 'greeting', type: 'string' }, http: { verb: 'get' } })
  Custom.silent = (cb) => cb()
  Custom.remoteMethod('silent', { isStatic: true, http: { verb: 'get' } })
  Custom.byDefault = (cb) => cb(null, 'by default')
  Custom.remoteMethod('byDefault', { isStatic: true, returns: { arg: 'how', type: 'string' } })
  Custom.fail = (cb) => cb(error('refused', { statusCode: 409, code: 'REFUSED' }))
  Custom.remoteMethod('fail', { isStatic: true, http: { verb: 'post' } })
  Custom.beforeRemote('greet', (ctx, unused, next) => {
    ctx.args.name = ctx.args.name.toUpperCase()
    next()
  })
  Custom.afterRemote('findById', (ctx, result, next) => {
    if (ctx.result) ctx.result.seen = true
    next()
  })
  Custom.afterRemoteError('fail', (ctx, next) => {
    ctx.error.message += ' politely'
    next()
  })
}

const requests = []
const ask = (verb, path, body, headers) => requests.push({ verb, path: `/api${path}`, ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...(headers && { headers }) })
const query = (object) => encodeURIComponent(JSON.stringify(object))

// Create
ask('POST', '/Notes', { title: 'one', stars: 1 })
ask('POST', '/Notes', { title: 'two', stars: 5, due: '2026-01-02T03:04:05.000Z', tags: ['a', 'b'], secret: 's', done: true })
ask('POST', '/Notes', { stars: 1 })
ask('POST', '/Notes', {})
ask('POST', '/Notes')
ask('POST', '/Notes', { title: null })
ask('POST', '/Notes', { title: 'typed', stars: '7', done: 'true' })
ask('POST', '/Notes', { title: 'more', extra: { deep: 1 } })
ask('POST', '/Notes', [{ title: 'three' }, { title: 'four', stars: 4 }])
ask('POST', '/Notes', [{ title: 'five' }, { stars: 2 }])
ask('POST', '/Notes', [])
ask('POST', '/Notes', { id: 1, title: 'again' })
ask('POST', '/Notes', { id: 77, title: 'own id' })
ask('POST', '/Notes', 'text')
ask('POST', '/texts', { code: 'a', value: '1' })
ask('POST', '/texts', { code: 'a', value: '2' })
ask('POST', '/texts', { value: 'no id' })

// Read
ask('GET', '/Notes')
ask('GET', `/Notes?filter=${query({ where: { stars: { gt: 3 } }, order: 'stars DESC', limit: 2 })}`)
ask('GET', `/Notes?filter=${query({ fields: ['id', 'title'] })}`)
ask('GET', `/Notes?filter=${query({ fields: { title: true } })}`)
ask('GET', '/Notes?filter[where][stars][gt]=3&filter[order]=id&filter[fields][title]=true')
ask('GET', '/Notes?filter[where][stars]=5&filter[limit]=1')
ask('GET', '/Notes?filter[limit]=2&filter[skip]=1')
ask('GET', '/Notes?filter=bad')
ask('GET', '/Notes?filter={bad')
ask('GET', '/Notes?filter=[]')
ask('GET', '/Notes?filter=')
ask('GET', '/Notes?filter=null')
ask('GET', `/Notes?filter=${query({ limit: -1 })}`)
ask('GET', `/Notes?filter=${query({ limit: 'x' })}`)
ask('GET', `/Notes?filter=${query({ order: 'title SIDEWAYS' })}`)
ask('GET', `/Notes?filter=${query({ where: { stars: { between: [1] } } })}`)
ask('GET', `/Notes?filter=${query({ where: { title: { inq: 'one' } } })}`)
ask('GET', `/Notes?filter=${query({ include: 'nothing' })}`)
ask('GET', '/Notes/1')
ask('GET', '/Notes/99')
ask('GET', '/Notes/text')
ask('GET', `/Notes/2?filter=${query({ fields: ['title'] })}`)
ask('GET', '/Notes/findOne')
ask('GET', `/Notes/findOne?filter=${query({ where: { title: 'two' } })}`)
ask('GET', `/Notes/findOne?filter=${query({ where: { title: 'none' } })}`)
ask('GET', '/Notes/count')
ask('GET', `/Notes/count?where=${query({ stars: 5 })}`)
ask('GET', '/Notes/count?where[stars]=5')
ask('GET', '/Notes/count?where=bad')
ask('GET', '/Notes/1/exists')
ask('GET', '/Notes/99/exists')
ask('HEAD', '/Notes/1')
ask('HEAD', '/Notes/99')
ask('GET', '/texts/a')
ask('GET', '/texts/nothing')
ask('GET', '/notes/1/')

// Change one
ask('PATCH', '/Notes/1', { stars: 9 })
ask('PATCH', '/Notes/1', { title: '' })
ask('PATCH', '/Notes/1', { title: null })
ask('PATCH', '/Notes/1', {})
ask('PATCH', '/Notes/99', { stars: 9 })
ask('PATCH', '/Notes/1', { id: 2, stars: 1 })
ask('PATCH', '/Notes/1', { id: 1, stars: 2 })
ask('PUT', '/Notes/1', { title: 'put', stars: 3 })
ask('PUT', '/Notes/1', { stars: 3 })
ask('PUT', '/Notes/99', { title: 'put' })
ask('PUT', '/Notes/99', {})
ask('POST', '/Notes/1/replace', { title: 'replaced' })
ask('POST', '/Notes/1/replace', { id: 2, title: 'replaced' })
ask('POST', '/Notes/99/replace', { title: 'replaced' })
ask('POST', '/Notes/1/replace', {})
ask('GET', '/Notes/1')

// Upsert
ask('PATCH', '/Notes', { title: 'patched new' })
ask('PATCH', '/Notes', { id: 1, stars: 4 })
ask('PATCH', '/Notes', { id: 1, title: 'patched', stars: 4 })
ask('PATCH', '/Notes', { id: 888, title: 'unknown' })
ask('PUT', '/Notes', { title: 'put new' })
ask('PUT', '/Notes', { id: 1, title: 'put known' })
ask('PUT', '/Notes', { id: 889, title: 'put unknown' })
ask('POST', '/Notes/replaceOrCreate', { id: 1, title: 'replaced or created' })
ask('POST', '/Notes/replaceOrCreate', { title: 'created' })
ask('POST', `/Notes/upsertWithWhere?where=${query({ title: 'two' })}`, { stars: 2 })
ask('POST', `/Notes/upsertWithWhere?where=${query({ title: 'two' })}`, { title: 'two', stars: 2 })
ask('POST', `/Notes/upsertWithWhere?where=${query({ title: 'nobody' })}`, { title: 'somebody' })
ask('POST', `/Notes/upsertWithWhere?where=${query({ title: 'two' })}`, {})
ask('POST', '/Notes/upsertWithWhere?where={}', { title: 'many' })

// Change many, delete
ask('POST', `/Notes/update?where=${query({ stars: 2 })}`, { done: false })
ask('POST', `/Notes/update?where=${query({ stars: 12345 })}`, { done: false })
ask('POST', '/Notes/update', { done: false })
ask('POST', '/Notes/update?where=bad', { done: false })
ask('DELETE', '/Notes/1')
ask('DELETE', '/Notes/1')
ask('DELETE', '/Notes/99')
ask('DELETE', '/Notes')
ask('POST', '/Stricts', { name: 'a', extra: 1 })
ask('DELETE', '/Stricts/1')
ask('DELETE', '/Stricts/1')

// Unknown paths
ask('GET', '/Nothing')
ask('POST', '/Notes/nothing')
ask('PUT', '/Notes/1/nothing/2?a=1')
ask('OPTIONS', '/Notes')
ask('GET', '/')

// Relations
ask('POST', '/Authors', { name: 'Ann' })
ask('POST', '/Authors', { name: 'Bob' })
ask('GET', '/Authors/1/notes')
ask('POST', '/Authors/1/notes', { title: 'of Ann', stars: 5 })
ask('POST', '/Authors/1/notes', { title: 'of Ann too' })
ask('POST', '/Authors/2/notes', { title: 'of Bob' })
ask('POST', '/Authors/1/notes', { stars: 1 })
ask('POST', '/Authors/1/notes', [{ title: 'list 1' }, { title: 'list 2' }])
ask('POST', '/Authors/1/notes', { title: 'stolen', authorId: 2 })
ask('GET', '/Authors/1/notes')
ask('GET', `/Authors/1/notes?filter=${query({ where: { stars: 5 }, fields: ['title'] })}`)
ask('GET', '/Authors/1/notes/count')
ask('GET', `/Authors/1/notes/count?where=${query({ stars: 5 })}`)
ask('GET', `/Authors?filter=${query({ include: 'notes', order: 'id' })}`)
ask('GET', `/Authors/2?filter=${query({ include: { relation: 'notes', scope: { fields: ['title'] } } })}`)
const firstOfAnn = { 'x-of': 'Ann' }
ask('GET', '/Authors/1/notes/{first}', undefined, firstOfAnn)
ask('GET', '/Authors/2/notes/{first}')
ask('GET', '/Authors/1/notes/9999')
ask('PUT', '/Authors/1/notes/{first}', { stars: 1 })
ask('PUT', '/Authors/1/notes/{first}', { authorId: 2 })
ask('PUT', '/Authors/1/notes/9999', { stars: 1 })
ask('GET', '/Notes/{first}/author')
ask('GET', `/Notes?filter=${query({ where: { authorId: 2 }, include: 'author' })}`)
ask('DELETE', '/Authors/1/notes/9999')
ask('DELETE', '/Authors/2/notes/{first}')
ask('DELETE', '/Authors/1/notes/{first}')
ask('GET', '/Authors/99/notes')
ask('POST', '/Authors/99/notes', { title: 'nobody’s' })
ask('DELETE', '/Authors/1/notes')
ask('GET', '/Authors/1/notes/count')
ask('GET', '/Notes/3/author')
ask('GET', '/Authors/1/badge')
ask('PUT', '/Authors/1/badge', { text: 'none yet' })
ask('DELETE', '/Authors/1/badge')
ask('POST', '/Authors/1/badge', { text: 'gold' })
ask('POST', '/Authors/1/badge', { text: 'second' })
ask('GET', '/Authors/1/badge')
ask('PUT', '/Authors/1/badge', { text: 'silver' })
ask('GET', '/Authors/1/badge?refresh=true')
ask('DELETE', '/Authors/1/badge')

// Many to many
ask('POST', '/People', { name: 'Pat' })
ask('POST', '/Clubs', { name: 'Chess' })
ask('POST', '/Teams', { name: 'Red' })
ask('POST', '/People/1/clubs', { name: 'Rowing' })
ask('PUT', '/People/1/clubs/rel/1')
ask('HEAD', '/People/1/clubs/rel/1')
ask('HEAD', '/People/1/clubs/rel/9')
ask('GET', '/People/1/clubs')
ask('GET', '/People/1/clubs/count')
ask('GET', '/People/1/clubs/1')
ask('GET', '/People/1/clubs/9')
ask('PUT', '/People/1/clubs/1', { name: 'Go' })
ask('DELETE', '/People/1/clubs/rel/1')
ask('DELETE', '/People/1/clubs/rel/1')
ask('DELETE', '/People/1/clubs/2')
ask('GET', '/People/1/clubs')
ask('PUT', '/People/1/teams/rel/1', { since: 1999 })
ask('GET', '/People/1/teams')
ask('GET', '/People/1/memberships')
ask('DELETE', '/People/1/teams')
ask('GET', '/Teams/count')

// Scopes
ask('GET', '/Notes/starred')
ask('GET', '/Notes/starred/count')
ask('POST', '/Notes/starred', { title: 'starred', stars: 4 })
ask('DELETE', '/Notes/starred')
ask('GET', '/Notes/starred/count')

ask('GET', `/Notes?filter=${query({ include: { author: 'notes' }, limit: 2 })}`)

// Methods of the application
ask('GET', '/Customs/greet?name=ann')
ask('GET', '/Customs/greet')
ask('GET', '/Customs/silent')
ask('POST', '/Customs/byDefault')
ask('GET', '/Customs/byDefault')
ask('PUT', '/Customs/greet')
ask('POST', '/Customs/fail')
ask('POST', '/Customs', { name: 'seen' })
ask('GET', '/Customs/1')
ask('GET', '/Customs/9')

module.exports = { build, requests }
