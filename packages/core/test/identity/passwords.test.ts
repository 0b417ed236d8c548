import { hashingOf, hashPassword, isHash, verifyPassword } from '../../src/identity/password'
import type { Found } from '../../src/identity/stored'
import { openSite, type Site, type SiteOptions } from './site'

const ann = { email: 'ann@example.com', username: 'ann', password: 'correct horse' }
/** Written by loopback@3.28.0 for the password "secret". */
const theirs = '$2a$10$hDz2tF6BgVbqjN7wq7xPIO8q8wQpXouSrOjdfJ1nQfRLwRJ25iewq'

let site: Site | undefined

async function siteWith(options: SiteOptions = {}): Promise<Site> {
  site = await openSite(options)
  return site
}

async function loggedIn(options: SiteOptions = {}) {
  const opened = await siteWith(options)
  await opened.User.create(ann)
  const tokens = [
    (await opened.post('/Customers/login', ann)).body.id as string,
    (await opened.post('/Customers/login', ann)).body.id as string,
  ]
  return { ...opened, tokens: tokens as [string, string] }
}

const passwordOf = async ({ User }: Site, id: unknown = 1) => (await User.findById(id))!.password as string

afterEach(async () => {
  await site?.close()
  site = undefined
})

describe('what is stored', () => {
  it('is argon2id in modern, and bcrypt that the originals can read in 3.x and 2.x', async () => {
    for (const [compat, form] of [
      ['modern', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/],
      ['3.x', /^\$2a\$10\$.{53}$/],
      ['2.x', /^\$2a\$10\$.{53}$/],
    ] as const) {
      const opened = await siteWith({ compat })
      await opened.User.create(ann)
      expect(await passwordOf(opened)).toMatch(form)
      await opened.close()
    }
    site = undefined
  })

  it('is a hash on every way of writing a password', async () => {
    for (const compat of ['modern', '3.x', '2.x'] as const) {
      const opened = await siteWith({ compat })
      const { User } = opened
      const user = await User.create({ ...ann })
      const seen = [await passwordOf(opened)]
      const look = async () => {
        const hash = await passwordOf(opened)
        expect(isHash(hash)).toBe(true)
        expect(seen).not.toContain(hash)
        seen.push(hash)
      }
      await user.updateAttributes({ password: 'another one' })
      await look()
      Object.assign(user, { password: 'a third one' })
      await user.save()
      await look()
      await User.updateAll({}, { password: 'a fourth one' })
      await look()
      await (User.replaceById as Function)(1, { ...ann, password: 'a fifth one' })
      await look()
      await (User.upsert as Function)({ id: 1, ...ann, password: 'a sixth one' })
      await look()
      expect(await verifyPassword(seen.at(-1), 'a sixth one')).toBe(true)
      const loaded = (await User.findById(1))!
      await loaded.save()
      expect(await passwordOf(opened)).toBe(seen.at(-1))
      await opened.close()
    }
    site = undefined
  }, 20_000)

  it('is never hashed twice when a loaded user is saved with the options of a request', async () => {
    const opened = await siteWith()
    await opened.User.create(ann)
    const user = (await opened.User.findById(1))!
    await user.save({ fromOutside: true })
    expect(await verifyPassword(await passwordOf(opened), ann.password)).toBe(true)
    await user.updateAttributes({ password: 'another one' }, { setPassword: true })
    await user.save({ fromOutside: true })
    expect(await verifyPassword(await passwordOf(opened), 'another one')).toBe(true)
  })

  it('may be a hash that the program moves, but no client chooses its own', async () => {
    const opened = await siteWith()
    await opened.User.create({ email: 'moved@example.com', password: theirs })
    expect(await passwordOf(opened)).toBe(theirs)
    expect((await opened.post('/Customers', { email: 'own@example.com', password: theirs })).status).toBe(200)
    expect(await verifyPassword(await passwordOf(opened, 2), 'secret')).toBe(false)
    expect(await verifyPassword(await passwordOf(opened, 2), theirs)).toBe(true)
  })

  it('becomes argon2id when somebody with an older hash logs in, in modern only', async () => {
    const opened = await siteWith()
    await opened.User.create({ email: 'old@example.com', password: theirs })
    const first = (await opened.post('/Customers/login', { email: 'old@example.com', password: 'secret' })).body
    expect(first.userId).toBe(1)
    expect(await passwordOf(opened)).toMatch(/^\$argon2id\$/)
    expect((await opened.post('/Customers/login', { email: 'old@example.com', password: 'secret' })).status).toBe(200)
    expect(await opened.who({ authorization: first.id })).toBe(1)
    await opened.close()
    const three = await siteWith({ compat: '3.x' })
    await three.User.create({ email: 'old@example.com', password: theirs })
    expect((await three.post('/Customers/login', { email: 'old@example.com', password: 'secret' })).status).toBe(200)
    expect(await passwordOf(three)).toBe(theirs)
  })

  it('is verified in 3.x too when it is argon2id', async () => {
    const { User, post } = await siteWith({ compat: '3.x' })
    const hash = await hashPassword('written by modern', { kind: 'argon2id', cost: 10 })
    await User.create({ email: 'new@example.com', password: hash })
    expect((await post('/Customers/login', { email: 'new@example.com', password: 'written by modern' })).status).toBe(200)
  })

  it('is made by hashPassword and validatePassword of the application where it has its own', async () => {
    const opened = await siteWith({ compat: '3.x' })
    Object.assign(opened.User, { hashPassword: (plain: string) => `hashed:${plain}` })
    await opened.User.create(ann)
    expect(await passwordOf(opened)).toBe('hashed:correct horse')
    Object.assign(opened.User, {
      hashPassword: Object.assign(() => '', { usual: true }),
      validatePassword: () => {
        throw Object.assign(new Error('too simple'), { statusCode: 422 })
      },
    })
    expect((await opened.post('/Customers', { email: 'x@example.com', password: 'abc' })).body.error.message).toBe('too simple')
  })

  it('costs what saltWorkFactor says', async () => {
    const { User } = await siteWith({ compat: '3.x', user: { saltWorkFactor: 4 } })
    await User.create(ann)
    expect((await User.findById(1))!.password).toMatch(/^\$2a\$04\$/)
    expect(hashingOf(User)).toEqual({ kind: 'bcrypt', cost: 4 })
  })
})

describe('a password', () => {
  const signUp = async (compat: 'modern' | '3.x' | '2.x', password: unknown) => {
    site ??= await openSite({ compat })
    const { status, body } = await site.post('/Customers', { email: `u${Math.random()}@example.com`, password })
    return [status, body.error?.code, body.error?.message]
  }

  it('is refused in 3.x with the words of the original', async () => {
    expect(await signUp('3.x', '')).toEqual([422, 'INVALID_PASSWORD', 'Invalid password.'])
    expect(await signUp('3.x', 'x'.repeat(73))).toEqual([
      422,
      'PASSWORD_TOO_LONG',
      'The password entered was too long. Max length is 72 (entered 73)',
    ])
    expect((await signUp('3.x', 'é'.repeat(37)))[1]).toBe('PASSWORD_TOO_LONG')
    expect((await signUp('3.x', 123))[2]).toContain("`password` can't be blank")
    expect((await signUp('3.x', 'x'.repeat(72)))[0]).toBe(200)
  })

  it('is refused in 2.x with the words of the original, which counts characters, but never shown', async () => {
    expect(await signUp('2.x', '')).toEqual([422, 'INVALID_PASSWORD', 'Invalid password: '])
    expect(await signUp('2.x', 'x'.repeat(73))).toEqual([422, 'PASSWORD_TOO_LONG', 'Password too long'])
    expect((await signUp('2.x', 'é'.repeat(72)))[0]).toBe(200)
  })

  it('has from 8 to 1024 bytes in modern, all of which count', async () => {
    expect((await signUp('modern', ''))[1]).toBe('INVALID_PASSWORD')
    expect((await signUp('modern', 'x'.repeat(7)))[1]).toBe('PASSWORD_TOO_SHORT')
    expect((await signUp('modern', 'é'.repeat(4)))[0]).toBe(200)
    expect((await signUp('modern', 'x'.repeat(1024)))[0]).toBe(200)
    expect((await signUp('modern', 'x'.repeat(1025)))[1]).toBe('PASSWORD_TOO_LONG')
    expect((await signUp('modern', 'x'.repeat(10_000_000)))[0]).toBe(413)
    for (const [right, wrong] of [
      ['é'.repeat(72), `${'é'.repeat(71)}e`],
      ['x'.repeat(73), 'x'.repeat(72)],
      ['before\0after it', 'before\0'],
      ['  leading spaces', 'leading spaces'],
    ] as const) {
      const email = `p${right.length}@example.com`
      await site!.User.create({ email, password: right })
      expect([
        (await site!.post('/Customers/login', { email, password: right })).status,
        (await site!.post('/Customers/login', { email, password: wrong })).status,
      ]).toEqual([200, 401])
    }
  })

  it('is bounded where the application says so', async () => {
    site = await openSite({ app: { limits: { password: { min: 12, max: 20 } } } })
    expect((await signUp('modern', 'x'.repeat(11)))[1]).toBe('PASSWORD_TOO_SHORT')
    expect((await signUp('modern', 'x'.repeat(21)))[1]).toBe('PASSWORD_TOO_LONG')
    expect((await signUp('modern', 'x'.repeat(12)))[0]).toBe(200)
  })

  it('is in no reply', async () => {
    const { call, tokens } = await loggedIn()
    const replies = [await call('GET', '/Customers/1', undefined, { authorization: tokens[0] }), await call('GET', '/Customers')]
    for (const { status, body } of replies) {
      expect(status).toBe(200)
      expect(JSON.stringify(body)).not.toMatch(/password|argon|verificationToken/)
    }
    expect((await call('GET', '/Customers?filter={"where":{"password":{"like":"%25argon%25"}}}')).status).toBe(400)
  })
})

describe('changePassword', () => {
  it.each(['modern', '3.x'] as const)('takes the old password, and ends the other sessions in %s', async (compat) => {
    const { post, tokens, who } = await loggedIn({ compat })
    const change = async (body: object, token?: string) => {
      const reply = await post('/Customers/change-password', body, token)
      return [reply.status, reply.body?.error.code]
    }
    expect(await change({ oldPassword: 'wrong', newPassword: 'another one' }, tokens[0])).toEqual([400, 'INVALID_PASSWORD'])
    expect((await change({ newPassword: 'another one' }, tokens[0]))[0]).toBe(400)
    expect(await change({ oldPassword: ann.password, newPassword: 'x'.repeat(2000) }, tokens[0])).toEqual([422, 'PASSWORD_TOO_LONG'])
    expect(await change({ oldPassword: ann.password, newPassword: 'another one' })).toEqual([401, 'USER_NOT_FOUND'])
    expect(await change({ oldPassword: ann.password, newPassword: 'another one' }, tokens[0])).toEqual([204, undefined])
    expect([await who({ authorization: tokens[0] }), await who({ authorization: tokens[1] })]).toEqual([1, null])
    expect((await post('/Customers/login', { ...ann, password: 'another one' })).status).toBe(200)
    expect((await post('/Customers/login', ann)).status).toBe(401)
  })

  it('can be called with callbacks, and says who is not there', async () => {
    const { User } = await loggedIn({ compat: '3.x' })
    const user = (await User.findById(1))!
    await new Promise<void>((resolve, reject) => {
      ;(user.changePassword as Function)(ann.password, 'another one', (error: Error | null) => (error ? reject(error) : resolve()))
    })
    await expect((User.changePassword as Function)(99, 'a', 'b')).rejects.toMatchObject({
      message: 'User 99 not found',
      statusCode: 401,
      code: 'USER_NOT_FOUND',
    })
    await expect((User.setPassword as Function)(99, 'b')).rejects.toMatchObject({ message: 'User 99 not found', statusCode: 401 })
  })

  it('is guessed no more often than a login', async () => {
    const { post, tokens } = await loggedIn({ app: { limits: { login: { account: 3 } } } })
    const statuses = []
    for (let n = 0; n < 5; n++)
      statuses.push((await post('/Customers/change-password', { oldPassword: 'wrong', newPassword: 'another one' }, tokens[0])).status)
    expect(statuses).toEqual([400, 400, 400, 429, 429])
  })

  it('is not there in 2.x', async () => {
    const { post, tokens, User } = await loggedIn({ compat: '2.x' })
    expect((await post('/Customers/change-password', { oldPassword: ann.password, newPassword: 'another one' }, tokens[0])).status).toBe(
      404,
    )
    expect(User.changePassword).toBeUndefined()
  })
})

describe('sessions end', () => {
  const alive = async (opened: Site & { tokens: readonly string[] }) =>
    Promise.all(opened.tokens.map(async (id) => (await opened.who({ authorization: id })) === 1))

  it.each(['modern', '3.x'] as const)('with a new password or address in %s, but for the one that made the change', async (compat) => {
    for (const change of [{ password: 'another one' }, { email: 'new@example.com' }]) {
      const opened = await loggedIn({ compat })
      const user = (await opened.User.findById(1))!
      await user.updateAttributes(change, { accessToken: { id: opened.tokens[1], userId: 1 } })
      expect(await alive(opened)).toEqual([false, true])
      await user.updateAttributes({ username: 'other' })
      expect(await alive(opened)).toEqual([false, true])
      await opened.close()
    }
    site = undefined
  })

  it('on every way of changing them', async () => {
    const ways: ((user: Found, opened: Site) => Promise<unknown>)[] = [
      (user) => user.save(Object.assign(user, { password: 'another one' }) && {}),
      (_user, { User }) => User.updateAll({ id: 1 }, { email: 'new@example.com' }),
      (_user, { User }) => (User.replaceById as Function)(1, { ...ann, password: 'another one' }) as Promise<unknown>,
      (_user, { User }) => (User.upsert as Function)({ id: 1, email: 'new@example.com', password: 'another one' }) as Promise<unknown>,
      (user) => user.destroy(),
      (_user, { User }) => User.destroyById(1),
      (_user, { User }) => User.destroyAll({ email: ann.email }),
    ]
    for (const way of ways) {
      const opened = await loggedIn()
      await way((await opened.User.findById(1))!, opened)
      expect(await opened.Token.find({})).toHaveLength(0)
      await opened.close()
    }
    site = undefined
  }, 20_000)

  it('when the user’s tokens are revoked', async () => {
    const opened = await loggedIn()
    await ((await opened.User.findById(1))!.revokeAccessTokens as () => Promise<void>)()
    expect(await alive(opened)).toEqual([false, false])
  })

  it('when a user is marked as deleted', async () => {
    const opened = await loggedIn({ user: { mixins: { SoftDelete: true } } })
    await opened.User.destroyById(1)
    expect(await opened.Token.find({})).toHaveLength(0)
  })

  it('not where the call says that they are kept', async () => {
    const opened = await loggedIn({ compat: '3.x' })
    await (await opened.User.findById(1))!.updateAttributes({ password: 'another one' }, { preserveAccessTokens: true })
    expect(await alive(opened)).toEqual([true, true])
  })

  it('in 2.x only where the application says so', async () => {
    const opened = await loggedIn({ compat: '2.x', app: { logoutSessionsOnSensitiveChanges: false } })
    const user = (await opened.User.findById(1))!
    await user.updateAttributes({ password: 'another one' })
    expect(await alive(opened)).toEqual([true, true])
    opened.app.set('logoutSessionsOnSensitiveChanges', true)
    await user.updateAttributes({ password: 'a third one' })
    expect(await alive(opened)).toEqual([false, false])
  })
})
