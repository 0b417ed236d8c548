import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { Found } from '../../src/identity/stored'
import { openSite, until, type Site } from './site'

const ann = { email: 'ann@example.com', password: 'correct horse' }

let server: SMTPServer
let site: Site | undefined
const mails: string[] = []

beforeAll(async () => {
  server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => (mails.push(text), done()))
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => new Promise<void>((resolve) => server.close(resolve)))
afterEach(async () => {
  mails.splice(0)
  await site?.close()
  site = undefined
})

/** A site whose model Email sends to the server of this file. */
async function siteWithMail(compat: 'modern' | '3.x'): Promise<Site> {
  return openSite({
    compat,
    app: { host: '127.0.0.1', restApiRoot: '/api' },
    user: { emailVerificationRequired: true },
    prepare(app) {
      const { port } = server.server.address() as AddressInfo
      app.dataSource('mail', { connector: 'mail', transports: [{ type: 'smtp', host: '127.0.0.1', port }] })
      app.model(app.registry.getModel('Email'), { dataSource: 'mail', public: false })
    },
  })
}

/** The first match in the newest mail, as its reader sees it. */
async function inMail(pattern: RegExp): Promise<string> {
  await until(() => mails.length > 0)
  const text = mails
    .pop()!
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)))
  expect(text).toContain(`To: ${ann.email}`)
  return pattern.exec(text)![0]
}

describe.each(['modern', '3.x'] as const)('over SMTP, in profile %s', (compat) => {
  const login = async (password = ann.password) => (await site!.post('/Customers/login', { ...ann, password })).status
  /** Sends the mail and opens its link. */
  const verifyByMail = async (user: Found) => {
    const { address, port } = (site!.app.fastify.server.address() ?? {}) as AddressInfo
    site!.app.set('baseUrl', `http://${address}:${port}`)
    await (user.verify as (options: object) => Promise<unknown>)({ type: 'email', from: 'us@example.com', redirect: '/done' })
    const reply = await fetch(await inMail(/http:\/\/127\S+confirm\S+/), { redirect: 'manual' })
    expect([reply.status, reply.headers.get('location')]).toEqual([302, '/done'])
  }

  it('a user is verified by the link of a mail, and logs in from then on', async () => {
    site = await siteWithMail(compat)
    const user = await site.User.create(ann)
    expect(await login()).toBe(401)
    await verifyByMail(user)
    expect(await login()).toBe(200)
  })

  it('a forgotten password is replaced with the token of a mail', async () => {
    site = await siteWithMail(compat)
    const { app, User, post } = site
    await verifyByMail(await User.create(ann))
    User.on('resetPasswordRequest', ({ email, accessToken }: { email: string; accessToken: Found }) => {
      const text = `https://shop.example.com/new-password#${String(accessToken.id)}`
      void (app.models.Email!.send as Function)({ to: email, from: 'us@example.com', subject: 'New password', text })
    })
    expect((await post('/Customers/reset', { email: ann.email })).status).toBe(204)
    const token = new URL(await inMail(/https:\/\/shop\S+/)).hash.slice(1)
    expect((await post('/Customers/reset-password', { newPassword: 'another horse' }, token)).status).toBe(204)
    expect([await login(), await login('another horse')]).toEqual([401, 200])
  })
})
