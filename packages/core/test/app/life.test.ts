import { once } from 'node:events'
import { Agent, request as send } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type AddressInfo } from 'node:net'
import type { Application } from '../../src'
import { closeAll, note, serve } from '../notes'

afterAll(closeAll)

describe('app.listen', () => {
  it('takes port, host and backlog; an object; the settings', async () => {
    const forms: unknown[][] = [[0, '127.0.0.1', 10], ['0', '127.0.0.1'], [{ port: 0, host: '127.0.0.1' }], []]
    for (const form of forms) {
      const { app } = serve('modern', { port: 0, host: '127.0.0.1' })
      const server = app.listen(...form)
      await once(server, 'listening')
      expect((server.address() as AddressInfo).address).toBe('127.0.0.1')
    }
  })

  it('may be called again, as tests of applications do', async () => {
    const { app, model } = serve('modern', { host: '127.0.0.1' })
    model(note)
    const ask = async (server: ReturnType<typeof app.listen>) =>
      (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/Notes`)).status
    for (let time = 0; time < 3; time++) {
      const server = app.listen(0, '127.0.0.1')
      await once(app, 'listening')
      expect([await ask(server), app.get('port')]).toEqual([200, (server.address() as AddressInfo).port])
      if (time === 2) continue
      server.close()
      server.closeAllConnections()
    }
    const last = app.listen(0, '127.0.0.1')
    await once(last, 'listening')
    await app.stop()
    expect(last.listening).toBe(false)
  })

  it('takes the path of a socket', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'socket-'))
    const { app, model } = serve()
    model(note)
    app.listen(join(folder, 'app.sock'))
    await once(app, 'listening')
    const req = send({ socketPath: join(folder, 'app.sock'), path: '/api/Notes' }).end()
    const [res] = (await once(req, 'response')) as [NodeJS.ReadableStream]
    const chunks: Buffer[] = []
    for await (const chunk of res) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).toString()).toBe('[]')
    await app.stop()
    rmSync(folder, { recursive: true })
  })
})

describe('app.stop', () => {
  const stop = async (app: Application) => {
    const told = once(app, 'stopped')
    await app.stop()
    return ((await told) as unknown[])[0]
  }

  it('lets a running request end, and ends in bounded time when it does not or a store does not answer', async () => {
    const { app, model } = serve('modern', { limits: { time: { stop: 60 } } })
    const Note = model(note) as unknown as Record<string, Function>
    Note.hang = () => new Promise(() => undefined)
    Note.remoteMethod!('hang', { http: { verb: 'get' } })
    app.dataSources.db!.disconnect = () => new Promise(() => undefined) as never
    const server = app.listen(0, '127.0.0.1')
    await once(app, 'listening')
    const { port } = server.address() as AddressInfo
    const asked = send({ port, path: '/api/Notes/hang' }).end()
    const cut = once(asked, 'error')
    await once(asked, 'socket')
    await new Promise((resolve) => server.once('request', resolve))
    const begun = Date.now()
    const told = once(app, 'stopped')
    const { exitCode } = process
    await app.stop()
    expect([await told, process.exitCode]).toEqual([[{ cut: 1 }], exitCode])
    expect(Date.now() - begun).toBeLessThan(3000)
    expect(((await cut) as [{ code: string }])[0].code).toBe('ECONNRESET')
  })

  it('closes connections that no request is in at once, those that never sent a byte too', async () => {
    const { app, model } = serve('modern', { host: '127.0.0.1' })
    model(note)
    for (let time = 0; time < 2; time++) {
      const server = app.listen(0)
      await once(app, 'listening')
      const { port } = server.address() as AddressInfo
      for (const text of ['', 'GET /api/Notes HTTP/1.1\r\nHost: x\r\n\r\n']) {
        const socket = connect(port, '127.0.0.1').on('error', () => undefined)
        await once(server, 'connection')
        if (text !== '') {
          socket.write(text)
          await once(socket, 'data')
        }
      }
    }
    const begun = Date.now()
    expect(await stop(app)).toEqual({ cut: 0 })
    expect(Date.now() - begun).toBeLessThan(2000)
  })

  it('lets a request end on a connection that would be kept, and closes it then', async () => {
    const { app, model } = serve('modern', { host: '127.0.0.1' })
    const Note = model(note) as unknown as Record<string, Function>
    let answer = (_text: string) => undefined as void
    Note.wait = () => new Promise((resolve) => (answer = resolve))
    Note.remoteMethod!('wait', { http: { verb: 'get' }, returns: { arg: 'text', type: 'string' } })
    const server = app.listen(0)
    await once(app, 'listening')
    const agent = new Agent({ keepAlive: true })
    const asked = send({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path: '/api/Notes/wait', agent }).end()
    const response = once(asked, 'response') as Promise<[NodeJS.ReadableStream & { statusCode: number }]>
    await new Promise((resolve) => server.once('request', resolve))
    const begun = Date.now()
    const stopping = stop(app)
    await new Promise((resolve) => setTimeout(resolve, 60))
    answer('done')
    const [res] = await response
    res.resume()
    expect(res.statusCode).toBe(200)
    expect(await stopping).toEqual({ cut: 0 })
    expect(Date.now() - begun).toBeLessThan(2000)
    agent.destroy()
  })

  it('ends change streams', async () => {
    const { app, model } = serve('modern', { host: '127.0.0.1' })
    model(note)
    const server = app.listen(0)
    await once(app, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/Notes/change-stream`
    const reply = await fetch(url, { headers: { accept: 'text/event-stream' } })
    expect(reply.status).toBe(200)
    const begun = Date.now()
    expect(await stop(app)).toEqual({ cut: 0 })
    await reply.text()
    expect(Date.now() - begun).toBeLessThan(2000)
  })

  it('says whether the application is started', async () => {
    const { app } = serve('modern', { port: 0, host: '127.0.0.1' })
    expect(app.isStarted()).toBe(false)
    await app.start()
    expect(app.isStarted()).toBe(true)
    await app.stop()
    expect(app.isStarted()).toBe(false)
  })
})
