import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import reloop = require('../../src')

const home = process.cwd()
let folder: string

/** A project that has installed the connector and its driver. */
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'mail-')))
  const connector = join(__dirname, '../../../../connectors/mail')
  mkdirSync(join(folder, 'node_modules/@reloop'), { recursive: true })
  symlinkSync(connector, join(folder, 'node_modules/@reloop/connector-mail'))
  symlinkSync(realpathSync(join(connector, 'node_modules/nodemailer')), join(folder, 'node_modules/nodemailer'))
  const files = {
    'config.json': {},
    'datasources.json': { post: { connector: 'mail', transports: [{ type: 'stub' }] } },
    'model-config.json': { Email: { dataSource: 'post', public: false } },
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content))
  process.chdir(folder)
})
afterAll(() => {
  process.chdir(home)
  rmSync(folder, { recursive: true })
})

it('a project sends mails with what its datasources.json and model-config.json say', async () => {
  const app = reloop({ localRegistry: true, loadBuiltinModels: true })
  await reloop.boot(app, folder)
  const sent = (await (app.models.Email!.send as Function)({
    from: 'ada@example.com',
    to: 'bob@example.com',
    subject: 'Hi',
    text: 'Hello',
  })) as { response: unknown; envelope: object }
  expect(sent.envelope).toEqual({ from: 'ada@example.com', to: ['bob@example.com'] })
  expect(String(sent.response)).toContain('Subject: Hi')
  expect((await app.fastify.inject({ url: '/api/Emails', method: 'POST', payload: {} })).statusCode).toBe(404)
  await app.stop()
})
