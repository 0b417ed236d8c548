import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Profile } from '@reloop/compat'
import { runtimeOf } from '@reloop/juggler'
import { recheckFor } from '../../src/identity/recheck'
import { tokenOptionsFor } from '../../src/identity/token-middleware'
import { stored } from '../../src/identity/stored'
import { openSite, type Site, type SiteOptions } from './site'

const ann = { email: 'ann@example.com', password: 'correct horse' }
const base64 = (text: string) => Buffer.from(text).toString('base64')

let site: Site | undefined

async function siteWithToken(options: SiteOptions = {}): Promise<Site & { readonly id: string }> {
  site = await openSite(options)
  await site.User.create(ann)
  const { id } = (await site.post('/Customers/login', ann)).body
  return { ...site, id }
}

afterEach(async () => {
  await site?.close()
  site = undefined
})

describe('where a token is looked for', () => {
  const places = (id: string): Record<string, [Record<string, string>, string?]> => ({
    header: [{ 'x-access-token': id }],
    bare: [{ authorization: id }],
    bearer: [{ authorization: `Bearer ${id}` }],
    bearer64: [{ authorization: `Bearer ${base64(id)}` }],
    basicPassword: [{ authorization: `Basic ${base64(`u:${id}`)}` }],
    basicUser: [{ authorization: `Basic ${base64(`${id}:`)}` }],
    url: [{}, `?access_token=${id}`],
    cookie: [{ cookie: `access_token=${id}` }],
    emptyHeaderFirst: [{ 'x-access-token': '', authorization: id }],
  })

  const expected: Record<Profile, readonly string[]> = {
    modern: ['header', 'bare', 'bearer', 'basicPassword', 'basicUser', 'emptyHeaderFirst'],
    '3.x': ['header', 'bare', 'bearer64', 'basicPassword', 'basicUser', 'url', 'emptyHeaderFirst'],
    '2.x': ['header', 'bare', 'bearer64', 'basicPassword', 'basicUser', 'url', 'emptyHeaderFirst'],
  }

  it.each(['modern', '3.x', '2.x'] as const)('is in %s where the original looks, and in modern in headers only', async (compat) => {
    const { who, id } = await siteWithToken({ compat })
    const found = []
    for (const [place, [headers, query]] of Object.entries(places(id))) if ((await who(headers, query)) === 1) found.push(place)
    expect(found).toEqual(expected[compat])
  })

  it('prefers the URL, where an empty parameter ends the search', async () => {
    const three = await siteWithToken({ compat: '3.x' })
    expect(await three.who({ authorization: three.id }, '?access_token=')).toBe(null)
    await three.close()
    const two = await siteWithToken({ compat: '2.x' })
    expect(await two.who({ authorization: two.id }, '?access_token=')).toBe(500)
  })

  it('may be further parameters and headers, and no usual ones', async () => {
    const { who, id } = await siteWithToken({ identify: { params: 'key', headers: ['X-Key'], searchDefaultTokenKeys: false } })
    expect([await who({}, `?key=${id}`), await who({ 'x-key': id }), await who({ authorization: id })]).toEqual([1, 1, null])
  })

  it('does not cost a call of the store where there is none, and one where there is one', async () => {
    const { who, id, Token } = await siteWithToken()
    const calls: string[] = []
    const { connector } = runtimeOf(Token) as unknown as { connector: Record<string, (...args: unknown[]) => unknown> }
    const counted = (name: string, fn: (...args: unknown[]) => unknown) =>
      function (this: unknown, ...args: unknown[]) {
        calls.push(name)
        return fn.apply(this, args)
      }
    for (const name of ['find', 'update', 'insert', 'remove', 'count'])
      if (connector[name]) Object.defineProperty(connector, name, { value: counted(name, connector[name]) })
    const { prepare } = connector
    if (prepare)
      Object.defineProperty(connector, 'prepare', {
        value: (...args: unknown[]) => counted('prepared', prepare.apply(connector, args) as () => unknown),
      })
    runtimeOf(Token).invalidate()
    await who({})
    expect(calls).toHaveLength(0)
    await who({ authorization: id })
    expect(calls).toHaveLength(1)
  })

  it.each(['a'.repeat(10_000), 'null', '[object Object]', 'family_x', '../../etc/passwd', "' or 1=1 --"])(
    'finds nobody for %.20s',
    async (text) => {
      const { who } = await siteWithToken()
      expect(await who({ authorization: text })).toBe(null)
    },
  )
})

describe('a token that has expired', () => {
  it.each(['modern', '3.x', '2.x'] as const)('is refused once in %s, and unknown then', async (compat) => {
    const { get, who, id, Token } = await siteWithToken({ compat })
    await Token.updateAll({ id }, { created: new Date(Date.now() - 1209601_000) })
    const { status, body } = await get('/Customers/whoami', id)
    expect([status, body.error.code, body.error.message]).toEqual([401, 'INVALID_TOKEN', 'Invalid Access Token'])
    expect(await who({ authorization: id })).toBe(null)
  })

  it('is renewed while it is used, where tokens slide', async () => {
    const { who, id, Token } = await siteWithToken({ token: { slidingExpiration: true } })
    const before = new Date(Date.now() - 1000_000_000)
    await Token.updateAll({ id }, { created: before })
    expect(await who({ authorization: id })).toBe(1)
    expect(((await Token.findById(id))!.created as Date).getTime()).toBeGreaterThan(before.getTime())
    const renewed = (await Token.findById(id))!.created
    expect(await who({ authorization: id })).toBe(1)
    expect((await Token.findById(id))!.created).toEqual(renewed)
  })

  it('without a usable ttl is refused, and an error of the server in 3.x and 2.x', async () => {
    const told = jest.spyOn(console, 'error').mockImplementation(() => undefined)
    for (const [compat, status] of [
      ['modern', 401],
      ['3.x', 500],
      ['2.x', 500],
    ] as const) {
      const { who, Token, close } = await siteWithToken({ compat })
      await Token.create({ id: 'broken', ttl: 0, userId: 1 })
      expect(await who({ authorization: 'broken' })).toBe(status)
      await close()
    }
    told.mockRestore()
    site = undefined
  })
})

describe('a token model of the application', () => {
  it('makes ids, finds texts, looks up and searches in ways of its own', async () => {
    const { who, Token, User, post } = await siteWithToken()
    Object.assign(Token, { createAccessTokenId: (done: (error: null, id: string) => void) => done(null, 'chosen') })
    expect((await post('/Customers/login', ann)).body.id).toBe('chosen')
    Object.assign(Token, { getIdForRequest: (req: { headers: Record<string, string> }) => req.headers['x-own'] })
    expect([await who({ 'x-own': 'chosen' }), await who({ authorization: 'chosen' })]).toEqual([1, null])
    Object.assign(Token, {
      resolve: (id: string, done: (error: null, token: object) => void) => done(null, { id, userId: `resolved ${id}` }),
    })
    expect(await who({ 'x-own': 'x' })).toBe('resolved x')
    Object.assign(Token, { findForRequest: async () => ({ userId: 'searched' }) })
    expect(await who({})).toBe('searched')
    expect(User.modelName).toBe('Customer')
  })

  it('has ids of the length that it is told', async () => {
    const { id } = await siteWithToken({ token: { accessTokenIdLength: 20 } })
    expect(id).toMatch(/^[A-Za-z0-9]{20}$/)
  })

  it('has a token that stands for nobody', async () => {
    const { Token } = await siteWithToken()
    expect((Token.ANONYMOUS as { id: string }).id).toBe('$anonymous')
  })
})

describe('several user models', () => {
  const polymorphic = (discriminator: string) => ({ foreignKey: 'userId', discriminator })

  async function twoKinds(compat: Profile = 'modern') {
    const opened = await siteWithToken({
      compat,
      token: {
        relations: {
          user: {
            type: 'belongsTo',
            model: undefined,
            foreignKey: undefined,
            idName: 'id',
            polymorphic: { idType: 'number', ...polymorphic('principalType') },
          },
        },
      },
      user: {
        relations: {
          accessTokens: {
            type: 'hasMany',
            model: 'Session',
            foreignKey: undefined,
            polymorphic: polymorphic('principalType'),
            options: { disableInclude: true },
          },
        },
      },
      prepare(app) {
        const Clerk = app.registry.createModel({
          name: 'Clerk',
          base: 'User',
          relations: {
            accessTokens: {
              type: 'hasMany',
              model: 'Session',
              foreignKey: undefined,
              polymorphic: polymorphic('principalType'),
              options: { disableInclude: true },
            },
          },
        })
        app.model(Clerk, { dataSource: 'db' })
      },
    })
    return { ...opened, Clerk: stored(opened.app.models.Clerk!) }
  }

  it.each(['modern', '3.x'] as const)('have tokens that name their kind, and no power over each other’s in %s', async (compat) => {
    const { Clerk, post, Token, id } = await twoKinds(compat)
    await Clerk.create({ email: 'clerk@example.com', password: 'clerks password' })
    const clerk = (await post('/Clerks/login', { email: 'clerk@example.com', password: 'clerks password' })).body
    expect(clerk).toMatchObject({ userId: 1, principalType: 'Clerk' })
    expect((await post('/Clerks/change-password', { oldPassword: ann.password, newPassword: 'other password' }, id)).status).toBe(403)
    expect(
      (await post('/Customers/change-password', { oldPassword: 'clerks password', newPassword: 'other password' }, clerk.id)).status,
    ).toBe(403)
    expect(
      (await post('/Clerks/change-password', { oldPassword: 'clerks password', newPassword: 'other password' }, clerk.id)).status,
    ).toBe(204)
    expect(await Token.find({ where: { principalType: 'Customer' } })).toHaveLength(1)
    await Clerk.destroyAll({})
    expect((await Token.find({})).map(({ principalType }) => principalType)).toEqual(['Customer'])
  })
})

describe('recheckFor', () => {
  it('says whether who opened a connection may still hold it', async () => {
    const { app, id, Token } = await siteWithToken()
    const recheck = recheckFor(app)
    const token = await Token.findById(id)
    const request = (headers: Record<string, string>, accessToken?: unknown) => ({ headers, url: '/', accessToken }) as never
    expect(await recheck(request({}, token))).toBe(true)
    expect(await recheck(request({ authorization: id }))).toBe(true)
    expect(await recheck(request({}, null))).toBe(true)
    expect(await recheck(request({}))).toBe(true)
    await Token.updateAll({ id }, { created: new Date(0) })
    expect(await recheck(request({}, token))).toBe(false)
    expect(await Token.findById(id)).not.toBe(null)
    await Token.destroyAll({})
    expect(await recheck(request({}, token))).toBe(false)
    expect(await recheck(request({ authorization: id }))).toBe(false)
  })
})

describe('loopback.token', () => {
  let server: Server | undefined

  afterEach(() => void server?.close())

  async function serve(twins: ReturnType<typeof tokenOptionsFor>, before: object = {}) {
    server = createServer((req, res) => {
      Object.assign(req, before)
      twins.middleware(req, res, (error) => {
        const { accessToken } = req as { accessToken?: { userId: unknown } | null }
        res.end(JSON.stringify(error ? { error: (error as { code: string }).code } : { url: req.url, user: accessToken?.userId ?? null }))
      })
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server!.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    return async (path: string, authorization?: string) =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { headers: authorization ? { authorization } : {} })).json()
  }

  it('finds the token, and writes the caller’s id into the path', async () => {
    const { app, id } = await siteWithToken()
    const ask = await serve(tokenOptionsFor(app, { currentUserLiteral: true }))
    expect(await ask('/Customers/me/orders?to=/me', id)).toEqual({ url: '/Customers/1/orders?to=/me', user: 1 })
    expect(await ask('/Customers/me?x=1', id)).toEqual({ url: '/Customers/1?x=1', user: 1 })
    expect(await ask('/Customers/menu', id)).toEqual({ url: '/Customers/menu', user: 1 })
    expect(await ask('/Customers/me')).toEqual({ error: 'AUTHORIZATION_REQUIRED' })
    expect(await ask('/Customers')).toEqual({ url: '/Customers', user: null })
  })

  it('leaves what an earlier one found, unless it is told to look again', async () => {
    const { app, id } = await siteWithToken()
    const earlier = { accessToken: { id: 'x', userId: 'earlier' } }
    expect(await (await serve(tokenOptionsFor(app), earlier))('/', id)).toEqual({ url: '/', user: 'earlier' })
    server!.close()
    expect(await (await serve(tokenOptionsFor(app, { enableDoublecheck: true }), earlier))('/', id)).toEqual({ url: '/', user: 'earlier' })
    server!.close()
    const overwriting = tokenOptionsFor(app, { enableDoublecheck: true, overwriteExistingToken: true })
    expect(await (await serve(overwriting, earlier))('/', id)).toEqual({ url: '/', user: 1 })
  })

  it('looks into bodies and signed cookies that middleware has read', async () => {
    const { app, id } = await siteWithToken({ compat: '3.x' })
    expect(await (await serve(tokenOptionsFor(app), { body: { access_token: id } }))('/')).toEqual({ url: '/', user: 1 })
    server!.close()
    expect(await (await serve(tokenOptionsFor(app), { signedCookies: { access_token: id } }))('/')).toEqual({ url: '/', user: 1 })
  })
})
