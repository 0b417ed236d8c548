import { clean, refused, stores, target, unharmed, type Target } from './server'

describe.each(stores.slice(0, 2))('group C, pollution and confusion of types, on %s', (_, settings) => {
  let at: Target
  beforeAll(async () => {
    at = await target(settings)
  })
  afterAll(() => at.close())
  afterEach(() => unharmed(at))

  it.each([
    '{"name":"x","__proto__":{"polluted":1}}',
    '{"name":"x","constructor":{"prototype":{"polluted":1}}}',
    '{"name":"x","meta":{"a":{"__proto__":{"polluted":1}}}}',
  ])('33: refuses the body %s', async (body) => refused(await at.send('POST', '/Notes', body)))

  it.each([
    'filter[__proto__][polluted]=1',
    'filter[where][__proto__][polluted]=1',
    'filter[constructor][prototype][polluted]=1',
    'filter={"where":{"__proto__":{"polluted":1}}}',
  ])('33: is not polluted by the query %s', async (query) => {
    const reply = await at.send('GET', `/Notes?${query}`)
    expect([200, 400]).toContain(reply.status)
    expect((Object.prototype as any).polluted).toBeUndefined()
  })

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'prototype', 'valueOf'])(
    '34: knows no model, method or relation called %s',
    async (name) => {
      for (const path of [`/${name}`, `/${name}/1`, `/Notes/${name}/x`, `/Notes/1/${name}`, `/Owners/1/${name}/1`])
        expect((await at.send('GET', path)).status).toBe(404)
      const include = await at.filter({ include: name })
      expect(include.status).toBeGreaterThanOrEqual(400)
    },
  )

  it('35: keeps methods of an instance whatever the data is called', async () => {
    const reply = await at.send('POST', '/Notes', { name: 'x', save: 1, toJSON: 'x', constructor: 1, _where: 1 })
    expect([400, 422]).toContain(reply.status)
    clean(reply)
  })

  it.each([
    'text=a&text=b',
    'text[x]=1',
    'text[]=1',
    'n=1&n=2',
    'n[x]=1',
    'flag=true&flag=false',
    'flag[]=1',
    'when[x]=1',
    'when=2020-01-01&when=2021-01-01',
  ])('36: refuses %s for one value', async (query) => refused(await at.send('GET', `/Notes/echo?${query}`)))

  it.each([[1, 2], '0x1F', '1e400', {}, 'abc'])('37: never stores %j as a number', async (age) => {
    const reply = await at.send('POST', '/Notes', { name: 'x', age })
    expect([400, 422]).toContain(reply.status)
    clean(reply)
  })

  it.each([
    ['flag=false', { flag: false }],
    ['flag=0', { flag: false }],
    ['flag=TRUE', { flag: true }],
    ['when=2020-01-02', { when: '2020-01-02T00:00:00.000Z' }],
    ['n=1e3', { n: 1000 }],
  ])('38: reads %s as %j', async (query, expected) => expect((await at.send('GET', `/Notes/echo?${query}`)).body).toMatchObject(expected))

  it.each(['flag=maybe', 'when=0000-00-00', 'when=nonsense', 'n=1;2', 'n=NaN', 'n=Infinity'])('38: refuses %s', async (query) =>
    refused(await at.send('GET', `/Notes/echo?${query}`)),
  )

  it('39: does not store a property that a strict model does not declare', async () => {
    const reply = await at.send('PATCH', '/Notes/2', { unknown: 1 })
    if (reply.status === 200) expect(reply.body).not.toHaveProperty('unknown')
    else expect(reply.status).toBe(422)
  })

  it('40: refuses an id of the client where the store makes ids, and two different ids', async () => {
    expect((await at.send('POST', '/Notes', { id: 77, name: 'x' })).status).toBe(422)
    expect((await at.send('PATCH', '/Notes/1', { id: 2 })).status).toBe(400)
    expect((await at.send('PUT', '/Notes/1', { id: 2, name: 'x' })).status).toBe(400)
  })
})
