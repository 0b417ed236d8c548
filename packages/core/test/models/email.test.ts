import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { createApplication, createRegistry, type Application, type SharedModel } from '../../src'

type Statics = Record<string, (...args: any[]) => any>
const mail = { from: 'ada@example.com', to: 'bob@example.com', subject: 'Hi', text: 'Hello' }

let server: SMTPServer
const received: string[] = []

beforeAll(async () => {
  server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => (received.push(text), done()))
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => new Promise<void>((resolve) => server.close(resolve)))
beforeEach(() => received.splice(0))

function application(compat: 'modern' | '3.x' | '2.x' = 'modern'): { app: Application; Email: SharedModel & Statics } {
  const app = createApplication({ registry: createRegistry({ compat }) })
  const { port } = server.server.address() as AddressInfo
  const transports = [
    { type: 'smtp', host: '127.0.0.1', port },
    { type: 'stub', alias: 'nowhere' },
  ]
  app.dataSource('mail', { connector: require('@reloop/connector-mail') as unknown, transports })
  const Email = app.registry.getModel('Email')
  app.model(Email, { dataSource: 'mail', public: false })
  return { app, Email: Email as SharedModel & Statics }
}

describe.each(['modern', '3.x', '2.x'] as const)('the built-in model Email in profile %s', (compat) => {
  it('sends a mail over SMTP', async () => {
    const { app, Email } = application(compat)
    await Email.send!(mail)
    expect(received).toEqual([expect.stringContaining('Subject: Hi')])
    await app.stop()
  })

  it('sends an instance, and answers a callback', async () => {
    const { app, Email } = application(compat)
    await (new Email(mail) as unknown as Statics).send!()
    const sent = await new Promise<any>((resolve, reject) =>
      Email.send!({ ...mail, subject: 'Again' }, (error: Error | null, answer: unknown) => (error ? reject(error) : resolve(answer))),
    )
    expect(sent.messageId).toBeDefined()
    await new Promise<void>((resolve, reject) =>
      (new Email({ ...mail, subject: 'Third' }) as unknown as Statics).send!((error: Error | null) => (error ? reject(error) : resolve())),
    )
    expect(received.map((text) => /Subject: (.*)/.exec(text)![1]!.trim())).toEqual(['Hi', 'Again', 'Third'])
    await app.stop()
  })
})

it('lets a mail choose its transport by alias', async () => {
  const { app, Email } = application()
  expect(String((await Email.send!({ ...mail, transport: 'nowhere' })).response)).toContain('Hello')
  expect(received).toEqual([])
  const connector = (Email.dataSource as unknown as { connector: Statics }).connector
  expect(connector.transportForName!('nowhere')).toBeDefined()
  expect(connector.defaultTransport!()).toBe(connector.transportForName!('smtp'))
  await app.stop()
})

it('extends as any model does', async () => {
  const { app } = application()
  const Letter = app.registry.createModel({ name: 'Letter', base: 'Email' }) as SharedModel & Statics
  app.model(Letter, { dataSource: 'mail', public: false })
  await Letter.send!(mail)
  expect(received).toHaveLength(1)
  await app.stop()
})

it('says what to do when it has no data source', async () => {
  const Email = createRegistry().getModel('Email') as SharedModel & Statics
  await expect(Email.send!(mail)).rejects.toMatchObject({ code: 'EMAIL_NOT_ATTACHED' })
})

it('refuses a mail that would have more headers or read files', async () => {
  const { app, Email } = application()
  await expect(Email.send!({ ...mail, subject: 'Hi\r\nBcc: eve@example.com' })).rejects.toMatchObject({ statusCode: 400 })
  await expect(Email.send!({ ...mail, attachments: [{ path: '/etc/passwd' }] })).rejects.toMatchObject({ statusCode: 400 })
  expect(received).toEqual([])
  await app.stop()
})

it('carries the mail that verifies a user', async () => {
  const { app } = application()
  app.dataSource('db', { connector: 'memory' })
  const User = app.registry.createModel({ name: 'Member', base: 'User' }) as SharedModel & Statics
  app.model(app.registry.getModel('AccessToken'), { dataSource: 'db', public: false })
  app.model(User, { dataSource: 'db' })
  const user = await User.create!({ email: 'bob@example.com', password: 'correct horse battery' })
  const { token } = await user.verify({
    type: 'email',
    from: 'ada@example.com',
    redirect: '/',
    host: 'example.com',
    port: 80,
    protocol: 'http',
  })
  expect(received).toHaveLength(1)
  const text = received[0]!.replaceAll('=\r\n', '').replaceAll('=3D', '=')
  expect(text).toMatch(/To: bob@example.com/)
  expect(text).toContain(token)
  expect(text).not.toContain('correct horse')
  await app.stop()
})
