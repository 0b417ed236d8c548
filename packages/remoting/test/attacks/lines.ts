import { request } from 'node:http'
import type WebSocket from 'ws'
import { exchange, openSocket, rpcOutcome, type Asked, type Everywhere, type Outcome, type TransportName } from '../transports'
import { readUntil, until } from '../listen'
import { io } from 'socket.io-client'
import { log, ran, tokens } from './server'

/** A line of the attack list as it is tried over one way in, or why there is nothing to try. */
type Trial = ((at: At) => Promise<void>) | { readonly notApplicable: string }

/** Where a line is tried. */
export interface At {
  readonly server: Everywhere
  readonly transport: TransportName
  call(name: string, asked?: Asked): Promise<Outcome>
}

export interface Line {
  readonly line: number
  readonly title: string
  /** For all ways in, save those that have a trial of their own. */
  readonly all?: (at: At) => Promise<void>
  readonly own?: Partial<Record<TransportName, Trial>>
}

const no = (reason: string): Trial => ({ notApplicable: reason })
const json = { 'content-type': 'application/json' }

/** What no answer may hold, whatever was sent. */
function expectClean({ text }: Outcome): void {
  expect(text).not.toMatch(/\n? +at \S+ \(|node_modules|the secret/)
  expect(text.length).toBeLessThan(5000)
}

async function expectRefused(outcome: Outcome, statuses: readonly number[] = [400]): Promise<void> {
  expect(statuses).toContain(outcome.status)
  expectClean(outcome)
  expect(ran).toEqual([])
}

/** Sends a request as it is written, which `fetch` would tidy up. */
function raw(
  { server }: At,
  path: string,
  given: { headers?: Record<string, string>; body?: string; method?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const { method = 'POST', headers = json, body = '{}' } = given
    const sent = request(server.origin, { method, path, headers, agent: false }, (reply) => {
      let text = ''
      reply.on('data', (chunk) => (text += String(chunk)))
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, text }))
    })
    // Node answers headers over its bound with 431 and hangs up, sometimes before the answer is read.
    sent.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? resolve({ status: 431, text: '' }) : reject(error)))
    sent.end(body)
  })
}

async function batch(at: At, requests: unknown, headers: Record<string, string> = {}) {
  const reply = await at.server.post('/$batch', { requests }, headers)
  return { reply, parts: (reply.body?.responses ?? []) as { status: number; headers: Record<string, unknown>; body: any }[] }
}

const partOutcome = (part: { status: number }): Outcome => ({ status: part.status, text: JSON.stringify(part) })
const rpc = (method: string, params: unknown, id: number = 1) => ({ jsonrpc: '2.0', id, method, params })

const brackets = [
  'x' + '[a]'.repeat(1000) + '=1',
  Array(1001).fill('x[]=1').join('&'),
  'x[1000000000]=1',
  Array(1001).fill('x=1').join('&'),
]
const depth = (levels: number) => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels)) as unknown
const malformed = ['{"x":NaN}', '{"x":Infinity}', '{x:1}', '{"x":1', "{'x':1}", '\u0000']

const types = [
  'text/plain',
  'application/json, text/plain',
  'application/jsonx',
  'application/json\t;charset=utf-8',
  'APPLICATION/JSON',
  'application/json;',
  'multipart/form-data',
  '',
]

const paths = ['/%zz', '/%00', '//', '/./', '/..;/', `/${'a'.repeat(20_000)}`]

const poisons = [
  '{"x":{"__proto__":{"polluted":true}}}',
  '{"__proto__":{"polluted":true}}',
  '{"x":[{"a":{"__proto__":{"polluted":true}}}]}',
  '{"x":{"constructor":{"prototype":{"polluted":true}}}}',
  '{"x":{"prototype":{"polluted":true}}}',
]

const names = [
  'Note.constructor',
  'Note.toString',
  'Note.__proto__',
  'Note.hasOwnProperty',
  'Note.prototype.constructor',
  'Note.prototype.__proto__',
  'constructor.create',
  '__proto__.find',
  'toString.call',
]

/** Type, value as JSON, and what the method gets; 400 where it is refused. */
const conversions: readonly (readonly [type: string, value: unknown, got: unknown])[] = [
  ['boolean', 'false', 400],
  ['boolean', '0', 400],
  ['boolean', 0, 400],
  ['boolean', [], 400],
  ['boolean', false, false],
  ['date', '0000-00-00', 400],
  ['date', '+275761-01-01T00:00:00Z', 400],
  ['date', {}, 400],
  ['date', 8.64e15 + 1, 400],
  ['date', '2016-05-19T13:28:51.299Z', '2016-05-19T13:28:51.299Z'],
  ['number', '1', 400],
  ['number', '', 400],
  ['number', [], 400],
  ['number', 1.5, 1.5],
  ['string', 1, 400],
  ['string', {}, 400],
  ['string', '', ''],
]

const spellings = [
  '/API/Note/secret',
  '/api/%4eote/secret',
  '/api/Note/%73ecret',
  '/api/Note/secret/',
  '/api/NOTE/SECRET',
  '//api/Note/secret',
]
const overrides: readonly Record<string, string>[] = [
  { 'x-http-method-override': 'GET' },
  { 'x-original-url': '/api/Note/any' },
  { 'x-rewrite-url': '/api/Note/any' },
]

async function renamed({ call }: At): Promise<void> {
  for (const name of [
    'Note.secret',
    'Note.covert',
    'note.secret',
    'Note.Secret',
    'Note.secret ',
    ' Note.secret',
    'Note..secret',
    'Note.prototype.secret',
  ])
    await expectRefused(await call(name), [401, 404])
}

const others = ['null', 'https://evil.com', 'https://good.com.evil', 'https://evilgood.com', 'http://good.com', 'https://good.com:444']

async function crossOrigin({ server }: At, path: string, body: unknown): Promise<void> {
  const post = (origin: string) => server.post(path, body, { origin })
  for (const origin of others) {
    const { headers } = await post(origin)
    expect(headers['access-control-allow-origin']).toBeUndefined()
    const preflight = await server.send({ method: 'OPTIONS', path, headers: { origin, 'access-control-request-method': 'POST' } })
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined()
  }
  expect((await post('https://good.com')).headers).toMatchObject({
    'access-control-allow-origin': 'https://good.com',
    'access-control-allow-credentials': 'true',
  })
}

async function tooMany(outcomes: readonly Promise<Outcome>[]): Promise<void> {
  const statuses = (await Promise.all(outcomes)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0)
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(50)
}

/** The attacks of groups B, C, E and H that concern what is shared, over every way in. */
export const lines: readonly Line[] = [
  {
    line: 25,
    title: 'queries of a thousand brackets, long lists and huge indexes are refused',
    all: async ({ call }) => {
      for (const query of brackets) await expectRefused(await call('Note.any', { query }), [400, 431])
    },
    own: {
      'socket.io': async ({ call }) => {
        // Its client sends a parameter of a name once.
        for (const query of [brackets[0], brackets[2]]) await expectRefused(await call('Note.any', { query }))
      },
    },
  },
  {
    line: 28,
    title: 'bodies that are too large, too deep or malformed are refused',
    all: async ({ call, server, transport }) => {
      await expectRefused(await call('Note.any', { args: { x: 'x'.repeat(200_000) } }), [413])
      await expectRefused(await call('Note.any', { args: depth(40) }))
      const path = { REST: '/Note/any', batch: '/$batch', 'JSON-RPC': '/jsonrpc' }[transport as string]!
      for (const body of malformed) {
        const reply = await server.send({ method: 'POST', path, body, headers: json })
        await expectRefused({ status: reply.status, text: reply.text })
      }
    },
    own: {
      WebSocket: async ({ call, server }) => {
        await expectRefused(await call('Note.any', { args: { x: 'x'.repeat(200_000) } }), [1009])
        await expectRefused(await call('Note.any', { args: depth(40) }))
        const socket = (await openSocket(server.origin)) as WebSocket
        for (const text of [...malformed, '']) await expectRefused(await exchange(socket, text))
        socket.terminate()
      },
      'socket.io': async ({ call }) => {
        await expectRefused(await call('Note.any', { args: depth(40) }))
        // The size of a message is bounded by the application's own server of socket.io.
        await expectRefused(await call('Note.any', { args: { x: 'x'.repeat(2_000_000) } }), [0])
      },
    },
  },
  {
    line: 29,
    title: 'odd content types never skip what checks a body',
    all: async (at) => {
      const path = { REST: '/api/Note/number', batch: '/api/$batch', 'JSON-RPC': '/api/jsonrpc' }[at.transport as string]!
      const bodies: Record<string, unknown> = {
        REST: { x: 'text' },
        batch: { requests: [{ method: 'POST', path: '/Note/number', body: { x: 'text' } }] },
        'JSON-RPC': rpc('Note.number', { x: 'text' }),
      }
      for (const type of types) {
        const outcome = await raw(at, path, {
          headers: type === '' ? {} : { 'content-type': type },
          body: JSON.stringify(bodies[at.transport]),
        })
        expect(outcome.status).toBeLessThan(500)
        expect(ran).toEqual([])
        expectClean(outcome)
        if (at.transport !== 'batch') continue
        const { parts } = await batch(at, [
          { method: 'POST', path: '/Note/number', headers: { 'content-type': type || 'text/plain' }, body: { x: 'text' } },
        ])
        await expectRefused(partOutcome(parts[0]!), [400, 413, 415])
      }
    },
    own: {
      WebSocket: async ({ server }) => {
        const socket = (await openSocket(server.origin)) as WebSocket
        const closed = new Promise<number>((resolve) => socket.once('close', resolve))
        socket.send(Buffer.from(JSON.stringify(rpc('Note.any', { x: 1 }))))
        expect(await closed).toBe(1003)
        expect(ran).toEqual([])
      },
      'socket.io': no('messages have no content type: the protocol parses them'),
    },
  },
  {
    line: 30,
    title: 'malformed URLs are answered with 400, 404 or 414, and nothing of the inside',
    own: {
      REST: async (at) => {
        for (const path of paths) await expectRefused(await raw(at, `/api${path}Note/any`), [400, 404, 414, 431])
        await expectRefused(await raw(at, '/api/Note/any;x=1'), [404])
      },
      batch: async (at) => {
        for (const path of paths) {
          const { reply, parts } = await batch(at, [{ method: 'POST', path: `${path}Note/any`, body: {} }])
          await expectRefused(parts[0] ? partOutcome(parts[0]) : { status: reply.status, text: reply.text.slice(0, 4000) }, [400, 404, 414])
        }
      },
      'JSON-RPC': async (at) => {
        const body = JSON.stringify(rpc('Note.any', {}))
        for (const path of paths) {
          const outcome = await raw(at, `/api${path}jsonrpc`, { body })
          await expectRefused(outcome.status === 200 ? rpcOutcome(outcome.text) : outcome, [400, 404, 414, 431])
        }
      },
      WebSocket: async ({ server }) => {
        for (const path of ['/%zz', '/%00', '//', '/..;/', `/${'a'.repeat(20_000)}`])
          await expectRefused((await openSocket(server.origin, {}, `/api${path}ws`)) as Outcome, [400, 404, 414, 431])
      },
      'socket.io': no('the path of the connection is matched by socket.io; names of methods are no paths'),
    },
  },
  {
    line: 32,
    title: 'several calls in one are capped, never nested, and judged one by one',
    own: {
      REST: no('a request is one call'),
      batch: async (at) => {
        const part = { method: 'POST', path: '/Note/secret', body: {} }
        const { reply } = await batch(at, Array(101).fill(part))
        await expectRefused({ status: reply.status, text: reply.text }, [413])
        const { parts } = await batch(at, [
          part,
          { method: 'POST', path: '/$batch', body: { requests: [part] } },
          { ...part, path: '/%24batch' },
        ])
        expect(parts.map(({ status }) => status)).toEqual([401, 400, 404])
        expect(ran).toEqual([])
      },
      'JSON-RPC': async ({ server }) => {
        const call = rpc('Note.secret', {})
        const many = await server.post('/jsonrpc', Array(51).fill(call))
        await expectRefused({ status: many.status, text: many.text }, [413])
        const mixed = await server.post('/jsonrpc', [call, [call], rpc('Note.any', { x: 1 }, 2)])
        expect(mixed.body.map((one: any) => one.error?.data.statusCode ?? one.result)).toEqual([401, 400, { got: 1 }])
      },
      WebSocket: async ({ server }) => {
        const socket = (await openSocket(server.origin)) as WebSocket
        await expectRefused(await exchange(socket, JSON.stringify(Array(51).fill(rpc('Note.secret', {})))), [413])
        await expectRefused(await exchange(socket, JSON.stringify(rpc('Note.secret', {}))), [401])
        const statuses: number[] = []
        socket.on('message', (data) => statuses.push(JSON.parse(String(data)).error?.data.statusCode ?? 200))
        for (let id = 0; id < 60; id++) socket.send(JSON.stringify(rpc('Note.slow', {}, id)))
        await until(() => statuses.length === 60)
        await tooMany(statuses.map((status) => Promise.resolve({ status, text: '' })))
        socket.terminate()
      },
      'socket.io': async ({ server }) => {
        const socket = io(server.origin, { transports: ['polling'], forceNew: true, reconnection: false })
        const statuses: number[] = []
        socket.on('result', ({ err }) => statuses.push(err?.statusCode ?? 200))
        for (let id = 0; id < 60; id++) socket.emit('invoke', 'Note.slow', {}, {}, id)
        await until(() => statuses.length === 60)
        socket.disconnect()
        await tooMany(statuses.map((status) => Promise.resolve({ status, text: '' })))
      },
    },
  },
  {
    line: 33,
    title: 'keys that reach for a prototype are refused at any depth',
    all: async ({ call }) => {
      for (const text of poisons) await expectRefused(await call('Note.object', { args: JSON.parse(text) }))
      for (const query of ['__proto__[polluted]=1', 'x[__proto__][polluted]=1', 'x[constructor][prototype][polluted]=1'])
        await expectRefused(await call('Note.object', { query }))
    },
  },
  {
    line: 34,
    title: 'names that every object has are no methods',
    all: async ({ call }) => {
      for (const name of names) await expectRefused(await call(name, name.includes('prototype.') ? { id: 1 } : {}), [404])
    },
  },
  {
    line: 36,
    title: 'lists and objects are refused where one value is declared',
    all: async ({ call, transport }) => {
      for (const type of ['string', 'number', 'boolean', 'date']) {
        for (const x of [['a', 'b'], [1], { a: 1 }, []]) await expectRefused(await call(`Note.${type}`, { args: { x } }))
        if (transport !== 'REST' && transport !== 'batch') continue
        for (const query of ['x=1&x=2', 'x[a]=1', 'x[]=1']) await expectRefused(await call(`Note.${type}`, { query }))
      }
    },
  },
  {
    line: 38,
    title: 'values become what the table says, or are refused',
    all: async ({ call }) => {
      for (const [type, x, got] of conversions) {
        const outcome = await call(`Note.${type}`, { args: { x } })
        expect([type, x, outcome.status === 200 ? outcome.value.got : outcome.status]).toEqual([type, x, got])
      }
    },
  },
  {
    line: 50,
    title: 'another spelling meets the same decision',
    all: renamed,
    own: {
      REST: async (at) => {
        for (const path of spellings) await expectRefused(await raw(at, path), [401, 404])
        for (const headers of overrides) await expectRefused(await raw(at, '/api/Note/secret', { headers: { ...json, ...headers } }), [401])
        await expectRefused(await raw(at, '/api/Note/secret?_method=GET'), [401])
      },
      batch: async (at) => {
        const spelled = spellings.map((path) => ({ method: 'POST', path: path.replace(/^\/(api|API)/, ''), body: {} }))
        for (const part of [...spelled, ...overrides.map((headers) => ({ method: 'POST', path: '/Note/secret', headers, body: {} }))]) {
          const { reply, parts } = await batch(at, [part])
          await expectRefused(parts[0] ? partOutcome(parts[0]) : { status: reply.status, text: reply.text }, [400, 401, 404])
        }
      },
    },
  },
  {
    line: 55,
    title: 'what the server makes cannot be given',
    all: async ({ call }) => {
      const given = {
        options: { user: 'root', skipAcl: true },
        ctx: { methodString: 'x' },
        accessToken: { id: 'root' },
        skipAcl: true,
        tx: 1,
      }
      const outcome = await call('Note.who', { args: { a: 1, ...given } })
      expect(outcome.value).toEqual({ a: 1, options: { user: 'nobody' }, method: 'Note.who', tokenType: 'object' })
    },
  },
  {
    line: 57,
    title: 'whoever fails to authenticate is refused, not let in as nobody',
    all: async ({ call }) => {
      await expectRefused(await call('Note.any', { headers: { authorization: 'forged' } }), [401])
      await expectRefused(await call('Note.any', { query: 'access_token=forged' }), [401])
    },
  },
  {
    line: 58,
    title: 'a revoked token ends what it has opened',
    own: {
      REST: async ({ server }) => {
        const reply = await fetch(`${server.origin}/api/Note/ticks`, {
          method: 'POST',
          headers: { authorization: 'ada', accept: 'text/event-stream' },
        })
        expect(reply.status).toBe(200)
        tokens.delete('ada')
        expect(await readUntil(reply, 'event: error')).toContain('STREAM_REVOKED')
      },
      batch: async (at) => {
        const { parts } = await batch(at, [{ method: 'POST', path: '/Note/ticks', body: {} }], { authorization: 'ada' })
        await expectRefused(partOutcome(parts[0]!))
      },
      'JSON-RPC': async ({ call }) => expectRefused(await call('Note.ticks', { headers: { authorization: 'ada' } })),
      WebSocket: async ({ server }) => {
        const socket = (await openSocket(server.origin, { authorization: 'ada' })) as WebSocket
        const closed = new Promise<number>((resolve) => socket.once('close', resolve))
        expect((await exchange(socket, JSON.stringify(rpc('Note.ticks', {})))).value).toEqual({ subscription: '1' })
        tokens.delete('ada')
        expect(await closed).toBe(4401)
        const seen = socket.listenerCount('message')
        log.publish(1)
        expect(socket.listenerCount('message')).toBe(seen)
      },
      'socket.io': async ({ server }) => {
        const socket = io(server.origin, {
          extraHeaders: { authorization: 'ada' },
          transports: ['polling'],
          forceNew: true,
          reconnection: false,
        })
        await new Promise<void>((resolve) => socket.on('connect', resolve))
        const gone = new Promise((resolve) => socket.on('disconnect', resolve))
        tokens.delete('ada')
        await gone
      },
    },
  },
  {
    line: 75,
    title: 'pages of origins that are not named get nothing',
    own: {
      REST: async (at) => crossOrigin(at, '/Note/any', { x: 1 }),
      batch: async (at) => crossOrigin(at, '/$batch', { requests: [{ method: 'POST', path: '/Note/any', body: {} }] }),
      'JSON-RPC': async (at) => crossOrigin(at, '/jsonrpc', rpc('Note.any', { x: 1 })),
      WebSocket: async ({ call }) => {
        for (const origin of others) await expectRefused(await call('Note.any', { headers: { origin } }), [403])
        expect(await call('Note.any', { headers: { origin: 'https://good.com' } })).toMatchObject({ status: 200 })
      },
      'socket.io': async ({ call }) => {
        for (const origin of others) await expectRefused(await call('Note.any', { headers: { origin } }), [403])
        expect(await call('Note.any', { headers: { origin: 'https://good.com' } })).toMatchObject({ status: 200 })
      },
    },
  },
]
