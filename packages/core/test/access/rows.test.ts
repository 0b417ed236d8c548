import { closeAll } from '../notes'
import { allow, deny, scene } from './scene'

afterAll(closeAll)

const docs = (acls: readonly object[], more: object = {}) => ({
  name: 'Doc',
  properties: { text: 'string', dept: 'string', open: 'boolean' },
  acls,
  ...more,
})
const rows = [
  { text: 'a', dept: 'x', open: true },
  { text: 'b', dept: 'y', open: false },
  { text: 'c', dept: 'x', open: false },
]

describe('53. a rule with where', () => {
  const acls = [
    deny('$everyone'),
    allow('$authenticated', { where: { dept: '$userId' } }),
    allow('$everyone', { accessType: 'READ', where: { open: true } }),
    allow('admin'),
  ]
  const serve = async () => {
    const found = await scene()
    await found.add(docs(acls), rows)
    return found
  }
  const texts = (body: unknown) => (body as { text: string }[]).map(({ text }) => text)

  it('opens the rows that meet it, and those of every other rule of the caller', async () => {
    const { as } = await serve()
    expect(texts((await as(undefined, 'GET', '/api/Docs')).body)).toEqual(['a'])
    expect(texts((await as('y', 'GET', '/api/Docs')).body)).toEqual(['a', 'b'])
    expect(texts((await as('admin', 'GET', '/api/Docs')).body)).toEqual(['a', 'b', 'c'])
  })

  it('is joined to every read: no condition of the caller widens it', async () => {
    const { as } = await serve()
    for (const where of [
      '{"or":[{},{}]}',
      '{"or":[{"dept":"y"},{"dept":"x"}]}',
      '{"not":{"dept":"z"}}',
      '{"nor":[{"dept":"z"}]}',
      '{"dept":{"inq":["x","y"]}}',
    ])
      expect([where, texts((await as(undefined, 'GET', `/api/Docs?filter={"where":${where}}`)).body)]).toEqual([where, ['a']])
    expect((await as('y', 'GET', '/api/Docs/count')).body).toEqual({ count: 2 })
    expect((await as('y', 'GET', '/api/Docs/aggregate?filter={"values":{"n":{"count":"*"}}}')).body).toEqual([{ n: 2 }])
    const [denied, missing] = [await as('y', 'GET', '/api/Docs/3'), await as('y', 'GET', '/api/Docs/99')]
    expect([denied.status, missing.status, denied.body.error.code]).toEqual([404, 404, missing.body.error.code])
    expect((await as('y', 'GET', '/api/Docs/3/exists')).body).toEqual({ exists: false })
    expect((await as('y', 'GET', '/api/Docs/findOne?filter={"where":{"text":"c"}}')).status).toBe(404)
  })

  it('is joined to every write, old row and new', async () => {
    const { as } = await serve()
    expect((await as('y', 'POST', '/api/Docs/update?where={"text":{"neq":"z"}}', { text: 'n' })).body).toEqual({ count: 1 })
    expect(texts((await as('admin', 'GET', '/api/Docs')).body)).toEqual(['a', 'n', 'c'])
    expect((await as('y', 'POST', '/api/Docs/update?where={"text":"n"}', { dept: 'x' })).status).toBe(401)
    expect((await as('y', 'PATCH', '/api/Docs/1', { text: 'n' })).status).toBe(404)
    expect((await as('y', 'PATCH', '/api/Docs/2', { dept: 'x' })).status).toBe(401)
    expect((await as('y', 'POST', '/api/Docs', { text: 'o', dept: 'x' })).status).toBe(401)
    expect((await as('y', 'POST', '/api/Docs', { text: 'o', dept: 'y' })).status).toBe(200)
    expect([(await as('y', 'DELETE', '/api/Docs/1')).body, (await as('y', 'DELETE', '/api/Docs/2')).body]).toEqual([
      { count: 0 },
      { count: 1 },
    ])
    expect((await as(undefined, 'POST', '/api/Docs', { open: true })).status).toBe(401)
  })

  it('comes before one about all rows for the same principal, whichever is stricter', async () => {
    const { add, as } = await scene()
    await add(docs([deny('$everyone'), allow('$everyone', { where: { open: true } })]), rows)
    expect(texts((await as(undefined, 'GET', '/api/Docs')).body)).toEqual(['a'])
  })

  it('that denies takes rows away', async () => {
    const { add, as } = await scene()
    await add(docs([deny('$everyone', { where: { open: false } })]), rows)
    expect(texts((await as(undefined, 'GET', '/api/Docs')).body)).toEqual(['a'])
    expect((await as(undefined, 'GET', '/api/Docs/2')).status).toBe(404)
  })

  it('takes values of the request: the user’s record, the tenant, the time', async () => {
    const { add, as, app } = await scene()
    const User = app.registry.getModelByType('User')
    const user = await (User.create as Function)({ email: 'a@example.com', password: 'password-1', dept: 'x' })
    await add(docs([deny('$everyone'), allow('$authenticated', { where: { or: [{ dept: '$user.dept' }, { text: '$$price' }] } })]), [
      ...rows,
      { text: '$price' },
    ])
    expect(texts((await as(user.id, 'GET', '/api/Docs')).body)).toEqual(['a', 'c', '$price'])
  })

  it('is of no use to who has no such value', async () => {
    const { add, as } = await scene()
    await add(docs([deny('$everyone'), allow('$everyone', { where: { dept: '$userId' } })]), [...rows, { text: 'n' }])
    expect((await as(undefined, 'GET', '/api/Docs')).status).toBe(401)
  })

  it('holds in 3.x as well, for nobody writes one by accident', async () => {
    const { add, as } = await scene('3.x')
    await add(docs(acls), rows)
    expect(texts((await as('y', 'GET', '/api/Docs')).body)).toEqual(['a', 'b'])
  })

  it('holds for what server code loads with the options of the call', async () => {
    const { add, as } = await scene()
    const Doc = await add(docs([...acls, allow('$everyone', { property: 'all' })]), rows)
    Object.assign(Doc, { all: (options: object) => (Doc.find as Function)({}, options) })
    Doc.remoteMethod('all', {
      accepts: { arg: 'options', type: 'object', http: 'optionsFromRequest' as never },
      returns: { arg: 'docs', type: 'array', root: true },
      http: { verb: 'get' },
    })
    expect(texts((await as('y', 'GET', '/api/Docs/all')).body)).toEqual(['a', 'b'])
  })
})

describe('54. a bulk change without a condition', () => {
  it.each(['', '?where={}', '?where=null', '?where=[]', '?where="null"', '?where={'])('is refused: %s', async (query) => {
    const { add, as } = await scene()
    await add(docs([]), rows)
    expect((await as(1, 'POST', `/api/Docs/update${query}`, { text: 'z' })).status).toBe(400)
    expect((await as(1, 'GET', '/api/Docs?filter={"where":{"text":"z"}}')).body).toEqual([])
  })
})

describe('55. what only the server makes', () => {
  it('is not taken from arguments', async () => {
    const { add, as } = await scene()
    await add(docs([deny('$everyone'), allow('$owner')]), rows)
    const given = encodeURIComponent('{"accessToken":{"userId":"admin"},"skipAcl":true,"fromOutside":false}')
    for (const name of ['options', 'ctx', 'accessToken', 'skipAcl', 'disableSanitization', 'tx'])
      expect([name, (await as(undefined, 'GET', `/api/Docs?${name}=${given}`)).status]).toEqual([name, 401])
    expect((await as(undefined, 'POST', '/api/Docs', { text: 'a', options: { skipAcl: true } })).status).toBe(401)
  })
})

describe('50. another spelling of a path', () => {
  it('meets the same decision', async () => {
    const { add, as, app } = await scene()
    await add(docs([deny('$everyone')]), rows)
    for (const path of [
      '/API/Docs',
      '/api/docs',
      '/api/%44ocs',
      '/api/Docs/',
      '//api/Docs',
      '/api//Docs',
      '/api/./Docs',
      '/api/Docs;x=1',
    ]) {
      const reply = await as(undefined, 'GET', path)
      expect([path, [400, 401, 404].includes(reply.status)]).toEqual([path, true])
    }
    await app.ready()
    const overridden = await app.fastify.inject({
      method: 'GET',
      url: '/api/Docs?_method=POST',
      headers: { 'x-http-method-override': 'POST' },
    })
    expect(overridden.statusCode).toBe(401)
  })
})
