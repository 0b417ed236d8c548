import { createHmac, generateKeyPairSync } from 'node:crypto'
import { openSite, type Site, type SiteOptions } from './site'

const ann = { email: 'ann@example.com', password: 'correct horse' }
const secret = 'a secret that has more than thirty-two bytes'

let site: Site | undefined

async function loggedIn(jwt: object = { secret }, options: SiteOptions = {}) {
  site = await openSite({ ...options, token: { jwt } })
  await site.User.create(ann)
  const { body } = await site.post('/Customers/login?include=user', ann)
  const refresh = (refreshToken: unknown) => site!.post('/Customers/refresh', { refreshToken })
  const whoIs = (token: string) => site!.who({ authorization: `Bearer ${token}` })
  return { ...site, session: body as { id: string; refreshToken: string; ttl: number; user: object }, refresh, whoIs }
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const read = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>

/** A token of ours with parts of it replaced, signed with the given secret (or with nothing). */
function forged(token: string, given: { header?: object; payload?: object; key?: string; hash?: string }) {
  const [header, payload] = token.split('.')
  const text = `${part({ ...read(header!), ...given.header })}.${part({ ...read(payload!), ...given.payload })}`
  return `${text}.${
    given.key === undefined
      ? ''
      : createHmac(given.hash ?? 'sha256', given.key)
          .update(text)
          .digest('base64url')
  }`
}

afterEach(async () => {
  await site?.close()
  site = undefined
})

describe('web tokens', () => {
  it('are given at login, say who it is, and end with the session', async () => {
    const { session, whoIs, post, Token } = await loggedIn()
    expect(session).toEqual({
      id: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      ttl: 900,
      created: expect.any(String),
      userId: 1,
      refreshToken: expect.any(String),
      user: { id: 1, email: ann.email },
    })
    expect(await whoIs(session.id)).toBe(1)
    expect(JSON.stringify(await Token.find({}))).not.toContain(session.refreshToken.split('.')[1])
    expect((await post('/Customers/logout', undefined, session.id)).status).toBe(204)
    expect(await whoIs(session.id)).toBe(null)
  })

  it('end when the password changes', async () => {
    const { session, whoIs, refresh, User } = await loggedIn()
    await (await User.findById(1))!.updateAttributes({ password: 'another one' })
    expect(await whoIs(session.id)).toBe(null)
    expect((await refresh(session.refreshToken)).status).toBe(401)
  })

  it('are refused when anything about them is wrong', async () => {
    const { session, whoIs } = await loggedIn()
    const now = Math.floor(Date.now() / 1000)
    const sign = { key: secret }
    const wrong: Record<string, string> = {
      'no algorithm': forged(session.id, { header: { alg: 'none' } }),
      'another algorithm': forged(session.id, { header: { alg: 'HS512' }, key: secret, hash: 'sha512' }),
      'another key': forged(session.id, { key: 'another secret' }),
      'changed claims': `${session.id.split('.')[0]}.${part({ ...read(session.id.split('.')[1]!), sub: '2' })}.${session.id.split('.')[2]}`,
      'another issuer': forged(session.id, { payload: { iss: 'evil' }, ...sign }),
      'another audience': forged(session.id, { payload: { aud: 'evil' }, ...sign }),
      'an end that is over': forged(session.id, { payload: { exp: now - 60 }, ...sign }),
      'no end': forged(session.id, { payload: { exp: undefined }, ...sign }),
      'a start to come': forged(session.id, { payload: { nbf: now + 600 }, ...sign }),
      'no family': forged(session.id, { payload: { sid: undefined }, ...sign }),
      'another type': forged(session.id, { header: { typ: 'JWT' }, ...sign }),
      'a path for a key': forged(session.id, { header: { kid: '../../../../dev/null' }, key: '' }),
      'SQL for a key': forged(session.id, { header: { kid: "x' union select 'key" }, key: 'key' }),
      'no key': forged(session.id, { header: { kid: undefined }, ...sign }),
      'a key of its own': forged(session.id, { header: { kid: undefined, jwk: { kty: 'oct', k: 'a2V5' } }, key: 'key' }),
      'unknown demands': forged(session.id, { header: { crit: ['x'], x: 1 }, ...sign }),
      'no JSON': 'a.b.c',
      'two parts': session.id.split('.').slice(0, 2).join('.'),
      'five parts': `${session.id}.x.y`,
    }
    const answers = await Promise.all(Object.entries(wrong).map(async ([what, token]) => [what, await whoIs(token)]))
    expect(answers).toEqual(Object.keys(wrong).map((what) => [what, 401]))
    expect(await whoIs(`${session.id}${'x'.repeat(10_000)}`)).toBe(null)
    expect(await whoIs(session.id)).toBe(1)
  })

  it('cannot be replaced by what lies in the store', async () => {
    const { whoIs, Token } = await loggedIn()
    expect(await whoIs(String((await Token.find({}))[0]!.id))).toBe(null)
  })

  it('are not taken for signed when the public key was used as a secret', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    const { session, whoIs } = await loggedIn({ keys: [{ kid: 'rsa', algorithm: 'RS256', publicKey, privateKey }] })
    expect(await whoIs(session.id)).toBe(1)
    expect(await whoIs(forged(session.id, { header: { alg: 'HS256' }, key: publicKey }))).toBe(401)
  })

  it('stay good while keys change', async () => {
    const old = { kid: 'old', algorithm: 'HS256', secret }
    const { session, whoIs, Token, refresh } = await loggedIn({ keys: [old] })
    Token.settings.jwt = { keys: [{ kid: 'new', algorithm: 'HS256', secret: `${secret} and more` }, old] }
    expect(await whoIs(session.id)).toBe(1)
    const { id } = (await refresh(session.refreshToken)).body
    expect(read(id.split('.')[0]).kid).toBe('new')
    Token.settings.jwt = { keys: [{ kid: 'new', algorithm: 'HS256', secret: `${secret} and more` }] }
    expect([await whoIs(session.id), await whoIs(id)]).toEqual([401, 1])
  })

  it.each([
    [{ secret: 'short' }, 'at least 32 bytes'],
    [{ keys: [] }, 'expected "secret" or a list "keys"'],
    [{ keys: [{ kid: 'a', algorithm: 'none' }] }, 'the algorithm of key "a" must be one of'],
    [{ keys: [{ kid: 'a', algorithm: 'RS256' }] }, 'needs a "publicKey"'],
    [{ secret, ttl: 'x' }, '"ttl" must be a number of seconds'],
  ])('need settings that make sense: %j', async (jwt, problem) => {
    site = await openSite({ token: { jwt } })
    await site.User.create(ann)
    await expect((site.User.login as Function)(ann)).rejects.toMatchObject({
      code: 'JWT_SETTINGS_INVALID',
      message: expect.stringContaining(problem),
    })
  })
})

describe('refreshing', () => {
  it('gives new tokens for one that is used up', async () => {
    const { session, refresh, whoIs } = await loggedIn()
    const second = await refresh(session.refreshToken)
    expect([second.status, second.body.userId]).toEqual([200, 1])
    expect(await whoIs(second.body.id)).toBe(1)
    expect((await refresh(second.body.refreshToken)).status).toBe(200)
  })

  it('ends the whole family when a token is used twice', async () => {
    const { session, refresh, whoIs } = await loggedIn()
    const second = (await refresh(session.refreshToken)).body
    expect((await refresh(session.refreshToken)).body.error.code).toBe('REFRESH_TOKEN_REFUSED')
    expect((await refresh(second.refreshToken)).status).toBe(401)
    expect([await whoIs(session.id), await whoIs(second.id)]).toEqual([null, null])
  })

  it('lets one of several at the same time through, and none after that', async () => {
    const { session, refresh } = await loggedIn()
    const replies = await Promise.all(Array.from({ length: 8 }, () => refresh(session.refreshToken)))
    const winners = replies.filter(({ status }) => status === 200)
    expect(winners.length).toBeLessThanOrEqual(1)
    for (const { body } of winners) expect((await refresh(body.refreshToken)).status).toBe(401)
  })

  it.each([undefined, '', 'x', 'a.b.c', { a: 1 }, 5, 'family_x.y', '../x.y'])('refuses %j', async (token) => {
    const { refresh } = await loggedIn()
    expect([400, 401]).toContain((await refresh(token)).status)
  })

  it('is there only where web tokens are used', async () => {
    site = await openSite()
    expect((await site.post('/Customers/refresh', { refreshToken: 'x' })).status).toBe(404)
  })

  it('is over when nobody has refreshed for long', async () => {
    const { session, refresh, Token, whoIs } = await loggedIn({ secret, refreshTtl: 100 })
    await Token.updateAll({}, { created: new Date(Date.now() - 101_000) })
    expect((await refresh(session.refreshToken)).status).toBe(401)
    expect(await whoIs(session.id)).toBe(401)
  })
})
