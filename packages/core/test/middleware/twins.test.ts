import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeAll, note, serve } from '../notes'

const folder = mkdtempSync(join(tmpdir(), 'static-'))
const other = mkdtempSync(join(tmpdir(), 'static-'))
writeFileSync(join(folder, 'a.txt'), 'a'.repeat(3000))
writeFileSync(join(other, 'b.txt'), 'b')
writeFileSync(join(folder, 'icon.ico'), 'icon')

afterAll(async () => {
  await closeAll()
  for (const made of [folder, other]) rmSync(made, { recursive: true })
})

describe('native twins, without Express', () => {
  it('serve files of several folders, and nothing beside them', async () => {
    const { app, ask } = serve()
    app.middlewareFromConfig('loopback#static', { phase: 'files', paths: '/files', params: [folder, { maxAge: 1000 }] })
    app.middlewareFromConfig('serve-static', { phase: 'files', paths: '/files', params: other })
    expect((await ask('GET', '/files/a.txt')).body).toBe('a'.repeat(3000))
    expect((await ask('GET', '/files/b.txt')).body).toBe('b')
    for (const path of [
      '/files/c.txt',
      '/files/../package.json',
      '/files/%2e%2e/package.json',
      '/files/..%5cpackage.json',
      '/files/a.txt%00',
    ])
      expect([path, (await ask('GET', path)).status >= 400]).toEqual([path, true])
    expect((await ask('POST', '/files/a.txt')).status).toBe(404)
  })

  it('compress replies, and set the headers of helmet', async () => {
    const { app, ask, model } = serve()
    model(note)
    app.middlewareFromConfig('compression', { phase: 'initial', params: { threshold: 10 } })
    app.middlewareFromConfig('helmet', { phase: 'initial' })
    await ask('POST', '/api/Notes', { title: 'a'.repeat(5000) })
    const reply = await ask('GET', '/api/Notes', undefined, { 'accept-encoding': 'gzip' })
    expect(reply.headers['content-encoding']).toBe('gzip')
    expect((await ask('GET', '/nothing')).headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' })
  })

  it('answer favicon with a file, and status', async () => {
    const { app, ask } = serve()
    app.middlewareFromConfig('loopback#favicon', { phase: 'initial:before', params: join(folder, 'icon.ico') })
    app.middlewareFromConfig('loopback#status', { phase: 'routes', paths: ['/up'] })
    expect(await ask('GET', '/favicon.ico')).toMatchObject({ status: 200, body: 'icon', headers: { 'content-type': 'image/x-icon' } })
    expect((await ask('GET', '/up')).body.uptime).toBeGreaterThanOrEqual(0)
  })

  it('refuse origins that are not named, on every path: null, look-alikes, and credentials for anybody', async () => {
    const { app, ask } = serve()
    app.middlewareFromConfig('cors', { phase: 'initial', params: { origin: ['https://good.com'], credentials: true } })
    app.fastify.get('/plain', () => 'plain')
    const allowed = async (path: string, origin: string) =>
      (await ask('GET', path, undefined, { origin })).headers['access-control-allow-origin']
    for (const path of ['/plain', '/api/Nothing', '/nothing']) {
      expect(await allowed(path, 'https://good.com')).toBe('https://good.com')
      for (const origin of ['null', 'https://good.com.evil', 'https://evil.com', 'http://good.com'])
        expect(await allowed(path, origin)).toBeUndefined()
    }
    const star = serve()
    star.app.middlewareFromConfig('cors', { phase: 'initial', params: { origin: '*', credentials: true } })
    const reply = await star.ask('GET', '/nothing', undefined, { origin: 'https://evil.com' })
    expect(reply.headers['access-control-allow-credentials']).toBeUndefined()
  })

  it('let the limit of a body parser hold for the API', async () => {
    const { app, ask, model } = serve()
    model(note)
    app.middlewareFromConfig('body-parser#json', { phase: 'parse', params: { limit: '200kb' } })
    expect((await ask('POST', '/api/Notes', { title: 'a'.repeat(150_000) })).status).toBe(200)
    expect((await ask('POST', '/api/Notes', { title: 'a'.repeat(250_000) })).status).toBe(413)
  })
})

describe('URLs that are not what they seem', () => {
  const paths = [
    '/API/notes',
    '/api/%4Eotes',
    '/api/Notes/',
    '//api/Notes',
    '/api//Notes',
    '/./api/Notes',
    '/api/Notes;x=1',
    '/api/Notes%00',
  ]

  it('meet the same decision as the plain one, or are not found', async () => {
    const { app, ask, model } = serve()
    model(note)
    app.remotes().authorization = (async () => {
      throw Object.assign(new Error('no'), { statusCode: 401 })
    }) as never
    for (const path of paths) {
      const { status, body } = await ask('GET', path, undefined, { 'x-http-method-override': 'DELETE' })
      expect([path, [400, 401, 404].includes(status), JSON.stringify(body).includes('stack')]).toEqual([path, true, false])
    }
    expect((await ask('GET', '/api/Notes?_method=DELETE')).status).toBe(401)
  })
})
