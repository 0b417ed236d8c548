import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import reloop = require('../../src')

type App = ReturnType<typeof reloop>

const apps: App[] = []
const folders: string[] = []

afterAll(async () => {
  await Promise.all(apps.map((app) => app.stop()))
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** Starts a project folder and gives a way to ask it. */
async function start(compat: '2.x' | '3.x', files: Record<string, unknown>) {
  const folder = mkdtempSync(join(tmpdir(), 'middleware-'))
  folders.push(folder)
  const all = {
    'server/datasources.json': { db: { connector: 'memory' } },
    'server/model-config.json': { Note: { dataSource: 'db' } },
    'server/models/note.json': { name: 'Note', properties: { title: 'string' } },
    'server/config.json': { restApiRoot: '/api', remoting: { errorHandler: { log: false } } },
    ...files,
  }
  for (const [name, content] of Object.entries(all)) {
    const file = join(folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  }
  const app = reloop({ localRegistry: true, compat })
  apps.push(app)
  await reloop.boot(app, join(folder, 'server'))
  await app.ready()
  const ask = async (url: string, given: { method?: string; headers?: Record<string, string>; payload?: object } = {}) =>
    app.fastify.inject({ url, ...given } as { url: string })
  return { app, ask }
}

/** What the generator of LoopBack 3 writes. */
const scaffold = {
  'initial:before': { 'loopback#favicon': {} },
  initial: {
    compression: {},
    cors: { params: { origin: true, credentials: true, maxAge: 86400 } },
    'helmet#xssFilter': {},
    'helmet#frameguard': { params: ['deny'] },
    'helmet#hsts': { params: { maxAge: 0, includeSubdomains: true } },
    'helmet#hidePoweredBy': {},
    'helmet#ieNoOpen': {},
    'helmet#noSniff': {},
    'helmet#noCache': { enabled: false },
  },
  session: {},
  auth: {},
  parse: { 'body-parser#json': {}, 'body-parser#urlencoded': { params: { extended: true } } },
  routes: { 'loopback#rest': { paths: ['${restApiRoot}'] } },
  files: { 'loopback#static': { params: '$!../client' } },
  final: { 'loopback#urlNotFound': {} },
  'final:after': { 'strong-error-handler': {} },
}

describe('middleware.json', () => {
  it('of a new project of LoopBack 3 works as it is, without Express', async () => {
    const { ask, app } = await start('3.x', {
      'server/middleware.json': scaffold,
      'client/index.html': '<h1>client</h1>',
      'client/big.txt': 'a'.repeat(5000),
    })
    expect((await ask('/api/Notes')).json()).toEqual([])
    expect((await ask('/index.html')).payload).toBe('<h1>client</h1>')
    expect((await ask('/')).payload).toBe('<h1>client</h1>')
    expect((await ask('/favicon.ico')).statusCode).toBe(204)
    expect((await ask('/big.txt', { headers: { 'accept-encoding': 'gzip' } })).headers['content-encoding']).toBe('gzip')
    const missing = await ask('/nowhere', { headers: { origin: 'https://other.example' } })
    expect([missing.statusCode, missing.json()]).toEqual([
      404,
      { error: { statusCode: 404, name: 'Error', message: 'Cannot GET /nowhere' } },
    ])
    expect(missing.headers).toMatchObject({
      'access-control-allow-origin': 'https://other.example',
      'x-frame-options': 'DENY',
      'x-xss-protection': '1; mode=block',
      'strict-transport-security': 'max-age=0; includeSubDomains',
      'x-content-type-options': 'nosniff',
    })
    const preflight = await ask('/api/Notes', {
      method: 'OPTIONS',
      headers: { origin: 'https://other.example', 'access-control-request-method': 'PUT' },
    })
    expect([preflight.statusCode, preflight.headers['access-control-max-age']]).toEqual([204, '86400'])
    expect(app.get('views')).toBeUndefined()
    expect((await ask('/../server/config.json')).statusCode).toBe(404)
    expect((await ask('/%2e%2e/server/config.json')).statusCode).toBe(404)
  })

  it.each(['2.x', '3.x'] as const)(
    'takes middleware of one’s own: paths, verbs, params, optional and disabled entries in %s',
    async (compat) => {
      const mark = 'module.exports = (name) => (req, res, next) => { (req.marks ??= []).push(name); next() }'
      const { ask } = await start(compat, {
        'server/middleware.json': {
          initial: {
            './middleware/mark': [
              { name: 'a', params: 'a' },
              { params: ['post'], methods: ['POST'] },
              { params: 'off', enabled: false },
            ],
            './not-there': { optional: true },
          },
          custom: { './middleware/mark': { params: 'custom', paths: ['/marks', '${restApiRoot}'] } },
          parse: {},
          'routes:before': { './middleware/show#show': { paths: '/marks' } },
          routes: { 'loopback#rest': { paths: ['${restApiRoot}'] } },
          'final:after': { './middleware/show#failed': {} },
        },
        'server/middleware/mark.js': mark,
        'server/middleware/show.js': [
          'exports.show = () => (req, res) => res.json(req.marks)',
          'exports.failed = () => (err, req, res, next) => res.status(err.status || 500).json({ failed: err.message })',
        ].join('\n'),
        'server/boot/routes.js': 'module.exports = (app) => { app.get("/throw", () => { throw new Error("thrown") }) }',
      })
      expect((await ask('/marks')).json()).toEqual(['a', 'custom'])
      expect((await ask('/marks', { method: 'POST', payload: {} })).json()).toEqual(['a', 'post', 'custom'])
      expect((await ask('/api/Notes')).json()).toEqual([])
      expect((await ask('/throw')).json()).toEqual({ failed: 'thrown' })
    },
  )
})
