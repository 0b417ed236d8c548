import { writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MailConnector, type MailSettings } from '../../src'
import { smtpServer, type SmtpServer } from '../smtp'

const load = (name: string) => require(name) as unknown
let server: SmtpServer

beforeAll(async () => void (server = await smtpServer()))
afterAll(() => server.stop())

const smtp = () => ({ type: 'smtp', host: '127.0.0.1', port: server.port })
const connector = (settings: MailSettings = { transports: [smtp()] }) => new MailConnector(settings, { load })
const mail = { from: 'Ada <ada@example.com>', to: 'bob@example.com', subject: 'Grüße', text: 'Hello\nBob', html: '<b>Hello</b>' }
const last = () => server.received.at(-1)!

describe('sending over SMTP', () => {
  it('delivers a mail with its headers and both bodies', async () => {
    const mailer = connector()
    const sent = await mailer.send(mail)
    expect(sent.messageId).toMatch(/@/)
    expect(last()).toMatchObject({ from: 'ada@example.com', to: ['bob@example.com'] })
    expect(last().text).toMatch(/From: Ada <ada@example.com>/)
    expect(last().text).toMatch(/Subject: =\?UTF-8\?Q\?Gr=C3=BC=C3=9Fe\?=/)
    expect(last().text).toMatch(/Hello\r\nBob/)
    expect(last().text).toMatch(/<b>Hello<\/b>/)
    mailer.disconnect()
  })

  it('sends attachments that are given with their content', async () => {
    await connector().send({
      ...mail,
      attachments: [
        { filename: 'a.txt', content: 'first\nline' },
        { filename: 'b', content: Buffer.from('x') },
      ],
    })
    expect(last().text).toMatch(/filename=a.txt/)
  })

  it('tells what the server answers', async () => {
    await expect(connector().send({ ...mail, to: 'nobody@example.com' })).rejects.toThrow(/No such mailbox/)
  })

  it('keeps everything out of a mail that is none of it', async () => {
    await connector().send({
      ...mail,
      user: { password: 'x' },
      dkim: { keySelector: 'a', privateKey: 'x' },
      verifyHref: 'http://x',
      template: '/etc/passwd',
    })
    expect(last().text).not.toMatch(/DKIM|password|passwd/)
  })
})

describe('transports', () => {
  it('chooses one by alias, else the first', async () => {
    const mailer = connector({ transports: [{ type: 'STUB', alias: 'test' }, smtp()] })
    const before = server.received.length
    expect(String((await mailer.send(mail)).response)).toContain('Subject: ')
    expect(server.received.length).toBe(before)
    await mailer.send({ ...mail, transport: 'smtp' })
    expect(server.received.length).toBe(before + 1)
    await expect(mailer.send({ ...mail, transport: 'other' })).rejects.toMatchObject({ code: 'MAIL_TRANSPORT_UNKNOWN' })
  })

  it('takes one by the setting transport, and more by setupTransport', async () => {
    const mailer = connector({ transport: { type: 'stub', alias: 'one' } })
    mailer.setupTransport({ type: 'stub', alias: 'two' })
    expect(mailer.defaultTransport()).toBe(mailer.transportForName('one'))
    expect(mailer.transportForName('two')).toBeDefined()
    expect(mailer.transportForName('three')).toBeUndefined()
  })

  it('warns where there is none, and answers with the mail', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    expect(await connector({}).send(mail)).toEqual(mail)
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('was not sent'))
    warn.mockRestore()
  })

  it('says which plugin is missing', async () => {
    await expect(connector({ transports: [{ type: 'pigeon' }] }).send(mail)).rejects.toMatchObject({ code: 'MAIL_TRANSPORT_INVALID' })
    await expect(connector({ transports: [{ type: '../x' }] }).send(mail)).rejects.toMatchObject({ code: 'MAIL_TRANSPORT_INVALID' })
  })

  it('asks the server whether it is there', async () => {
    const mailer = connector()
    await expect(mailer.ping()).resolves.toBeUndefined()
    mailer.disconnect()
    await expect(connector({ transports: [{ type: 'smtp', host: '127.0.0.1', port: 1 }] }).ping()).rejects.toThrow()
  })

  it('loads nodemailer with the first mail only', async () => {
    const loaded: string[] = []
    const mailer = new MailConnector({ transports: [{ type: 'stub' }] }, { load: (name) => (loaded.push(name), load(name)) })
    expect(loaded).toEqual([])
    await mailer.send(mail)
    expect(loaded).toEqual(['nodemailer'])
  })
})

describe('mails that are more than mails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reloop-mail-'))
  const file = join(folder, 'secret.txt')
  writeFileSync(file, 'TOP SECRET')
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each([
    [{ to: 'bob@example.com\r\nBcc: eve@example.com' }],
    [{ to: ['bob@example.com', 'x\n@example.com'] }],
    [{ to: { name: 'Bob\r\nBcc: eve@example.com', address: 'bob@example.com' } }],
    [{ from: 'ada@example.com\nBcc: eve@example.com' }],
    [{ subject: 'Hi\r\nBcc: eve@example.com' }],
    [{ replyTo: 'a\rb@example.com' }],
    [{ headers: { 'X-One': 'a\r\nBcc: eve@example.com' } }],
    [{ headers: { 'X-One\r\nBcc': 'eve@example.com' } }],
    [{ headers: [{ key: 'text', value: 'a\nb' }] }],
    [{ headers: { text: 'a\nBcc: eve@example.com' } }],
    [{ messageId: '<a\nb>' }],
    [{ attachments: [{ filename: 'a\r\nX: y', content: 'x' }] }],
    [{ attachments: [{ contentType: 'a\r\nX: y', content: 'x' }] }],
    [{ envelope: { from: 'a@example.com>\r\nRCPT TO:<eve@example.com', to: 'bob@example.com' } }],
  ])('refuses line breaks in headers: %j', async (more) => {
    const before = server.received.length
    await expect(connector().send({ ...mail, ...more })).rejects.toMatchObject({ code: 'MAIL_HEADER_INVALID', statusCode: 400 })
    expect(server.received.length).toBe(before)
  })

  it.each([
    [{ attachments: [{ path: file }] }],
    [{ attachments: [{ href: 'http://127.0.0.1/' }] }],
    [{ attachments: [{ path: 'http://127.0.0.1/' }] }],
    [{ attachments: { path: file } }],
    [{ attachments: [{ content: { path: file } }] }],
    [{ attachments: [{ raw: { path: file } }] }],
    [{ html: { path: file } }],
    [{ text: { path: file } }],
    [{ text: { href: 'http://127.0.0.1/' } }],
    [{ alternatives: [{ path: file }] }],
    [{ icalEvent: { path: file } }],
    [{ raw: 'From: x' }],
    [{ raw: { path: file } }],
  ])('reads neither files nor URLs: %j', async (more) => {
    const before = server.received.length
    await expect(connector().send({ ...mail, ...more })).rejects.toMatchObject({ code: 'MAIL_CONTENT_REFUSED', statusCode: 400 })
    expect(server.received.length).toBe(before)
  })

  it('reads files where the settings allow it', async () => {
    await connector({ transports: [smtp()], disableFileAccess: false }).send({ ...mail, text: { path: file }, html: undefined })
    expect(last().text).toContain('TOP SECRET')
    await expect(
      connector({ transports: [smtp()], disableFileAccess: false }).send({ ...mail, text: { href: 'http://127.0.0.1/' } }),
    ).rejects.toMatchObject({ code: 'MAIL_CONTENT_REFUSED' })
  })
})
