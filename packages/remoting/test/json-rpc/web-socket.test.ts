import { JSONRPCClient } from 'json-rpc-2.0'
import { connect as connectTo } from 'node:net'
import WebSocket from 'ws'
import { webSocketPlugin, type RemoteObjects, type RemotingOptions, type RequestView, type WebSocketPluginOptions } from '../../src'
import { listen, until } from '../listen'
import { closeAll, serve } from '../serve'
import { guard, log, notes } from './notes'

async function start(
  given: { options?: RemotingOptions; prepare?: (remotes: RemoteObjects) => void; plugin?: Partial<WebSocketPluginOptions> } = {},
) {
  const server = await serve(notes, {
    options: given.options,
    prepare(remotes) {
      guard(remotes)
      given.prepare?.(remotes)
    },
  })
  await server.fastify.register(webSocketPlugin, { remotes: server.remotes, prefix: '/api', ...given.plugin })
  const origin = await listen(server)
  return { ...server, url: `${origin.replace('http', 'ws')}/api/ws`, origin }
}

const open: WebSocket[] = []

async function connect(url: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(url, { headers })
  open.push(socket)
  const received: any[] = []
  const closed: { code?: number; reason?: string } = {}
  socket.on('close', (code, reason) => Object.assign(closed, { code, reason: reason.toString() }))
  const client = new JSONRPCClient((request) => socket.send(JSON.stringify(request)))
  socket.on('message', (data) => {
    const message = JSON.parse(String(data))
    received.push(message)
    if ('id' in message) client.receive(message)
  })
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
  return { socket, client, received, closed }
}

afterEach(async () => {
  for (const socket of open.splice(0)) socket.terminate()
  await closeAll()
})

describe('JSON-RPC over WebSocket', () => {
  it('calls methods through the same steps, authorization included', async () => {
    const { url } = await start()
    const { client } = await connect(url)
    expect(await client.request('Note.add', [1, 2])).toMatchObject({ sum: 3 })
    expect(await client.request('Note.prototype.rename', [7, 'Ada'])).toBe('7:Ada')
    await expect(client.request('Note.when', [0])).rejects.toMatchObject({ data: { statusCode: 401 } })
    expect(await (await connect(url, { 'x-user': 'ada' })).client.request('Note.when', [0])).toMatchObject({ $type: 'date' })
    await expect(client.request('Note.hidden', [])).rejects.toMatchObject({ code: -32601 })
    await expect(client.request('Note.add', { a: 'x' })).rejects.toMatchObject({ code: -32602 })
  })

  it('carries streams until they are unsubscribed, or end', async () => {
    const { url } = await start()
    const { client, received } = await connect(url)
    const { subscription } = await client.request('Note.ticks', [])
    log.publish(1)
    log.publish(2)
    await until(() => received.filter(({ method }) => method === '$data').length === 2)
    expect(received.find(({ method }) => method === '$data')).toMatchObject({
      params: { subscription, event: 'data', data: 1, id: expect.any(String) },
    })
    expect(await client.request('$unsubscribe', [subscription])).toBe(true)
    expect(await client.request('$unsubscribe', [subscription])).toBe(false)
    log.publish(3)
    await client.request('Note.add', [1])
    expect(received.filter(({ method }) => method === '$data')).toHaveLength(2)
  })

  it('bounds subscriptions, sockets of a client, messages and calls at a time', async () => {
    const { url, remotes } = await start({ options: { limits: { stream: { perClient: 2 }, batch: { rpc: 3 } } } })
    const { client, socket, received, closed } = await connect(url)
    await client.request('Note.ticks', [])
    await client.request('Note.ticks', [])
    await expect(client.request('Note.ticks', [])).rejects.toMatchObject({ data: { code: 'STREAM_TOO_MANY' } })
    await connect(url)
    const third = await connect(url)
    await until(() => third.closed.code === 1013)
    remotes.before('Note.add', () => new Promise((resolve) => setTimeout(resolve, 50)))
    for (let id = 1; id <= 4; id++) socket.send(JSON.stringify({ jsonrpc: '2.0', id: `n${id}`, method: 'Note.add', params: [1] }))
    await until(() => received.filter((message) => String(message.id).startsWith('n') || message.id === null).length === 4)
    expect(received.find(({ id }) => id === null)).toMatchObject({ error: { data: { code: 'RPC_TOO_MANY_CALLS' } } })
    socket.send('x'.repeat(110_000))
    await until(() => closed.code === 1009)
  })

  it('answers bad messages and goes on', async () => {
    const { url } = await start()
    const { socket, received, client, closed } = await connect(url)
    for (const text of [
      '{',
      '[]',
      '1',
      '{"jsonrpc":"2.0","id":1,"method":"__proto__.x"}',
      '{"jsonrpc":"2.0","id":1,"method":"Note.add","params":{"__proto__":{"polluted":1}}}',
    ]) {
      const before = received.length
      socket.send(text)
      await until(() => received.length === before + 1)
      expect(received.at(-1).error.code).toBeLessThanOrEqual(-32600)
    }
    expect(await client.request('Note.add', [1])).toMatchObject({ sum: 1 })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    socket.send(Buffer.from([1]))
    await until(() => closed.code === 1003)
  })
})

describe('access to sockets', () => {
  const refusal = (url: string, headers: Record<string, string> = {}) =>
    connect(url, headers).then(
      () => 'open',
      (error: Error) => error.message,
    )

  it('57: is refused before a socket opens when authentication fails', async () => {
    const authenticate = (req: RequestView) => {
      if (req.get('authorization') === 'broken') throw new Error('lookup failed')
      return req.get('authorization') === 'ada'
    }
    const { url } = await start({ plugin: { authenticate } })
    expect(await refusal(url)).toContain('401')
    expect(await refusal(url, { authorization: 'broken' })).toContain('500')
    expect(await refusal(url, { authorization: 'ada' })).toBe('open')
  })

  it('75: is refused to pages of other origins, unless they are named', async () => {
    const { url, origin } = await start({ options: { cors: { origin: 'https://good.com', credentials: true } } })
    for (const bad of ['https://good.com.evil', 'null', 'https://evil.com', 'http://'])
      expect(await refusal(url, { origin: bad })).toContain('403')
    for (const good of ['https://good.com', origin]) expect(await refusal(url, { origin: good })).toBe('open')
    const closed = await start()
    expect(await refusal(closed.url, { origin: 'https://good.com' })).toContain('403')
  })

  it('58: ends when a token is revoked; a subscription ends when its rule changes', async () => {
    let revoked = false
    let denied = false
    const { url, remotes } = await start({ options: { limits: { stream: { recheck: 20 } } } })
    remotes.recheck = () => !revoked
    remotes.authorization = async () =>
      denied ? Promise.reject(Object.assign(new Error('Access Denied'), { statusCode: 403 })) : undefined
    const { client, received, closed } = await connect(url)
    await client.request('Note.ticks', [])
    denied = true
    await until(() => received.some(({ method }) => method === '$error'))
    expect(received.at(-1).params.error).toMatchObject({ statusCode: 403, message: 'Access Denied' })
    expect(closed.code).toBeUndefined()
    revoked = true
    await until(() => closed.code === 4401)
    expect(closed.reason).toContain('access is no longer granted')
  })

  it('a server that stops tells its clients', async () => {
    const { url, fastify } = await start()
    const { closed } = await connect(url)
    await fastify.close()
    await until(() => closed.code !== undefined)
    expect(closed).toEqual({ code: 1001, reason: 'The server stops.' })
  })
})

describe('a connection that asks for a socket where there is none', () => {
  it('is ended by a server that stops, though its client holds it', async () => {
    const { origin, fastify } = await start()
    const held = connectTo(Number(new URL(origin).port), '127.0.0.1')
    const answered = new Promise((resolve) => held.once('data', resolve))
    const gone = new Promise((resolve) => held.once('close', resolve))
    held.write('GET /api/nothing HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    expect(String(await answered)).toContain('404')
    await fastify.close()
    await gone
  })
})
