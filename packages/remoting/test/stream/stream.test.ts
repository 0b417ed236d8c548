import { Readable } from 'node:stream'
import { EventLog, lastEventId, StreamEvent, type HttpContext, type RemoteObjects } from '../../src'
import { lazyClient, listen, readUntil, until } from '../listen'
import { closeAll, serve, type Shared } from '../serve'

const stream = (fn: Function, more: object = {}): Shared => ({
  returns: { arg: 'changes', type: 'ReadableStream', json: true },
  http: { verb: 'get' },
  fn,
  ...more,
})
const context = { arg: 'ctx', type: 'object', http: { source: 'context' } } as const

async function start(methods: Record<string, Shared>, given: { limits?: object; prepare?: (remotes: RemoteObjects) => void } = {}) {
  const server = await serve({ Note: methods }, { options: { limits: given.limits }, prepare: given.prepare })
  return { ...server, origin: await listen(server) }
}

afterEach(closeAll)

describe('server-sent events', () => {
  it('are written as LoopBack writes them', async () => {
    const { origin } = await start({ changes: stream(() => Readable.from([{ a: 1 }, 'two\nlines', 0])) })
    const reply = await fetch(`${origin}/api/Note/changes`)
    expect(reply.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(reply.headers.get('cache-control')).toBe('no-cache,no-transform')
    expect(await reply.text()).toBe(
      ':ok\n\nevent: data\ndata: {"a":1}\n\nevent: data\ndata: "two\\nlines"\n\nevent: data\ndata: 0\n\nevent: end\ndata: null\n\n',
    )
  })

  it('tell of a failure without what must stay inside, and end', async () => {
    const { origin } = await start({
      changes: stream(async function* () {
        yield 1
        throw new Error('password of the database')
      }),
    })
    const text = await (await fetch(`${origin}/api/Note/changes?_format=event-stream`)).text()
    expect(text).toContain('event: error\ndata: {"statusCode":500,"message":"Internal Server Error"}')
    expect(text).not.toContain('password')
  })

  it('keep a silent stream alive with a heart-beat', async () => {
    const { origin } = await start(
      { changes: stream(() => new Readable({ objectMode: true, read() {} })) },
      { limits: { stream: { heartbeat: 20 } } },
    )
    expect(await readUntil(await fetch(`${origin}/api/Note/changes`), ':\n\n:\n\n')).toContain(':ok\n\n:\n\n:\n\n')
  })

  it('go on after the last event that a client saw, and say when it is known no more', async () => {
    const log = new EventLog({ keep: 10 })
    const changes = stream((after: string | undefined, ctx: HttpContext) => log.subscribe({ after, signal: ctx.signal }), {
      accepts: [{ arg: 'after', type: 'string', http: lastEventId }, context],
    })
    const { origin } = await start({ changes })
    const events = [1, 2, 3].map((n) => log.publish({ n }))
    const resumed = await fetch(`${origin}/api/Note/changes`, { headers: { 'last-event-id': events[0]!.id! } })
    const text = await readUntil(resumed, '"n":3')
    expect(text).toBe(`:ok\n\nid: ${events[1]!.id}\nevent: data\ndata: {"n":2}\n\nid: ${events[2]!.id}\nevent: data\ndata: {"n":3}\n\n`)
    const lost = await fetch(`${origin}/api/Note/changes?lastEventId=other-1`)
    setTimeout(() => log.publish({ n: 4 }), 20)
    expect(await readUntil(lost, '"n":4')).toMatch(/event: reset\ndata: null\n\nid: .*\nevent: data\ndata: \{"n":4\}/)
  })

  it('hold no line breaks in id or kind', () => {
    expect(() => new StreamEvent({ id: '1\ndata: forged', data: 1 })).toThrow(expect.objectContaining({ code: 'STREAM_EVENT_INVALID' }))
    expect(() => new StreamEvent({ event: 'a\rb', data: 1 })).toThrow(expect.objectContaining({ code: 'STREAM_EVENT_INVALID' }))
  })

  it('are refused with 406 to a client that wants none of the forms', async () => {
    let source: Readable | undefined
    const { get } = await serve({ Note: { changes: stream(() => (source = Readable.from([1]))) } })
    expect((await get('/Note/changes', { accept: 'image/png' })).status).toBe(406)
    expect(source!.destroyed).toBe(true)
  })
})

describe('lines of JSON', () => {
  it('come one value per line, a failure last', async () => {
    const { origin } = await start({
      changes: stream(async function* () {
        yield { a: 1 }
        yield null
        throw Object.assign(new Error('No more'), { statusCode: 410, code: 'GONE' })
      }),
    })
    const reply = await fetch(`${origin}/api/Note/changes`, { headers: { accept: 'application/x-ndjson' } })
    expect(reply.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    expect(
      (await reply.text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([{ a: 1 }, null, { error: { statusCode: 410, name: 'Error', message: 'No more', code: 'GONE' } }])
  })

  it('are produced no faster than the client reads', async () => {
    let made = 0
    const { origin } = await start({
      changes: stream(async function* () {
        for (; made < 1000; made++) yield 'x'.repeat(50_000)
      }),
    })
    const socket = await lazyClient(origin, '/api/Note/changes?_format=ndjson')
    await new Promise((resolve) => setTimeout(resolve, 400))
    const before = made
    expect(before).toBeLessThan(500)
    socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(made).toBeLessThanOrEqual(before + 1)
  })
})

describe('a client that', () => {
  it('goes away cancels the source and the signal of the call', async () => {
    const sources: Readable[] = []
    let signal: AbortSignal | undefined
    const fn = (ctx: HttpContext) => {
      signal = ctx.signal
      sources.push(new Readable({ objectMode: true, read() {} }))
      return sources[0]
    }
    const { origin } = await start({ changes: stream(fn, { accepts: context }) })
    await readUntil(await fetch(`${origin}/api/Note/changes`), ':ok')
    await until(() => sources[0]!.destroyed && signal!.aborted)
  })

  it('reads too slowly is cut off when values pile up beyond the bound', async () => {
    const source = new Readable({ objectMode: true, read() {} })
    const { origin } = await start({ changes: stream(() => source) }, { limits: { stream: { buffer: 100_000 } } })
    const socket = await lazyClient(origin, '/api/Note/changes')
    const timer = setInterval(() => {
      for (let n = 0; n < 50 && !source.destroyed; n++) source.push({ text: 'x'.repeat(20_000) })
    }, 5)
    await until(() => source.destroyed)
    clearInterval(timer)
    socket.destroy()
  })

  it('opens more streams than it may is refused; a stream that ends makes room', async () => {
    const { origin } = await start(
      { changes: stream(() => new Readable({ objectMode: true, read() {} })) },
      { limits: { stream: { perClient: 2 } } },
    )
    const open = () => fetch(`${origin}/api/Note/changes`)
    const first = await open()
    await open()
    const refused = await open()
    expect(refused.status).toBe(429)
    expect(await refused.json()).toMatchObject({
      error: { code: 'STREAM_TOO_MANY', message: expect.stringContaining('limits.stream.perClient') },
    })
    await first.body!.cancel()
    let status = 429
    for (let tries = 0; status === 429 && tries < 50; tries++) status = (await open()).status
    expect(status).toBe(200)
  })
})

it('a server that stops ends its streams instead of waiting for their clients', async () => {
  const { origin, fastify } = await start({ changes: stream(() => new Readable({ objectMode: true, read() {} })) })
  const reply = await fetch(`${origin}/api/Note/changes`)
  const [text] = await Promise.all([reply.text(), fastify.close()])
  expect(text).toBe(':ok\n\nevent: end\ndata: null\n\n')
})

describe('access', () => {
  const silent = stream(() => new Readable({ objectMode: true, read() {} }))
  const denied = () => Object.assign(new Error('Authorization Required'), { statusCode: 401, code: 'AUTHORIZATION_REQUIRED' })

  it('57: is decided before a stream opens', async () => {
    let called = false
    const { get } = await serve(
      { Note: { changes: stream(() => (called = true)) } },
      { prepare: (remotes) => (remotes.authorization = async () => Promise.reject(denied())) },
    )
    expect(await get('/Note/changes')).toMatchObject({ status: 401, body: { error: { code: 'AUTHORIZATION_REQUIRED' } } })
    expect(called).toBe(false)
  })

  it.each([
    ['the hook says no', (remotes: RemoteObjects) => (remotes.recheck = () => false), 'STREAM_REVOKED'],
    ['the hook fails', (remotes: RemoteObjects) => (remotes.recheck = () => Promise.reject(denied())), 'AUTHORIZATION_REQUIRED'],
    ['the hook hangs', (remotes: RemoteObjects) => (remotes.recheck = () => new Promise(() => undefined)), 'STREAM_REVOKED'],
    [
      'a rule has changed',
      (remotes: RemoteObjects) => {
        let asked = 0
        remotes.authorization = async () => (asked++ === 0 ? undefined : Promise.reject(denied()))
      },
      'AUTHORIZATION_REQUIRED',
    ],
    [
      'the rule of its method has changed',
      (remotes: RemoteObjects) => {
        let asked = 0
        remotes.authorizationOf = () => () => (asked++ === 0 ? undefined : Promise.reject(denied()))
      },
      'AUTHORIZATION_REQUIRED',
    ],
    [
      'its sender is nobody any more',
      (remotes: RemoteObjects) => {
        let asked = 0
        remotes.identify = (req) => void (req.accessToken ??= asked++ === 0 ? { id: 'ada' } : null)
      },
      'STREAM_REVOKED',
    ],
  ])('58: ends an open stream when %s', async (_when, prepare, code) => {
    const { origin } = await start({ changes: silent }, { limits: { stream: { recheck: 20 } }, prepare })
    const text = await (await fetch(`${origin}/api/Note/changes`)).text()
    expect(text).toMatch(new RegExp(`event: error\\ndata: .*"code":"${code}"`))
  })
})
