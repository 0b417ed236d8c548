import { kInner } from '../../src/identity/stored'
import { openSite, type Site, type SiteOptions } from './site'

const ann = { email: 'ann@example.com', username: 'ann', password: 'correct horse' }

let site: Site | undefined

async function siteWith(options: SiteOptions = {}): Promise<Site> {
  site = await openSite(options)
  await site.User.create({ ...ann })
  return site
}

afterEach(async () => {
  await site?.close()
  site = undefined
})

describe('login', () => {
  it('answers with a token, and with the user where it is asked for, without the password', async () => {
    const { post, who } = await siteWith()
    const { status, body } = await post('/Customers/login?include=USER', { email: ann.email, password: ann.password })
    expect(status).toBe(200)
    expect(body).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9]{64}$/),
      ttl: 1209600,
      created: expect.any(String),
      userId: 1,
      user: { id: 1, email: ann.email, username: 'ann' },
    })
    expect(await who({ authorization: body.id })).toBe(1)
  })

  it.each(['modern', '3.x', '2.x'] as const)('refuses in %s what the original refuses, with its words', async (compat) => {
    const { post } = await siteWith({ compat })
    const answers = await Promise.all(
      [
        {},
        { email: ann.email, password: 'no' },
        { email: ann.email },
        { email: 'nobody@example.com', password: 'no' },
        { email: { neq: 'x' }, password: 'no' },
        { username: { neq: 'x' }, password: 'no' },
      ].map((credentials) => post('/Customers/login', credentials)),
    )
    expect(answers.map(({ status, body }) => [status, body.error.code, body.error.message])).toEqual([
      [400, 'USERNAME_EMAIL_REQUIRED', 'username or email is required'],
      [401, 'LOGIN_FAILED', 'login failed'],
      [401, 'LOGIN_FAILED', 'login failed'],
      [401, 'LOGIN_FAILED', 'login failed'],
      [400, 'INVALID_EMAIL', 'Invalid email'],
      [400, 'INVALID_USERNAME', 'Invalid username'],
    ])
  })

  it('refuses values of the wrong type with 400', async () => {
    const { post } = await siteWith()
    const wrong = [
      { password: { a: 1 } },
      { password: ['correct horse'] },
      { password: 5 },
      { realm: { neq: 'x' } },
      { realm: 5 },
      { ttl: { a: 1 } },
      { ttl: [5] },
      { ttl: true },
    ]
    const answers = await Promise.all(wrong.map((part) => post('/Customers/login', { ...ann, ...part })))
    expect(answers.map(({ status }) => status)).toEqual(wrong.map(() => 400))
  })

  it('keeps the time that a token is good for within bounds', async () => {
    const { post } = await siteWith()
    const ttl = async (wanted: unknown) => (await post('/Customers/login', { ...ann, ttl: wanted })).body.ttl as number
    expect([await ttl(10), await ttl(-1), await ttl(9e15), await ttl('abc'), await ttl(0)]).toEqual([
      10, 31556926, 31556926, 31556926, 1209600,
    ])
  })

  it('takes the bounds of the application, and those of the model before them', async () => {
    const { post, User } = await siteWith({ app: { limits: { token: { ttl: 100, maxTTL: 200 } } } })
    const ttl = async (wanted?: unknown) => (await post('/Customers/login', { ...ann, ttl: wanted })).body.ttl as number
    expect([await ttl(), await ttl(200), await ttl(201)]).toEqual([100, 200, 200])
    User.settings.ttl = 50
    User.settings.maxTTL = 60
    expect([await ttl(), await ttl(61)]).toEqual([50, 60])
  })

  it('gives tokens without end only where the user model allows them', async () => {
    const { post, who } = await siteWith({ user: { allowEternalTokens: true } })
    const { body } = await post('/Customers/login', { ...ann, ttl: -1 })
    expect(body.ttl).toBe(-1)
    expect(await who({ authorization: body.id })).toBe(1)
  })

  it.each(['3.x', '2.x'] as const)('gives in %s what the original gives, whatever it is good for', async (compat) => {
    const { post, who } = await siteWith({ compat })
    const { body } = await post('/Customers/login', { ...ann, ttl: -1 })
    expect(body.ttl).toBe(-1)
    expect(await who({ authorization: body.id })).toBe(401)
    expect((await post('/Customers/login', { ...ann, ttl: 9e15 })).body.ttl).toBe(31556926)
  })

  it('answers unknown users, wrong passwords and unverified users alike', async () => {
    const { post, User } = await siteWith({ user: { emailVerificationRequired: true } })
    await User.create({ email: 'bob@example.com', password: 'bobs password', emailVerified: true })
    const answers = [
      await post('/Customers/login', { email: 'nobody@example.com', password: ann.password }),
      await post('/Customers/login', { email: 'bob@example.com', password: 'wrong password' }),
      await post('/Customers/login', { email: ann.email, password: ann.password }),
    ]
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body])))).toEqual(
      new Set([JSON.stringify([401, { error: { statusCode: 401, name: 'Error', message: 'login failed', code: 'LOGIN_FAILED' } }])]),
    )
  })

  it('takes the time of a verification where there is nothing to verify', async () => {
    const { post } = await siteWith({ app: { limits: { login: { account: 1000 } } } })
    const time = async (email: string) => {
      const start = process.hrtime.bigint()
      await post('/Customers/login', { email, password: 'wrong password' })
      return Number(process.hrtime.bigint() - start)
    }
    const shortest = async (email: string) => {
      const times: number[] = []
      for (let n = 0; n < 9; n++) times.push(await time(email))
      return Math.min(...times)
    }
    await shortest('warm@example.com')
    const [known, unknown] = [await shortest(ann.email), await shortest('nobody@example.com')]
    expect(unknown).toBeGreaterThan(known / 3)
    expect(known).toBeGreaterThan(unknown / 3)
  })

  it('says in 3.x and 2.x that the address is not verified', async () => {
    const three = await siteWith({ compat: '3.x', user: { emailVerificationRequired: true } })
    expect((await three.post('/Customers/login', ann)).body.error).toMatchObject({
      code: 'LOGIN_FAILED_EMAIL_NOT_VERIFIED',
      message: 'login failed as the email has not been verified',
      details: { userId: 1 },
    })
    await three.close()
    const two = await siteWith({ compat: '2.x', user: { emailVerificationRequired: true } })
    const { error } = (await two.post('/Customers/login', ann)).body
    expect(error).toMatchObject({ code: 'LOGIN_FAILED_EMAIL_NOT_VERIFIED', status: 401 })
    expect(error).not.toHaveProperty('details')
  })

  it('finds users whatever the case and the composition of their address', async () => {
    const { post, User } = await siteWith()
    await User.create({ email: 'E\u0301LISE@Example.com', password: 'long enough' })
    for (const email of ['\u00e9lise@example.com', 'e\u0301lise@EXAMPLE.com', '\u00c9LISE@example.com'])
      expect((await post('/Customers/login', { email, password: 'long enough' })).status).toBe(200)
  })

  it('still finds an address that was stored with capitals before', async () => {
    const { post, User } = await siteWith()
    await User.updateAll({ id: 1 }, { email: 'Ann@Example.com' }, { [kInner]: true })
    expect((await post('/Customers/login', { email: 'Ann@Example.com', password: ann.password })).status).toBe(200)
  })

  it('uses what an application has put in the place of createAccessToken and hasPassword', async () => {
    const { post, User } = await siteWith()
    Object.assign(User.prototype, {
      hasPassword: (plain: string, done: (error: null, same: boolean) => void) => done(null, plain === 'master key'),
      createAccessToken(
        this: { accessTokens: { create(data: object): Promise<object> } },
        ttl: unknown,
        done: (error: null, token: object) => void,
      ) {
        void this.accessTokens.create({ ttl: 77, id: `own-${String(ttl)}` }).then((token) => done(null, token))
      },
    })
    expect((await post('/Customers/login', { email: ann.email, password: 'master key', ttl: 5 })).body).toMatchObject({
      id: 'own-5',
      ttl: 77,
      userId: 1,
    })
    expect((await post('/Customers/login', ann)).status).toBe(401)
  })

  it('lets an application put its own login in place', async () => {
    const { post, User } = await siteWith()
    Object.assign(User, {
      login: (credentials: object, include: unknown, done: (error: null, result: object) => void) => done(null, { credentials, include }),
    })
    expect((await post('/Customers/login', { a: 1 })).body).toEqual({ credentials: { a: 1 } })
  })

  it('can be called with a callback', async () => {
    const { User } = await siteWith()
    const token = await new Promise<{ userId: unknown }>((resolve, reject) => {
      ;(User.login as Function)(ann, (error: Error | null, result: { userId: unknown }) => (error ? reject(error) : resolve(result)))
    })
    expect(token.userId).toBe(1)
  })
})

describe('realms', () => {
  const people = [
    { realm: 'north', email: 'ann@example.com', username: 'ann', password: 'northern password' },
    { realm: 'south', email: 'ann@example.com', username: 'ann', password: 'southern password' },
  ]

  it.each(['modern', '3.x', '2.x'] as const)('tell users of one address apart in %s', async (compat) => {
    site = await openSite({ compat, user: { realmRequired: true, realmDelimiter: ':' } })
    const { post, User } = site
    for (const person of people) await User.create(person)
    const login = async (credentials: object) => {
      const { status, body } = await post('/Customers/login', credentials)
      return status === 200 ? body.userId : body.error.code
    }
    expect([
      await login({ realm: 'north', email: 'ann@example.com', password: 'northern password' }),
      await login({ email: 'south:ann@example.com', password: 'southern password' }),
      await login({ username: 'south:ann', password: 'southern password' }),
      await login({ realm: 'north', email: 'ann@example.com', password: 'southern password' }),
      await login({ email: 'ann@example.com', password: 'northern password' }),
      await login({ realm: { neq: 'x' }, email: 'ann@example.com', password: 'northern password' }),
    ]).toEqual([1, 2, 2, 'LOGIN_FAILED', 'REALM_REQUIRED', 'INVALID_REALM'])
  })

  it('leave addresses unique per realm where both settings are on, and unchecked in 2.x', async () => {
    for (const [compat, statuses] of [
      ['modern', [200, 200, 422]],
      ['3.x', [200, 200, 422]],
      ['2.x', [200, 200, 200]],
    ] as const) {
      site = await openSite({ compat, user: { realmRequired: true, realmDelimiter: ':' } })
      const found = []
      for (const person of [...people, people[1]]) found.push((await site.post('/Customers', person)).status)
      expect(found).toEqual(statuses)
      await site.close()
    }
    site = undefined
  })
})

describe('logout', () => {
  it('ends the token that the request carries', async () => {
    const { post, who } = await siteWith()
    const { body } = await post('/Customers/login', ann)
    expect((await post('/Customers/logout', undefined, body.id)).status).toBe(204)
    expect(await who({ authorization: body.id })).toBe(null)
    const again = await post('/Customers/logout', undefined, body.id)
    expect([again.status, again.body.error.message]).toEqual([401, 'accessToken is required to logout'])
  })

  it('can be called with an id', async () => {
    const { User } = await siteWith()
    await expect((User.logout as Function)('nope')).rejects.toMatchObject({ message: 'Could not find accessToken', statusCode: 401 })
    await expect((User.logout as Function)()).rejects.toMatchObject({ message: 'accessToken is required to logout', statusCode: 401 })
  })
})
