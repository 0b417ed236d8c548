import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Profile } from '@reloop/compat'
import { createApplication } from '../../src/app/create-app'
import { stored, type Found } from '../../src/identity/stored'
import people from './rollback/people.json'

/** Files that are written by hand, with tools/parity/rollback.js. */
const fixture = (name: string) => join(__dirname, 'rollback', name)
const verificationToken = 'verification token of ann'

type Person = (typeof people)[number] & { readonly username?: string; readonly realm?: string }

const scratch = mkdtempSync(join(tmpdir(), 'rollback-'))
afterAll(() => rmSync(scratch, { recursive: true }))

async function open(compat: Profile, file: string) {
  const app = createApplication({ compat })
  app.dataSource('db', { connector: 'memory', file })
  const [User, AccessToken] = [app.registry.getModel('User'), app.registry.getModel('AccessToken')]
  User.settings.allowEternalTokens = true
  app.model(AccessToken, { dataSource: 'db', public: false })
  app.model(User, { dataSource: 'db' })
  await app.ready()
  return { app, User: stored(User), AccessToken: stored(AccessToken) }
}

/** Writes what the original is to read. */
async function write(compat: Profile, file: string): Promise<void> {
  rmSync(file, { force: true })
  const { app, User, AccessToken } = await open(compat, file)
  for (const person of people) {
    const { id } = await User.create(person)
    await AccessToken.create({ id: `token-of-user-${String(id)}`, ttl: -1, userId: id })
  }
  await User.updateAll({ username: 'ann' }, { verificationToken })
  await app.stop()
}

const rowsOf = (file: string, model: string) => {
  const { models } = JSON.parse(readFileSync(file, 'utf8')) as { models: Record<string, Record<string, string>> }
  return Object.values(models[model]!).map((row) => JSON.parse(row) as Record<string, unknown>)
}

describe.each(['3.x', '2.x'] as const)('what the original of %s wrote', (original) => {
  it.each(['modern', original] as const)('is read by ours in %s', async (compat) => {
    const file = join(scratch, `${original}-${compat}.json`)
    copyFileSync(fixture(`original-${original}.json`), file)
    const { app, User, AccessToken } = await open(compat, file)
    for (const { email, username, password } of people as Person[]) {
      const { userId } = await (User.login as (given: object) => Promise<Found>)({ email, password })
      if (username) await (User.login as (given: object) => Promise<Found>)({ username, password })
      await expect((User.login as Function)({ email, password: `x${password}` })).rejects.toMatchObject({ code: 'LOGIN_FAILED' })
      const token = await (AccessToken.resolve as (id: string) => Promise<Found>)(`token-of-user-${String(userId)}`)
      expect(token.userId).toBe(userId)
      expect((await User.findById(userId))!.password).toMatch(compat === 'modern' ? /^\$argon2id\$/ : /^\$2a\$10\$/)
    }
    await app.stop()
  })

  it('is a verification token that ours confirms', async () => {
    const file = join(scratch, `${original}-confirm.json`)
    copyFileSync(fixture(`original-${original}.json`), file)
    const { app, User } = await open(original, file)
    await (User.confirm as Function)('1', verificationToken)
    expect((await User.findById(1))!.emailVerified).toBe(true)
    await app.stop()
  })
})

describe.each(['3.x', '2.x'] as const)('what ours writes in %s', (compat) => {
  it('is what the original has read', async () => {
    const known = fixture(`ours-${compat}.json`)
    if (process.env.RELOOP_WRITE_ROLLBACK) return write(compat, known)
    const file = join(scratch, `ours-${compat}.json`)
    await write(compat, file)
    const form = (row: Record<string, unknown>) => ({
      ...row,
      ...('password' in row ? { password: String(row.password).slice(0, 7), length: String(row.password).length } : {}),
      ...('created' in row ? { created: typeof row.created } : {}),
    })
    for (const model of ['User', 'AccessToken']) expect(rowsOf(file, model).map(form)).toEqual(rowsOf(known, model).map(form))
  })

  it('was good for logins, tokens and confirmation there', () => {
    const { loopback, answers } = JSON.parse(readFileSync(fixture(`read-by-${compat}.json`), 'utf8')) as {
      loopback: string
      answers: string[]
    }
    expect(loopback).toBe(compat === '3.x' ? '3.28.0' : '2.42.0')
    expect(answers).toEqual([
      ...(people as Person[]).flatMap(({ email, username }, index) => [
        `login ${email}: user ${index + 1}`,
        ...(username ? [`login ${username}: user ${index + 1}`] : []),
        'wrong password: LOGIN_FAILED',
        `token of ${email}: user ${index + 1}, valid true`,
        `hash is kept when ${email} is saved: true`,
      ]),
      'confirm: true',
    ])
  })
})
