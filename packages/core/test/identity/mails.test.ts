import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digest } from '../../src/identity/secret'
import type { Found } from '../../src/identity/stored'
import { openSite, until, type Site, type SiteOptions } from './site'

const ann = { email: 'ann@example.com', username: 'ann', password: 'correct horse' }

/** A mailer that keeps what it is given. */
function mailer() {
  const sent: Record<string, unknown>[] = []
  return { sent, send: async (message: Record<string, unknown>) => ({ number: sent.push(message) }) }
}

let site: Site | undefined

async function siteWith(options: SiteOptions = {}): Promise<Site & { readonly user: Found }> {
  site = await openSite(options)
  return { ...site, user: await site.User.create(ann) }
}

const linkIn = (message: Record<string, unknown>) => new URL(message.verifyHref as string)

/** Asks for a new password, and gives what the application is told. */
async function resetRequest({ User, post }: Site, email = ann.email) {
  const told: { accessToken: Found; email: string; user: Found; options: object }[] = []
  User.on('resetPasswordRequest', (info: never) => void told.push(info))
  expect((await post('/Customers/reset', { email })).status).toBe(204)
  await until(() => told.length > 0)
  return told[0]!
}

afterEach(async () => {
  await site?.close()
  site = undefined
})

describe('verify', () => {
  const verify = (user: Found, options: object) =>
    (user.verify as (options: object) => Promise<{ email: unknown; token: string; uid: unknown }>)(options)

  it('sends a mail with a link from the settings, as text and as HTML', async () => {
    const { user, app } = await siteWith({ app: { baseUrl: 'https://api.example.com' } })
    const post = mailer()
    app.models.Customer!.email = post
    const result = await verify(user, { type: 'email', from: 'us@example.com', redirect: '/done', cc: 'x@example.com' })
    const [mail] = post.sent
    expect(result).toEqual({ email: { number: 1 }, token: expect.stringMatching(/^[0-9a-f]{128}$/), uid: 1 })
    expect(mail).toMatchObject({
      type: 'email',
      from: 'us@example.com',
      to: ann.email,
      cc: 'x@example.com',
      subject: 'Thanks for Registering',
    })
    const link = linkIn(mail!)
    expect([link.origin, link.pathname]).toEqual(['https://api.example.com', '/api/Customers/confirm'])
    expect(Object.fromEntries(link.searchParams)).toEqual({ uid: '1', redirect: '/done', token: result.token })
    expect(mail!.text).toBe(`Please verify your email by opening this link in a web browser:\n\t${String(mail!.verifyHref)}`)
    expect(mail!.html).toContain(`<a href="${String(mail!.verifyHref).replaceAll('&', '&amp;')}">`)
    expect(mail).not.toHaveProperty('mailer')
  })

  it('uses the templates that the application gives', async () => {
    const { user } = await siteWith()
    const post = mailer()
    const template = join(mkdtempSync(join(tmpdir(), 'reloop-')), 'verify.html')
    writeFileSync(template, '<p><%= text %> <%= user.email %> <%- text %></p>')
    await verify(user, { type: 'email', from: 'a', mailer: post, template, text: 'a & b' })
    await verify(user, {
      type: 'email',
      from: 'a',
      mailer: post,
      templateFn: (options: { to: string }, done: (error: null, html: string) => void) => done(null, `<b>${options.to}</b>`),
    })
    expect(post.sent.map(({ html }) => html)).toEqual(['<p>a &amp; b ann@example.com a & b</p>', '<b>ann@example.com</b>'])
    writeFileSync(template, '<% process.exit() %>')
    await expect(verify(user, { type: 'email', from: 'a', mailer: post, template })).rejects.toMatchObject({
      code: 'VERIFY_OPTIONS_INVALID',
    })
  })

  it('makes tokens in the way of the application, and links as they are given', async () => {
    const { user } = await siteWith({ compat: '3.x' })
    const post = mailer()
    const generateVerificationToken = (_user: object, done: (error: null, token: string) => void) => done(null, 'own token')
    const { token } = await verify(user, {
      type: 'email',
      from: 'a',
      mailer: post,
      generateVerificationToken,
      verifyHref: 'https://shop.example.com/verify?a=b',
    })
    expect(token).toBe('own token')
    expect(post.sent[0]!.verifyHref).toBe('https://shop.example.com/verify?a=b&token=own%20token')
    expect((await site!.User.findById(1))!.verificationToken).toBe('own token')
  })

  it('builds the link of parts as LoopBack does', async () => {
    const { user } = await siteWith({ compat: '3.x' })
    const post = mailer()
    for (const parts of [
      { host: 'h.example', port: 80 },
      { host: 'h.example', port: 443, protocol: 'https', restApiRoot: '//v1/' },
      { host: 'h.example', port: 3000 },
    ])
      await verify(user, { type: 'email', from: 'a', mailer: post, ...parts })
    expect(post.sent.map(({ verifyHref }) => String(verifyHref).split('?')[0])).toEqual([
      'http://h.example/api/Customers/confirm',
      'https://h.example/v1/Customers/confirm',
      'http://h.example:3000/api/Customers/confirm',
    ])
  })

  it('says what is missing', async () => {
    const { user } = await siteWith({ compat: '3.x' })
    const problem = async (options: object) => verify(user, options).catch((error: Error) => error.message)
    expect([await problem({}), await problem({ type: 'x' }), await problem({ type: 'email' })]).toEqual([
      'You must supply a verification type (verifyOptions.type)',
      'Unsupported verification type',
      'Must include verifyOptions.from when calling user.verify()',
    ])
  })

  it('can be asked for over REST, where no header of the request is in the mail', async () => {
    const { app, call } = await siteWith({ app: { baseUrl: 'https://api.example.com' } })
    const post = mailer()
    app.models.Customer!.email = post
    const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }
    expect((await call('POST', '/Customers/1/verify', {}, evil)).status).toBe(204)
    await until(() => post.sent.length === 1)
    expect(JSON.stringify({ ...post.sent[0], user: undefined })).not.toContain('evil')
    expect(linkIn(post.sent[0]!).origin).toBe('https://api.example.com')
    expect((await call('POST', '/Customers/99/verify', {})).status).toBe(204)
    expect(post.sent).toHaveLength(1)
  })

  it('answers 404 for an unknown user in 3.x, and is not there in 2.x', async () => {
    const three = await siteWith({ compat: '3.x' })
    three.app.models.Customer!.email = mailer()
    expect((await three.post('/Customers/1/verify', {})).status).toBe(204)
    expect((await three.post('/Customers/99/verify', {})).status).toBe(404)
    await three.close()
    expect((await (await siteWith({ compat: '2.x' })).post('/Customers/1/verify', {})).status).toBe(404)
  })
})

describe('confirm', () => {
  async function verified(options: SiteOptions = {}) {
    const opened = await siteWith(options)
    const { token } = await (opened.user.verify as (options: object) => Promise<{ token: string }>)({
      type: 'email',
      from: 'a',
      mailer: mailer(),
    })
    const confirm = (query: Record<string, string>) => opened.get(`/Customers/confirm?${new URLSearchParams(query).toString()}`)
    return { ...opened, token, confirm }
  }

  it.each(['modern', '3.x', '2.x'] as const)('marks the address as verified, once, in %s', async (compat) => {
    const { token, confirm, User } = await verified({ compat })
    const { verificationToken: kept } = (await User.findById(1))!
    expect(kept).toBe(compat === 'modern' ? digest(token) : token)
    const reply = await confirm({ uid: '1', token, redirect: '/done' })
    expect([reply.status, reply.headers.get('location')]).toEqual([302, '/done'])
    const user = (await User.findById(1))!
    expect([user.emailVerified, user.verificationToken ?? null]).toEqual([true, null])
    expect((await confirm({ uid: '1', token })).status).toBe(400)
  })

  it('answers 204 where it is not told where to go', async () => {
    const { token, confirm } = await verified()
    expect((await confirm({ uid: '1', token })).status).toBe(204)
  })

  it('is used once by however many at a time', async () => {
    const { token, confirm } = await verified()
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await confirm({ uid: '1', token })).status))
    expect(statuses.sort()).toEqual([204, ...Array<number>(9).fill(400)])
  })

  it('answers wrong tokens and unknown users alike in modern, and as the original in 3.x', async () => {
    const modern = await verified()
    const [wrong, unknown, hash] = [
      await modern.confirm({ uid: '1', token: 'x' }),
      await modern.confirm({ uid: '99', token: 'x' }),
      await modern.confirm({ uid: '1', token: digest(modern.token) }),
    ]
    expect([wrong.status, wrong.body.error.code]).toEqual([400, 'INVALID_TOKEN'])
    expect([unknown.body, hash.body]).toEqual([wrong.body, wrong.body])
    expect((await modern.get('/Customers/confirm')).status).toBe(400)
    await modern.close()
    const three = await verified({ compat: '3.x' })
    expect((await three.confirm({ uid: '99', token: 'a' })).body.error).toMatchObject({
      statusCode: 404,
      code: 'USER_NOT_FOUND',
      message: 'User not found: 99',
    })
    expect((await three.confirm({ uid: '1', token: 'a' })).body.error).toMatchObject({
      statusCode: 400,
      code: 'INVALID_TOKEN',
      message: 'Invalid token: a',
    })
  })

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    'https://shop.example.com.evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    'https://shop.example.com@evil.example',
    'http://shop.example.com',
    'data:text/html,x',
    ' https://evil.example',
    'evil.example',
    '/\n/evil.example',
  ])('does not redirect to %j', async (redirect) => {
    const { token, confirm, User } = await verified({ user: { redirects: ['https://shop.example.com'] } })
    const reply = await confirm({ uid: '1', token, redirect })
    expect([reply.status, reply.body.error.code, reply.headers.get('location')]).toEqual([400, 'REDIRECT_NOT_ALLOWED', null])
    expect((await User.findById(1))!.emailVerified).not.toBe(true)
  })

  it.each(['https://shop.example.com/done?x=1', '/done#here', '/'])('redirects to %s', async (redirect) => {
    const { token, confirm } = await verified({ user: { redirects: ['https://shop.example.com'] } })
    const reply = await confirm({ uid: '1', token, redirect })
    expect([reply.status, reply.headers.get('location')]).toEqual([302, redirect])
  })

  it('is of no use for an address that was changed meanwhile', async () => {
    const { token, confirm, User } = await verified({ user: { emailVerificationRequired: true } })
    await (await User.findById(1))!.updateAttributes({ email: 'new@example.com' })
    expect((await confirm({ uid: '1', token })).status).toBe(400)
    expect((await User.findById(1))!.emailVerified).toBe(false)
  })
})

describe('reset', () => {
  it.each(['3.x', '2.x'] as const)('answers in %s as the original', async (compat) => {
    const opened = await siteWith({ compat })
    const refused = async (body: object) => {
      const { status, body: reply } = await opened.post('/Customers/reset', body)
      return [status, reply.error.code, reply.error.message]
    }
    expect(await refused({})).toEqual([400, 'EMAIL_REQUIRED', 'Email is required'])
    expect(await refused({ email: { neq: 'x' } })).toEqual([400, 'EMAIL_REQUIRED', 'Email is required'])
    expect(await refused({ email: 'zz@example.com' })).toEqual([404, 'EMAIL_NOT_FOUND', 'Email not found'])
    const { accessToken, ...info } = await resetRequest(opened)
    expect([accessToken.ttl, accessToken.userId, accessToken.scopes ?? null]).toEqual([900, 1, null])
    expect(info).toMatchObject({ email: ann.email, options: { email: ann.email } })
    expect(info.user.id).toBe(1)
    expect(await opened.who({ authorization: String(accessToken.id) })).toBe(1)
  })

  it('refuses unverified users in 3.x, and says nothing of it in modern', async () => {
    const three = await siteWith({ compat: '3.x', user: { emailVerificationRequired: true } })
    expect((await three.post('/Customers/reset', { email: ann.email })).body.error).toMatchObject({
      statusCode: 401,
      code: 'RESET_FAILED_EMAIL_NOT_VERIFIED',
      message: 'Email has not been verified',
    })
    await three.close()
    const modern = await siteWith({ user: { emailVerificationRequired: true } })
    const told = jest.fn()
    modern.User.on('resetPasswordRequest', told)
    expect((await modern.post('/Customers/reset', { email: ann.email })).status).toBe(204)
    expect((await modern.post('/Customers/reset', { email: 'zz@example.com' })).status).toBe(204)
    expect((await modern.post('/Customers/reset', {})).status).toBe(400)
    await new Promise((resolve) => setImmediate(resolve))
    expect(told).not.toHaveBeenCalled()
    await expect((modern.User.resetPassword as Function)({ email: 'zz@example.com' })).rejects.toMatchObject({ code: 'EMAIL_NOT_FOUND' })
  })

  it('does not flood a mailbox', async () => {
    const { post } = await siteWith({ app: { limits: { login: { account: 3 } } } })
    const statuses = []
    for (const email of [
      ann.email,
      ann.email,
      ann.email,
      ann.email,
      'zz@example.com',
      'zz@example.com',
      'zz@example.com',
      'zz@example.com',
    ])
      statuses.push((await post('/Customers/reset', { email })).status)
    expect(statuses).toEqual([204, 204, 204, 429, 204, 204, 204, 429])
  })
})

describe('a reset token', () => {
  it('sets one new password, ends all sessions, and lies in the store as a hash', async () => {
    const opened = await siteWith()
    const { id: session } = (await opened.post('/Customers/login', ann)).body
    const secret = String((await resetRequest(opened)).accessToken.id)
    expect(JSON.stringify(await opened.Token.find({}))).not.toContain(secret)
    const set = async (newPassword: unknown, token?: string) =>
      (await opened.post('/Customers/reset-password', { newPassword }, token)).status
    expect(await set('short', secret)).toBe(422)
    expect(await set({ a: 1 }, secret)).toBe(400)
    expect(await set('another one', session)).toBe(401)
    expect(await set('another one')).toBe(401)
    expect(
      (await Promise.all(Array.from({ length: 5 }, () => set('another one', secret)))).filter((status) => status === 204),
    ).toHaveLength(1)
    expect(await set('a third one', secret)).toBe(401)
    expect(await opened.who({ authorization: session })).toBe(null)
    expect((await opened.post('/Customers/login', { ...ann, password: 'another one' })).status).toBe(200)
    expect(await opened.Token.find({})).toHaveLength(1)
  })

  it('is of no use as the hash in the store, after another change of the password, and when it has expired', async () => {
    const opened = await siteWith()
    const set = async (token: string) => (await opened.post('/Customers/reset-password', { newPassword: 'another one' }, token)).status
    const first = String((await resetRequest(opened)).accessToken.id)
    const [row] = await opened.Token.find({})
    expect(await set(String(row!.id))).toBe(401)
    await opened.user.updateAttributes({ password: 'a third one' })
    expect(await set(first)).toBe(401)
    const second = String((await resetRequest(opened)).accessToken.id)
    await opened.Token.updateAll({}, { created: new Date(Date.now() - 901_000) })
    expect(await set(second)).toBe(401)
  })

  it('is of no use for another user model', async () => {
    const opened = await siteWith({
      prepare(app) {
        const Clerk = app.registry.createModel({
          name: 'Clerk',
          base: 'User',
          relations: { accessTokens: { type: 'hasMany', model: 'Session', foreignKey: 'userId' } },
        })
        app.model(Clerk, { dataSource: 'db' })
      },
    })
    await (opened.app.models.Clerk!.create as Function)({ email: 'clerk@example.com', password: 'clerks password' })
    const secret = String((await resetRequest(opened)).accessToken.id)
    expect((await opened.post('/Clerks/reset-password', { newPassword: 'another one' }, secret)).status).toBe(401)
    expect((await opened.post('/Clerks/login', { email: 'clerk@example.com', password: 'clerks password' })).status).toBe(200)
  })

  it('has a scope in 3.x where the model restricts it, and is any token where it does not', async () => {
    const restricted = await siteWith({ compat: '3.x', user: { restrictResetPasswordTokenScope: true } })
    expect([...((await resetRequest(restricted)).accessToken.scopes as string[])]).toEqual(['reset-password'])
    expect(restricted.User.sharedClass.findMethodByName('setPassword')!.accessScopes).toEqual(['reset-password'])
    await restricted.close()
    const open = await siteWith({ compat: '3.x' })
    const { id } = (await open.post('/Customers/login', ann)).body
    expect((await open.post('/Customers/reset-password', { newPassword: 'another one' }, id)).status).toBe(204)
    expect((await open.post('/Customers/reset-password', {}, id)).status).toBe(400)
  })
})
