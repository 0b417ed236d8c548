import { openSite, until, type Site, type SiteOptions } from './site'

const ann = { email: 'ann@example.com', username: 'ann', password: 'correct horse' }
const bob = { email: 'bob@example.com', username: 'bob', password: 'battery staple' }

let site: Site | undefined

async function protectedSite(options: SiteOptions = {}) {
  site = await openSite({ ...options, prepare: (app) => void (options.prepare?.(app), app.enableAuth({ dataSource: 'db' })) })
  const ids = []
  for (const person of [ann, bob]) ids.push((await site.post('/Customers', person)).body.id)
  const login = async (person: object) => (await site!.post('/Customers/login', person)).body.id as string
  return { ...site, ids, login, tokens: [await login(ann), await login(bob)] as [string, string] }
}

const rpc = (method: string, params: unknown) => ({ jsonrpc: '2.0', id: 1, method, params })

afterEach(async () => {
  await site?.close()
  site = undefined
})

describe('the rules of User', () => {
  it.each(['modern', '3.x', '2.x'] as const)(
    'let everybody sign up and log in, and users see and change themselves in %s',
    async (compat) => {
      const { ids, get, call, tokens } = await protectedSite({ compat })
      expect(ids).toEqual([1, 2])
      const statuses = [
        await get('/Customers'),
        await get('/Customers/1'),
        await get('/Customers/1', tokens[0]),
        await get('/Customers/1', tokens[1]),
        await get('/Customers', tokens[0]),
        await get('/Customers/1/accessTokens', tokens[0]),
        await get('/Customers/count', tokens[0]),
        await call('PATCH', '/Customers/1', { username: 'annie' }, { authorization: tokens[0] }),
        await call('PATCH', '/Customers/2', { username: 'annie' }, { authorization: tokens[0] }),
        await call('DELETE', '/Customers/2', undefined, { authorization: tokens[0] }),
        await call('DELETE', '/Customers/1', undefined, { authorization: tokens[0] }),
        await get('/Customers/1', tokens[0]),
      ].map(({ status }) => status)
      expect(statuses).toEqual([401, 401, 200, 401, 401, 401, 401, 200, 401, 401, 200, 401])
    },
  )

  it('hide the tokens, whatever a client includes', async () => {
    const { get, tokens } = await protectedSite()
    for (const filter of [{ include: 'accessTokens' }, { include: { relation: 'accessTokens', scope: { include: 'user' } } }]) {
      const { body } = await get(`/Customers/1?filter=${encodeURIComponent(JSON.stringify(filter))}`, tokens[0])
      expect(JSON.stringify(body)).not.toContain(tokens[0])
    }
  })

  it('keep nobody from changing the password by the old one, or setting one by a reset token', async () => {
    const { post, User, tokens, get, login } = await protectedSite()
    expect((await post('/Customers/change-password', { oldPassword: ann.password, newPassword: 'another one' })).status).toBe(401)
    expect((await post('/Customers/change-password', { oldPassword: ann.password, newPassword: 'another one' }, tokens[0])).status).toBe(
      204,
    )
    const told: { accessToken: { id: string } }[] = []
    User.on('resetPasswordRequest', (info: never) => void told.push(info))
    expect((await post('/Customers/reset', { email: ann.email })).status).toBe(204)
    await until(() => told.length > 0)
    const reset = told[0]!.accessToken.id
    expect((await get('/Customers/1', reset)).status).toBe(401)
    expect((await post('/Customers/change-password', { oldPassword: 'another one', newPassword: 'evil evil' }, reset)).status).toBe(401)
    expect((await post('/Customers/reset-password', { newPassword: 'a third one' }, tokens[1])).status).toBe(401)
    expect((await post('/Customers/reset-password', { newPassword: 'a third one' }, reset)).status).toBe(204)
    expect((await post('/Customers/reset-password', { newPassword: 'a fourth one' }, reset)).status).toBe(401)
    expect(await login({ ...ann, password: 'a third one' })).toEqual(expect.any(String))
    expect((await get('/Customers/2', tokens[1])).status).toBe(200)
  })

  it('keep the session that changed the password by PATCH in 3.x, as the original', async () => {
    const { call, tokens, get, login } = await protectedSite({ compat: '3.x' })
    const second = await login(ann)
    expect((await call('PATCH', '/Customers/1', { password: 'other' }, { authorization: tokens[0] })).status).toBe(200)
    expect([(await get('/Customers/1', tokens[0])).status, (await get('/Customers/1', second)).status]).toEqual([200, 401])
  })
})

describe('other transports', () => {
  it('know who calls, and nobody else', async () => {
    const { call, tokens } = await protectedSite()
    const ask = async (headers: Record<string, string>) =>
      (await call('POST', '/jsonrpc', rpc('Customer.findById', { id: 1 }), headers)).body
    expect((await ask({ authorization: tokens[0] })).result).toMatchObject({ id: 1, email: ann.email })
    expect((await ask({ authorization: tokens[1] })).error).toBeDefined()
    expect((await ask({})).error).toBeDefined()
  })

  it('count failed logins together: REST, batch and JSON-RPC', async () => {
    const { call, post } = await protectedSite({ app: { limits: { login: { account: 6 } } } })
    const wrong = { email: ann.email, password: 'wrong password' }
    const requests = Array.from({ length: 3 }, () => ({ method: 'POST', path: '/Customers/login', body: wrong }))
    const batch = (await post('/$batch', { requests })).body.responses as { status: number }[]
    expect(batch.map(({ status }) => status)).toEqual([401, 401, 401])
    const one = async () => (await call('POST', '/jsonrpc', rpc('Customer.login', { credentials: wrong }))).body.error.data
    for (let n = 0; n < 3; n++) expect(JSON.stringify(await one())).toContain('LOGIN_FAILED')
    expect(JSON.stringify(await one())).toContain('LOGIN_TOO_MANY_ATTEMPTS')
    expect((await post('/Customers/login', ann)).status).toBe(429)
  })

  it('take no options, tokens or contexts from a client', async () => {
    const { call, tokens, User } = await protectedSite()
    const evil = {
      accessToken: { userId: 2 },
      options: { setPassword: true, accessToken: { userId: 2 } },
      setPassword: true,
      fromOutside: false,
    }
    expect((await call('PATCH', '/Customers/1', { password: 'evil evil', ...evil }, { authorization: tokens[0] })).status).toBe(401)
    expect(
      (
        await call(
          'POST',
          '/Customers/change-password',
          { id: 2, oldPassword: ann.password, newPassword: 'another one', ...evil },
          { authorization: tokens[0] },
        )
      ).status,
    ).toBe(204)
    expect(await (User.login as Function)(bob)).toMatchObject({ userId: 2 })
  })
})
