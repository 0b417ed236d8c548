import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SwaggerParser from '@apidevtools/swagger-parser'
import type { ExplorerOptions } from '../../src/options/options'
import { addExplorer, contract, notesApp, type NotesApp } from '../app/notes'

let app: NotesApp
const start = (options?: ExplorerOptions, settings?: Record<string, unknown>) => {
  app = notesApp(settings)
  addExplorer(app, options)
}
const get = (url: string, headers: Record<string, string> = {}) => app.fastify.inject({ url, headers })
afterEach(() => app.fastify.close())

describe('the page', () => {
  beforeEach(() => start())

  it('is at /explorer/, where /explorer leads', async () => {
    const redirect = await get('/explorer?url=//evil.example')
    expect([redirect.statusCode, redirect.headers.location]).toEqual([302, 'explorer/'])
    const page = await get('/explorer/')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect((await get('/explorer/index.html')).body).toBe(page.body)
  })

  it('names the API, with its text inert', async () => {
    const { body } = await get('/explorer/')
    expect(body).toContain('<h1>Notes &#38; &#60;friends&#62;</h1>')
    expect(body).toContain('1.4.0')
  })

  it('has nothing inline', async () => {
    const { body } = await get('/explorer/')
    expect(body).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:/i)
    expect(body).not.toMatch(/(src|href)="(https?:)?\/\//)
  })

  it('allows its own files and requests to the API, and nothing else', async () => {
    for (const url of ['/explorer', '/explorer/', '/explorer/openapi.json', '/explorer/explorer.js']) {
      const { headers } = await get(url)
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
    }
  })

  it.each([
    ['explorer.js', 'text/javascript; charset=utf-8'],
    ['explorer.css', 'text/css; charset=utf-8'],
    ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
    ['swagger-ui.css', 'text/css; charset=utf-8'],
    ['favicon-32x32.png', 'image/png'],
  ])('serves %s from its own packages', async (name, type) => {
    const file = await get(`/explorer/${name}`)
    expect([file.statusCode, file.headers['content-type']]).toEqual([200, type])
    expect(file.rawPayload.length).toBe(Number(file.headers['content-length']))
    const again = await get(`/explorer/${name}`, { 'if-none-match': String(file.headers.etag) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  it.each([
    'swagger-ui-bundle.js.map',
    'swagger-initializer.js',
    'oauth2-redirect.html',
    'package.json',
    '../package.json',
    '..%2fpackage.json',
    '%2e%2e/package.json',
    '..%5cpackage.json',
    'x%00.js',
    '.htaccess',
    'nope.js',
    'a//explorer.js',
  ])('does not serve %s', async (name) => {
    expect((await get(`/explorer/${name}`)).statusCode).toBe(404)
  })

  it('lets the rest of the application alone', async () => {
    expect((await get('/api/notes', { 'x-access-token': 'secret-token' })).json()).toEqual([{ id: 1, text: 'Milk' }])
    expect((await get('/api/notes')).headers).not.toHaveProperty('content-security-policy')
  })
})

describe('the documents', () => {
  it('are a valid OpenAPI 3.1 and a valid Swagger 2.0 document', async () => {
    start()
    const openApi = (await get('/explorer/openapi.json')).json<{ openapi: string }>()
    const swagger = (await get('/explorer/swagger.json')).json<{ swagger: string }>()
    expect([openApi.openapi, swagger.swagger]).toEqual(['3.1.0', '2.0'])
    await expect(SwaggerParser.validate(openApi as never)).resolves.toBeDefined()
    await expect(SwaggerParser.validate(swagger as never)).resolves.toBeDefined()
  })

  it('are written when first asked for, and again when the contract has changed', async () => {
    start()
    let asked = 0
    let current = contract
    app.contract = () => {
      asked++
      return current
    }
    await app.fastify.ready()
    expect(asked).toBe(0)
    const first = await get('/explorer/openapi.json')
    const same = await get('/explorer/openapi.json', { 'if-none-match': String(first.headers.etag) })
    expect(same.statusCode).toBe(304)
    current = { ...contract, classes: contract.classes.slice(0, 1) }
    const changed = await get('/explorer/openapi.json', { 'if-none-match': String(first.headers.etag) })
    expect(changed.statusCode).toBe(200)
    expect(changed.json<{ tags: unknown[] }>().tags).toHaveLength(1)
  })

  it('take their information from the options, else from the setting apiInfo', async () => {
    start({
      apiInfo: { title: 'Mine', description: ['One', 'two'] },
      version: '9.0.0',
      basePath: '/v1',
      host: 'api.example.com',
      protocol: 'http',
    })
    expect((await get('/explorer/openapi.json')).json()).toMatchObject({
      info: { title: 'Mine', version: '9.0.0', description: 'One\ntwo' },
      servers: [{ url: 'http://api.example.com/v1' }],
    })
    const page = await get('/explorer/')
    expect(page.body).toContain('<h1>Mine</h1>')
    expect(page.headers['content-security-policy']).toContain("connect-src 'self' http://api.example.com;")
    await app.fastify.close()

    start({}, { apiInfo: { title: 'Of the settings' } })
    expect((await get('/explorer/swagger.json')).json()).toMatchObject({ info: { title: 'Of the settings', version: '1.4.0' } })
  })

  it('can be served elsewhere, and without a page', async () => {
    start({ mountPath: '/docs/api', resourcePath: 'spec/v2.json', swaggerUI: false })
    expect((await get('/docs/api/spec/v2.json')).json()).toMatchObject({ swagger: '2.0' })
    expect((await get('/docs/api/openapi.json')).statusCode).toBe(200)
    expect((await get('/docs/api/')).statusCode).toBe(404)
  })
})

describe('uiDirs', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'explorer-'))
    mkdirSync(join(folder, 'one'))
    mkdirSync(join(folder, 'two'))
    writeFileSync(join(folder, 'secret.js'), 'secret')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('stand in for files of the page, the first folder first', async () => {
    writeFileSync(join(folder, 'one', 'explorer.css'), 'one')
    writeFileSync(join(folder, 'two', 'explorer.css'), 'two')
    writeFileSync(join(folder, 'two', 'logo.svg'), '<svg/>')
    start({ uiDirs: [join(folder, 'one'), join(folder, 'two')] })
    expect((await get('/explorer/explorer.css')).body).toBe('one')
    expect((await get('/explorer/logo.svg')).headers['content-type']).toBe('image/svg+xml')
    expect((await get('/explorer/')).body).toContain('token-form')
  })

  it('may bring a page of their own', async () => {
    writeFileSync(join(folder, 'one', 'index.html'), '<h1>Mine</h1>')
    start({ uiDirs: join(folder, 'one') })
    expect((await get('/explorer/')).body).toBe('<h1>Mine</h1>')
  })

  it('cannot be left, not even by a link', async () => {
    symlinkSync(join(folder, 'secret.js'), join(folder, 'one', 'link.js'))
    writeFileSync(join(folder, 'one', 'page.php'), 'secret')
    start({ uiDirs: join(folder, 'one') })
    for (const name of ['link.js', '..%2fsecret.js', 'page.php', '']) expect((await get(`/explorer/${name}`)).body).not.toBe('secret')
  })
})

describe('in production', () => {
  it.each([
    ['nothing is served', {}, { env: 'production' }, 404],
    ['the explorer is served when asked for', { enabled: true }, { env: 'production' }, 200],
    ['nothing is served anywhere when it is switched off', { enabled: false }, { env: 'development' }, 404],
  ])('%s', async (_, options, settings, status) => {
    start(options, settings)
    expect((await get('/explorer/')).statusCode).toBe(status)
    expect((await get('/explorer/openapi.json')).statusCode).toBe(status)
  })

  it.each(['3.x', '2.x'])('LoopBack’s profile %s serves it', async (profile) => {
    app = notesApp({ env: 'production' })
    addExplorer(Object.assign(app, { registry: { profile } }))
    expect((await get('/explorer/')).statusCode).toBe(200)
  })
})
