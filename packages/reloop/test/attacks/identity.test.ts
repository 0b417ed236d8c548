import { call } from './calls'
import { clean } from './server'
import { doors, password, unharmed, world, type Call, type Door, type Who, type World } from './world'

const post = (path: string, [method, params]: readonly [string, object], body: unknown = params): Call =>
  call.post('Person', path, [method, params], body)
const login = (credentials: unknown) => post('login', ['login', { credentials: credentials as object }], credentials)
const ann = { email: 'ann@example.com', password }

describe.each(doors)('group F, identity, through %s', (door: Door) => {
  let at: World
  const told: { email: string; accessToken: { id: string } }[] = []
  beforeAll(async () => {
    at = await world()
    at.models.Person.on('resetPasswordRequest', (info: (typeof told)[number]) => void told.push(info))
  })
  afterAll(() => at.close())
  afterEach(() => unharmed(at, door))
  const as = (who: Who, one: Call) => at.through(door, who, one)
  const user = async (id: number) => (await at.models.Person.findById(id)).toObject()
  let number = 0
  /** A new person, who has logged in. */
  async function person(): Promise<{ id: number; email: string; token: string }> {
    const email = `${door.toLowerCase().replace(/\W/g, '')}-${++number}@example.com`
    const { id } = await at.models.Person.create({ email, password, tenantId: 'a', emailVerified: true })
    return { id, email, token: String((await at.models.Session.create({ userId: id })).id) }
  }
  /** A socket is asked again who it belongs to every 40 ms (`limits.stream.recheck`); the other doors ask at every call. */
  async function signedOut(token: string, id: number): Promise<boolean> {
    for (let turn = 0; door === 'WebSocket' && turn < 200 && (await signedIn(token, id)) !== 401; turn++)
      await new Promise((resolve) => setTimeout(resolve, 5))
    return (await signedIn(token, id)) === 401
  }
  const signedIn = async (token: string, id: number) => (await as(token, call.findById('Person', id))).status
  async function resetToken(email: string): Promise<string> {
    const before = told.length
    expect((await as(undefined, post('reset', ['resetPassword', { options: { email } }], { email }))).status).toBeLessThan(300)
    for (let turn = 0; turn < 200 && told.length === before; turn++) await new Promise((resolve) => setImmediate(resolve))
    return String(told.at(-1)!.accessToken.id)
  }
  const setPassword = (newPassword: unknown) => post('reset-password', ['setPassword', { newPassword }])

  it.each([
    { email: { regexp: '^a' }, password },
    { email: ['ann@example.com'], password },
    { email: 5, password },
    { email: { neq: 'x' }, password: { neq: 'x' } },
    { username: { like: 'a%' }, password },
    { email: 'ann@example.com', password: { neq: 'x' } },
    { email: 'ann@example.com', password: [password] },
    { email: 'ann@example.com', password, ttl: { gt: 0 } },
    { email: 'ann@example.com', password, ttl: [1] },
    { realm: { neq: 'x' }, email: 'ann@example.com', password },
    [],
    {},
  ])(`61 (${door}): nobody logs in with %j`, async (credentials) => {
    const reply = await as(undefined, login(credentials))
    expect(reply.status).toBe(400)
    clean(reply)
  })

  it(`62 (${door}): unknown users, wrong passwords and unverified addresses get the same answers`, async () => {
    const { email } = await person()
    const plain = ({ status, text }: { status: number; text: string }) => [status, text.replace(/"id":\d+/g, '')]
    const pairs: readonly (readonly [Call, Call])[] = [
      [login({ email, password: 'wrong password' }), login({ email: 'nobody@example.com', password: 'wrong password' })],
      [
        post('reset', ['resetPassword', { options: { email } }], { email }),
        post('reset', ['resetPassword', { options: { email: 'no@example.com' } }], { email: 'no@example.com' }),
      ],
      [call.own('Person', 'confirm', { uid: '1', token: 'x' }), call.own('Person', 'confirm', { uid: '999', token: 'x' })],
    ]
    for (const [known, unknown] of pairs) expect(plain(await as(undefined, known))).toEqual(plain(await as(undefined, unknown)))
  })

  it.each([
    ['of 2,000 bytes', 'a'.repeat(2_000)],
    ['of 1,200 bytes in 600 letters', '\u00e9'.repeat(600)],
    ['of 90,000 bytes', 'a'.repeat(90_000)],
    ['that is too short', 'short'],
    ['that is a number', 12_345_678],
    ['that is an object', { neq: 'x' }],
  ])(`63 (${door}): a password %s is refused, soon`, async (_, given) => {
    const begun = Date.now()
    const { status } = await as(undefined, call.create('Person', { email: `p${++number}@example.com`, password: given }))
    expect([400, 413, 422]).toContain(status)
    expect(Date.now() - begun).toBeLessThan(1_000)
  })

  it(`63 (${door}): every byte of a password counts`, async () => {
    for (const long of ['a'.repeat(73), '\u00e9'.repeat(72), '  leading blanks', 'nul\0inside it']) {
      const email = `${door.toLowerCase().replace(/\W/g, '')}-b${++number}@example.com`
      const made = await as(undefined, call.create('Person', { email, password: long }))
      if (made.status !== 200) {
        expect([400, 422]).toContain(made.status)
        continue
      }
      expect((await as(undefined, login({ email, password: long }))).status).toBe(200)
      for (const part of [long.slice(0, -1), long.trim(), long.split('\0')[0]!].filter((one) => one !== long))
        expect([400, 401]).toContain((await as(undefined, login({ email, password: part }))).status)
    }
  })

  it.each([-1, 9e15, 'abc', '1e99', 0.5, null])(`65 (${door}): the life %j is held within bounds`, async (ttl) => {
    const reply = await as(undefined, login({ ...ann, ttl }))
    if (reply.status !== 200) return expect(reply.status).toBe(400)
    expect(reply.body.ttl).toBeGreaterThan(0)
    expect(reply.body.ttl).toBeLessThanOrEqual(31_556_926)
  })

  it(`66 (${door}): a reset token is good once, for its user and its purpose`, async () => {
    const { id, email, token } = await person()
    const secret = await resetToken(email)
    expect(JSON.stringify(await at.models.Session.find())).not.toContain(secret)
    expect(await signedIn(secret, id)).toBe(401)
    expect((await as(token, setPassword('another password'))).status).toBe(401)
    expect((await as(secret, setPassword({ neq: 'x' }))).status).toBe(400)
    expect((await as(secret, call.patch('Person', id, { password: 'another password' }))).status).toBe(401)
    const fresh = await resetToken(email)
    expect((await as(fresh, setPassword('another password'))).status).toBeLessThan(300)
    for (const used of [fresh, secret]) expect((await as(used, setPassword('a third password'))).status).toBe(401)
    expect(await signedOut(token, id)).toBe(true)
    expect((await as(undefined, login({ email, password: 'another password' }))).status).toBe(200)
  })

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    'https://good.com.evil.example',
    'https://good.com@evil.example',
  ])(`67 (${door}): confirming leads nobody to %s`, async (redirect) => {
    const { id } = await person()
    const sent: { text: string }[] = []
    const { token } = await (
      await at.models.Person.findById(id)
    ).verify({ type: 'email', from: 'us@example.com', mailer: { send: async (mail: { text: string }) => sent.push(mail) } })
    const reply = await as(undefined, call.own('Person', 'confirm', { uid: String(id), token, redirect }))
    expect([reply.status, reply.body.error.code]).toEqual([400, 'REDIRECT_NOT_ALLOWED'])
  })

  it(`68 (${door}): the link in a mail has the address of the settings`, async () => {
    const { id, token } = await person()
    const sent: { verifyHref: string }[] = []
    at.models.Person.email = { send: async (mail: { verifyHref: string }) => sent.push(mail) }
    const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher', forwarded: 'host=evil.example' }
    const one: Call = { verb: 'POST', path: `/Persons/${id}/verify`, body: {}, method: 'Person.prototype.verify', params: { id } }
    const rpc = { jsonrpc: '2.0', id: 1, method: one.method, params: one.params }
    const authorization = token
    if (door === 'REST') await at.http('POST', one.path, {}, { ...evil, authorization })
    else if (door === 'batch')
      await at.http(
        'POST',
        '/$batch',
        { requests: [{ method: 'POST', path: one.path, body: {}, headers: evil }] },
        { ...evil, authorization },
      )
    else if (door === 'JSON-RPC') await at.http('POST', '/jsonrpc', rpc, { ...evil, authorization })
    else await as(token, one)
    for (let turn = 0; turn < 200 && sent.length === 0; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(sent.map(({ verifyHref }) => new URL(verifyHref).origin)).toEqual(['https://api.example.com'])
    expect(JSON.stringify(sent)).not.toContain('evil')
  })

  it.each<[string, object]>([
    ['emailVerified', { emailVerified: false }],
    ['realm', { realm: 'other' }],
    ['verificationToken', { verificationToken: 'known' }],
    ['password', { password: 'without the old one' }],
    ['id', { id: 3 }],
    ['accessTokens', { accessTokens: [{ id: 'known', userId: 3 }] }],
  ])(`69 (${door}): nobody sets the own %s`, async (name, data) => {
    const { id, email, token } = await person()
    const before = await user(id)
    for (const one of [
      call.patch('Person', id, data),
      call.replace('Person', id, { email, password: 'without the old one', ...data }),
      call.upsert('Person', { id, ...data }),
      call.replaceOrCreate('Person', { id, email, ...data }),
      call.upsertWithWhere('Person', { id }, data),
    ])
      await as(token, one)
    const after = await user(id)
    expect([name, after[name] ?? null, after.password]).toEqual([name, before[name] ?? null, before.password])
    expect((await at.models.Session.find({ where: { userId: 3 } })).length).toBe(1)
  })

  it(`69 (${door}): nobody signs up as verified, or with an id, a token or a realm of the own choice`, async () => {
    const email = `${door.toLowerCase().replace(/\W/g, '')}-new@example.com`
    await as(
      undefined,
      call.create('Person', { email, password, emailVerified: true, verificationToken: 'known', accessTokens: [{ id: 'known' }] }),
    )
    const made = await at.models.Person.findOne({ where: { email } })
    if (made) expect([made.emailVerified ?? false, made.verificationToken ?? null]).toEqual([false, null])
    expect(await at.models.Session.findById('known')).toBeNull()
    expect((await as(undefined, call.create('Person', { id: 1, email: 'x' + email, password }))).status).toBeGreaterThanOrEqual(400)
    expect((await user(1)).email).toBe('ann@example.com')
  })

  it(`70 (${door}): a new address, a new password and a deletion end the sessions`, async () => {
    const { Person } = at.models
    for (const end of [
      async (id: number) => (await Person.findById(id)).updateAttributes({ email: `moved-${id}@example.com` }),
      async (id: number) => Person.updateAll({ id }, { email: `all-${id}@example.com` }),
      async (id: number) => Person.destroyAll({ id }),
      async (id: number) => Person.destroyById(id),
    ]) {
      const { id, token } = await person()
      expect(await signedIn(token, id)).toBe(200)
      await end(id)
      expect(await signedOut(token, id)).toBe(true)
    }
    const { id, email, token } = await person()
    const other = String((await Person.login({ email, password })).id)
    const change = post('change-password', ['changePassword', { id, oldPassword: password, newPassword: 'another password' }], {
      oldPassword: password,
      newPassword: 'another password',
    })
    expect((await as(token, change)).status).toBeLessThan(300)
    expect(await signedOut(other, id)).toBe(true)
  })

  it(`74 (${door}): of two sign-ups with one address one wins, however it is written`, async () => {
    const local = `\u00e9lise-${door.replace(/\W/g, '')}`
    const spelled = [local, local.normalize('NFD'), local.toUpperCase()].map((name) => `${name}@example.com`)
    const replies = await Promise.all(spelled.map((email) => as(undefined, call.create('Person', { email, password }))))
    for (const { status } of replies) expect([200, 422, 409]).toContain(status)
    const found = await at.models.Person.find({ where: { email: { like: '%lise-%' } } })
    expect(found).toHaveLength(1)
  })
})

describe.each(doors)('64: the lock-out, through %s', (door) => {
  it(`64 (${door}): is counted to the attempt, however many come at once`, async () => {
    const at = await world({ connector: 'memory' }, { limits: { login: { account: 5, address: 1_000 } } })
    const wrong = login({ email: 'bob@example.com', password: 'wrong password' })
    const statuses: number[] = []
    // Eight at once, for a socket may not have many calls open.
    for (let round = 0; round < 5; round++)
      statuses.push(...(await Promise.all(Array.from({ length: 8 }, () => at.through(door, undefined, wrong)))).map(({ status }) => status))
    expect([401, 429].map((wanted) => statuses.filter((status) => status === wanted).length)).toEqual([5, 35])
    for (const other of doors) expect((await at.through(other, undefined, login({ email: 'bob@example.com', password }))).status).toBe(429)
    expect((await at.through(door, undefined, login(ann))).status).toBe(200)
    await unharmed(at, door)
    await at.close()
  })
})
