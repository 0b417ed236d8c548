import { isEmailAddress } from '../../src/identity/email-address'
import { openSite, type Site, type SiteOptions } from './site'

const ann = { email: 'ann@example.com', username: 'ann', password: 'correct horse' }

let site: Site | undefined

async function loggedIn(options: SiteOptions = {}) {
  site = await openSite(options)
  await site.User.create({ ...ann, realm: 'north' })
  const { id: token } = (await site.post('/Customers/login', ann)).body
  const patch = (body: object) => site!.call('PATCH', '/Customers/1', body, { authorization: token })
  return { ...site, token, patch }
}

afterEach(async () => {
  await site?.close()
  site = undefined
})

describe('signing up', () => {
  it.each(['modern', '3.x', '2.x'] as const)('answers in %s as the original', async (compat) => {
    site = await openSite({ compat })
    const first = await site.post('/Customers', { ...ann, emailVerified: true })
    expect([first.status, first.body]).toEqual([200, { id: 1, email: ann.email, username: 'ann', emailVerified: false }])
    const second = await site.post('/Customers', ann)
    expect(second.status).toBe(422)
    expect(second.body.error.details).toMatchObject({
      context: 'Customer',
      codes: { email: ['uniqueness'], username: ['uniqueness'] },
      messages: { email: ['Email already exists'], username: ['User already exists'] },
    })
    const third = await site.post('/Customers', { email: 'zz', password: 'correct horse' })
    expect(third.body.error.details).toMatchObject({ codes: { email: ['custom.email'] }, messages: { email: ['is invalid'] } })
  })

  it('starts unverified and without a token, however it is sent', async () => {
    site = await openSite()
    const sent = { ...ann, emailVerified: true, verificationToken: 'chosen' }
    await site.post('/Customers', sent)
    await site.call('PATCH', '/Customers', { ...sent, email: 'bob@example.com', username: 'bob' })
    const users = await site.User.find({})
    expect(users.length).toBeGreaterThan(0)
    for (const user of users) expect([user.emailVerified, user.verificationToken ?? null]).toEqual([false, null])
  })

  it('starts unverified over a relation too', async () => {
    site = await openSite({
      prepare(app) {
        const Company = app.registry.createModel({
          name: 'Company',
          properties: { name: 'string' },
          relations: { people: { type: 'hasMany', model: 'Customer', foreignKey: 'companyId' } },
        })
        app.model(Company, { dataSource: 'db' })
      },
    })
    await site.post('/Companies', { name: 'A' })
    const { status, body } = await site.post('/Companies/1/people', { ...ann, emailVerified: true, verificationToken: 'x' })
    expect([status, body.emailVerified]).toEqual([200, false])
    expect((await site.User.findById(1))!.verificationToken ?? null).toBe(null)
    expect((await site.call('PUT', '/Companies/1/people/1', { emailVerified: true })).status).toBe(403)
  })
})

describe('signing up where addresses are verified', () => {
  it('answers the same for a known address, whose holder the application can tell', async () => {
    site = await openSite({ user: { emailVerificationRequired: true } })
    const repeated = jest.fn()
    const verified: unknown[] = []
    site.User.on('signUpRepeated', repeated)
    site.User.afterRemote('create', async (_ctx: unknown, user: { id: unknown; verify(options: object): Promise<unknown> }) => {
      await user.verify({ type: 'email', from: 'a', mailer: { send: async ({ to }: { to: unknown }) => verified.push(to) } })
    })
    const sent = { ...ann, email: 'Ann@Example.com', emailVerified: true }
    const first = await site.post('/Customers', sent)
    const second = await site.post('/Customers', { ...sent, username: undefined })
    const third = await site.post('/Customers', { ...sent, username: 'other' })
    expect([first.status, first.body]).toEqual([200, { email: ann.email, username: 'ann', emailVerified: false }])
    expect([second.status, second.body]).toEqual([200, { email: ann.email, emailVerified: false }])
    expect([third.status, third.body]).toEqual([200, { email: ann.email, username: 'other', emailVerified: false }])
    expect(repeated).toHaveBeenCalledWith({ email: 'Ann@Example.com' })
    expect(verified).toEqual([ann.email])
    expect(await site.User.find({})).toHaveLength(1)
  })

  it('tells other faults as ever, and lists item by item', async () => {
    site = await openSite({ user: { emailVerificationRequired: true } })
    await site.post('/Customers', ann)
    const taken = await site.post('/Customers', ann)
    expect(taken.body.error.details.codes).toEqual({ username: ['uniqueness'] })
    expect((await site.post('/Customers', { email: ann.email, password: 'short' })).body.error.code).toBe('PASSWORD_TOO_SHORT')
    const { body } = await site.post('/Customers', [
      { email: ann.email, password: 'correct horse' },
      { email: 'bob@example.com', password: 'correct horse' },
    ])
    expect(body).toEqual([{ email: ann.email }, { email: 'bob@example.com' }])
  })

  it('is told as ever where the model says so, and in 3.x', async () => {
    for (const options of [
      { user: { emailVerificationRequired: true, concealSignUp: false } },
      { compat: '3.x' as const, user: { emailVerificationRequired: true } },
    ]) {
      site = await openSite(options)
      expect((await site.post('/Customers', ann)).body.id).toBe(1)
      expect((await site.post('/Customers', ann)).status).toBe(422)
      await site.close()
    }
    site = undefined
  })
})

describe('one address', () => {
  const spellings = ['\u00c9lise@Example.com', 'E\u0301lise@example.com', '\u00e9lise@example.com', 'e\u0301LISE@EXAMPLE.COM']

  it.each(['memory', 'sqlite'])('is one user on %s, whoever signs up at the same time and however it is written', async (connector) => {
    site = await openSite({ dataSource: connector === 'memory' ? { connector } : { connector, file: ':memory:' } })
    await site.app.dataSources.db!.autoupdate()
    const replies = await Promise.all(
      [...spellings, ...spellings].map((email) => site!.post('/Customers', { email, password: 'correct horse' })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(422)])
    for (const { status, body } of replies)
      if (status === 422) expect(body.error.details.messages).toEqual({ email: ['Email already exists'] })
    expect(await site.User.find({})).toHaveLength(1)
  })

  it.each(['memory', 'sqlite'])('is unique in the store on %s', async (connector) => {
    site = await openSite({ dataSource: connector === 'memory' ? { connector } : { connector, file: ':memory:' } })
    await site.app.dataSources.db!.autoupdate()
    const create = () => site!.User.create({ ...ann }, { validate: false })
    await create()
    await expect(create()).rejects.toMatchObject({ name: 'ValidationError' })
    for (let n = 0; n < 2; n++) await site.User.create({ email: `u${n}@example.com`, password: 'correct horse' })
  })

  it('is another one when it differs in case, in 3.x and where the model says so', async () => {
    site = await openSite({ compat: '3.x' })
    expect((await site.post('/Customers', { ...ann, email: 'Ann@Example.com', username: 'a' })).body.email).toBe('Ann@Example.com')
    expect((await site.post('/Customers', ann)).status).toBe(200)
    await site.close()
    site = await openSite({ compat: '3.x', user: { caseSensitiveEmail: false } })
    expect((await site.post('/Customers', { ...ann, email: 'Ann@Example.com' })).body.email).toBe('ann@example.com')
    expect((await site.get('/Customers?filter={"where":{"email":"ANN@example.com"}}')).body).toHaveLength(1)
    expect((await site.post('/Customers/login', { ...ann, email: 'ANN@EXAMPLE.COM' })).status).toBe(200)
  })
})

describe('what a client may not write to a user', () => {
  it('is refused, unless it is as it is already', async () => {
    const { patch, User } = await loggedIn()
    for (const [property, value] of Object.entries({ emailVerified: true, verificationToken: 'x', realm: 'south' })) {
      const { status, body } = await patch({ [property]: value })
      expect([property, status, body.error.code]).toEqual([property, 403, 'USER_PROPERTY_FIXED'])
    }
    const password = await patch({ password: 'another one' })
    expect([password.status, password.body.error.code]).toEqual([401, 'PASSWORD_CHANGE_NOT_ALLOWED'])
    expect((await patch({ id: 7 })).status).toBeGreaterThanOrEqual(400)
    expect((await patch({ realm: 'north', username: 'annie' })).status).toBe(200)
    expect(await User.findById(1)).toMatchObject({ realm: 'north', username: 'annie' })
  })

  it('is refused on every other way too', async () => {
    const { call, User } = await loggedIn()
    const evil = { emailVerified: true }
    const whole = { ...ann, password: 'another one' }
    const statuses = [
      await call('PATCH', '/Customers', { id: 1, ...evil }),
      await call('PUT', '/Customers', { id: 1, email: ann.email, ...evil }),
      await call('PUT', '/Customers/1', { email: ann.email, ...evil }),
      await call('PUT', '/Customers/1', whole),
      await call('POST', '/Customers/1/replace', whole),
      await call('POST', '/Customers/replaceOrCreate', { id: 1, ...whole }),
      await call('POST', '/Customers/update?where={"id":1}', evil),
      await call('POST', '/Customers/update?where={"id":1}', { password: 'another one' }),
      await call('POST', '/Customers/upsertWithWhere?where={"id":1}', evil),
      await call('PUT', '/Customers/1', { email: ann.email, password: '$2a$10$hDz2tF6BgVbqjN7wq7xPIO8q8wQpXouSrOjdfJ1nQfRLwRJ25iewq' }),
    ].map(({ status }) => status)
    for (const status of statuses) expect([401, 403]).toContain(status)
    expect((await User.findById(1))!.emailVerified ?? null).toBe(null)
    expect((await site!.post('/Customers/login', ann)).status).toBe(200)
  })

  it('stays as it is when a whole user is replaced', async () => {
    const { call, User, post } = await loggedIn()
    await User.updateAll({}, { emailVerified: true })
    expect((await call('PUT', '/Customers/1', { email: ann.email, username: 'annie' })).status).toBe(200)
    expect(await User.findById(1)).toMatchObject({ emailVerified: true, realm: 'north', username: 'annie' })
    expect((await post('/Customers/login', ann)).status).toBe(200)
  })

  it('is what the model lists', async () => {
    const { patch } = await loggedIn({ user: { fixedProperties: ['username'] } })
    expect((await patch({ realm: 'south' })).status).toBe(200)
    expect((await patch({ username: 'x' })).status).toBe(403)
  })

  it('is nothing in 3.x, but for passwords where the model says so', async () => {
    const open = await loggedIn({ compat: '3.x' })
    expect((await open.patch({ emailVerified: true, realm: 'south' })).status).toBe(200)
    await open.close()
    const { patch, User } = await loggedIn({ compat: '3.x', user: { rejectPasswordChangesViaPatchOrReplace: true } })
    const refusal = {
      statusCode: 401,
      code: 'PASSWORD_CHANGE_NOT_ALLOWED',
      message: 'Changing user password via patch/replace API is not allowed. Use changePassword() or setPassword() instead.',
    }
    expect((await patch({ password: 'x' })).body.error).toMatchObject(refusal)
    await expect((await User.findById(1))!.updateAttributes({ password: 'x' })).rejects.toMatchObject({ code: refusal.code })
    expect((await patch({ username: 'x' })).status).toBe(200)
  })
})

describe('an e-mail address', () => {
  it.each(['a@b', 'a@localhost', 'a@[1.2.3.4]', 'é@é.de', 'first.last+tag@sub.example.co.uk', 'a@b.c'])('may be %s', (text) => {
    expect(isEmailAddress(text)).toBe(true)
  })

  it.each([
    '',
    'zz',
    '@b.de',
    'a@',
    'a b@c.de',
    'a@b..c',
    '.a@b.c',
    'a.@b.c',
    'Ann <a@b.de>',
    'a@-b.com',
    'a@b-.com',
    `${'x'.repeat(70)}@b.com`,
    'a@b.de\n',
    'a@b.de\0',
    'a@b.de,c@d.de',
    5,
  ])('is not %j', (text) => {
    expect(isEmailAddress(text)).toBe(false)
  })
})
