import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient, RemoteObjects, RestClient, connectionOf, type Contract, type StreamEvent } from '../../src'
import { listen } from '../listen'
import { closeAll, serve, share, type Shared } from '../serve'

const classes: Record<string, Record<string, Shared>> = {
  Note: {
    echo: {
      accepts: [
        { arg: 'text', type: 'string', required: true },
        { arg: 'when', type: 'date' },
        { arg: 'tags', type: ['string'] },
      ],
      returns: { arg: 'all', type: 'object', root: true },
      http: { verb: 'get' },
      fn: (text: string, when?: Date, tags?: string[]) => ({ text, when, tags }),
    },
    save: {
      accepts: [
        { arg: 'data', type: 'object', http: { source: 'body' } },
        { arg: 'dry', type: 'boolean', http: { source: 'query' } },
        { arg: 'x-who', type: 'string', http: { source: 'header' } },
      ],
      returns: { arg: 'saved', type: 'object', root: true },
      http: { verb: 'post' },
      fn: (data: unknown, dry: unknown, who: unknown) => ({ data, dry, who }),
    },
    both: {
      returns: [
        { arg: 'a', type: 'number' },
        { arg: 'b', type: 'buffer', root: false },
      ],
      http: { verb: 'get' },
      fn: () => [1, Buffer.from('hi')],
    },
    today: { returns: { arg: 'day', type: 'date', root: true }, http: { verb: 'get' }, fn: () => new Date(0) },
    fail: {
      http: { verb: 'post' },
      fn: () =>
        Promise.reject(
          Object.assign(new Error('No such note'), { name: 'NoteError', statusCode: 404, code: 'NOTE_UNKNOWN', details: { id: 7 } }),
        ),
    },
    toString: { returns: { arg: 'x', type: 'string', root: true }, http: { verb: 'get', path: '/as-text' }, fn: () => 'text' },
    ticks: {
      returns: { arg: 'ticks', type: 'ReadableStream', json: true },
      http: { verb: 'get' },
      fn: async function* () {
        yield 1
        yield { n: 2 }
      },
    },
    'prototype.rename': {
      accepts: { arg: 'name', type: 'string', http: { source: 'form' } },
      returns: { arg: 'result', type: 'string', root: true },
      http: { verb: 'put', path: '/name' },
      fn(this: { id: unknown }, name: string) {
        return `${String(this.id)}:${name}`
      },
    },
  },
}

let api: any
let contract: Contract
let origin: string
beforeAll(async () => {
  const server = await serve(classes)
  origin = await listen(server)
  contract = JSON.parse(JSON.stringify(server.remotes.contract({ basePath: '/api' }))) as Contract
  api = createClient(contract, origin)
})
afterAll(closeAll)

describe('a client made from a contract', () => {
  it('sends arguments where the contract says and reads results back', async () => {
    expect(await api.Note.echo({ text: 'a&b=ü', when: new Date(0), tags: ['x', 'y,z'] })).toEqual({
      text: 'a&b=ü',
      when: '1970-01-01T00:00:00.000Z',
      tags: ['x', 'y,z'],
    })
    expect(await api.Note.save({ data: { n: 1 }, dry: true, 'x-who': 'me' })).toEqual({ data: { n: 1 }, dry: true, who: 'me' })
    expect(await api.Note.prototype.rename({ id: 7, name: 'Ada' })).toBe('7:Ada')
  })

  it('gives several results by name, and dates and bytes as such', async () => {
    expect(await api.Note.both()).toEqual({ a: 1, b: Buffer.from('hi') })
    expect(await api.Note.today()).toEqual(new Date(0))
  })

  it('reads a stream as it comes', async () => {
    const seen: unknown[] = []
    for await (const event of (await api.Note.ticks()) as AsyncIterable<StreamEvent>) seen.push(event.data)
    expect(seen).toEqual([1, { n: 2 }])
  })

  it('restores errors with message, name, status, code and details', async () => {
    await expect(api.Note.fail()).rejects.toMatchObject({
      name: 'NoteError',
      message: 'No such note',
      statusCode: 404,
      code: 'NOTE_UNKNOWN',
      details: { id: 7 },
    })
    await expect(api.Note.echo({})).rejects.toMatchObject({ statusCode: 400, message: 'text is a required argument' })
  })

  it('34: has the methods of the contract and nothing else, whatever they are called', async () => {
    expect(await api.Note.toString()).toBe('text')
    expect(api.Note.constructor).toBeUndefined()
    expect(api.__proto__).toBeUndefined()
    expect(api.constructor).toBeUndefined()
  })

  it('refuses ids that would lead a URL elsewhere, and sends others whole', async () => {
    for (const id of ['..', '.', '']) {
      await expect(api.Note.prototype.rename({ id, name: 'x' })).rejects.toMatchObject({ code: 'CLIENT_ARGUMENT_MISSING' })
    }
    await expect(api.Note.prototype.rename({ id: '7/../8', name: 'x' })).rejects.toMatchObject({ statusCode: 400 })
  })

  it('speaks http and https only', () => {
    expect(() => createClient(contract, 'file:///etc/passwd')).toThrow('must begin with http')
  })
})

describe('remotes.connect and invoke', () => {
  const local = () => {
    const remotes = RemoteObjects.create()
    remotes.addClass(share('Note', classes.Note!))
    remotes.connect(`${origin}/api`, 'rest')
    return remotes
  }

  it('call methods of the server by position, with promises', async () => {
    const remotes = local()
    expect(await remotes.invoke('Note.echo', ['hello'])).toEqual({ text: 'hello' })
    expect(await remotes.invoke('Note.prototype.rename', [7], ['Ada'])).toBe('7:Ada')
    expect([...((await remotes.invoke('Note.both', [])) as unknown[])]).toEqual([1, Buffer.from('hi')])
  })

  it('call back with the results one by one', async () => {
    const remotes = local()
    const got = await new Promise((resolve) => remotes.invoke('Note.both', [], [], (...all: unknown[]) => resolve(all)))
    expect(got).toEqual([null, 1, Buffer.from('hi')])
    const failed = await new Promise((resolve) => remotes.invoke('Note.fail', [], (error: unknown) => resolve(error)))
    expect(failed).toMatchObject({ code: 'NOTE_UNKNOWN', statusCode: 404 })
  })

  it('run hooks on this side', async () => {
    const remotes = local()
    const seen: unknown[] = []
    remotes.before('Note.echo', (ctx: { methodString: string; args: unknown }) => void seen.push(ctx.methodString, ctx.args))
    remotes.after('Note.*', (ctx: { result: unknown }) => (ctx.result = { seen: ctx.result }))
    expect(await remotes.invoke('Note.echo', ['hello'])).toEqual({ seen: { text: 'hello' } })
    expect(seen).toEqual(['Note.echo', ['hello']])
  })

  it('send the token of a call along where the setting says so', async () => {
    const sent: unknown[] = []
    const fetching: typeof fetch = (url, init) => {
      sent.push((init?.headers as Record<string, string>).authorization)
      return fetch(url, init)
    }
    for (const passAccessToken of [true, false]) {
      const remotes = RemoteObjects.create({ rest: { passAccessToken } })
      const { echo } = classes.Note!
      const options = { arg: 'options', type: 'object', http: () => ({}) }
      remotes.addClass(share('Note', { echo: { ...echo!, accepts: [echo!.accepts!, options].flat() } }))
      remotes.connect(`${origin}/api`, 'rest', { fetch: fetching })
      expect(await remotes.invoke('Note.echo', ['hello', undefined, undefined, { accessToken: { id: 'abc' } }])).toEqual({ text: 'hello' })
    }
    expect(sent).toEqual(['abc', undefined])
  })

  it('say what is missing', async () => {
    expect(() => RemoteObjects.create().invoke('Note.echo', ['x'])).toThrow(expect.objectContaining({ code: 'CLIENT_NOT_CONNECTED' }))
    expect(() => RemoteObjects.create().connect(origin, 'jsonrpc')).toThrow(expect.objectContaining({ code: 'CLIENT_ADAPTER_UNKNOWN' }))
    await expect(local().invoke('Note.nothing', [])).rejects.toMatchObject({ code: 'CLIENT_METHOD_UNKNOWN' })
    await expect(local().invoke('Note.today', [1])).rejects.toMatchObject({ code: 'CLIENT_ARGUMENTS_EXCESS' })
  })
})

describe('a server that misbehaves', () => {
  const servers: Server[] = []
  const against = async (handler: RequestListener, options = {}) => {
    const server = createServer(handler)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new RestClient(contract, connectionOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, options))
  }
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections()
  })

  it('is asked again for what changes nothing, and only for that', async () => {
    const verbs: string[] = []
    const client = await against((req, res) => {
      verbs.push(req.method!)
      res.statusCode = verbs.length < 3 ? 503 : 200
      res.end('{"text":"done"}')
    })
    expect(await client.call('Note.echo', { text: 'x' })).toEqual({ text: 'done' })
    verbs.length = 0
    await expect(client.call('Note.save', { data: {} })).rejects.toMatchObject({ statusCode: 503 })
    expect(verbs).toEqual(['POST'])
  })

  it('is given up after the time-out, also in the middle of a body, and when the caller says so', async () => {
    const silent = await against(() => {}, { timeout: 50 })
    await expect(silent.call('Note.echo', { text: 'x' })).rejects.toMatchObject({ code: 'CLIENT_TIMEOUT', statusCode: 504 })
    const stuck = await against((_req, res) => void res.write('{"a":'), { timeout: 50 })
    await expect(stuck.call('Note.echo', { text: 'x' })).rejects.toMatchObject({ code: 'CLIENT_TIMEOUT' })
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('enough')), 20)
    const patient = await against(() => {})
    await expect(patient.call('Note.echo', { text: 'x' }, { signal: controller.signal })).rejects.toThrow('enough')
  })

  it('cannot send without end, redirect, or change a prototype', async () => {
    const large = await against((_req, res) => res.end(JSON.stringify('x'.repeat(5000))), { maxReply: 1000 })
    await expect(large.call('Note.echo', { text: 'x' })).rejects.toMatchObject({ code: 'CLIENT_REPLY_TOO_LARGE' })
    const elsewhere = await against((_req, res) => res.writeHead(302, { location: `${origin}/api/Note/echo?text=x` }).end(), { retries: 0 })
    await expect(elsewhere.call('Note.echo', { text: 'x' })).rejects.toMatchObject({ code: 'CLIENT_UNREACHABLE' })
    const poison = await against((_req, res) => res.end('{"__proto__":{"polluted":1}}'))
    await expect(poison.call('Note.echo', { text: 'x' })).rejects.toMatchObject({ code: 'REMOTING_KEY_REFUSED' })
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    const page = await against((_req, res) => res.end('<html>'))
    await expect(page.call('Note.echo', { text: 'x' })).rejects.toMatchObject({ code: 'CLIENT_REPLY_UNREADABLE' })
  })

  it('is told who asks, in a header and not in the URL', async () => {
    const seen: unknown[] = []
    const server = await against((req, res) => {
      seen.push(req.headers.authorization)
      res.end('{}')
    })
    const { base } = server.connection
    const as = (options: object, url = base) => new RestClient(contract, connectionOf(url, options)).call('Note.echo', { text: 'x' })
    await as({ auth: { bearer: 'secret' } })
    await as({}, base.replace('http://', 'http://ada:p%40ss@'))
    expect(seen).toEqual(['Bearer secret', `Basic ${Buffer.from('ada:p@ss').toString('base64')}`])
    await expect(
      new RestClient(contract, connectionOf('http://ada:pass@127.0.0.1:1', { retries: 0 })).call('Note.echo', { text: 'x' }),
    ).rejects.toThrow(expect.objectContaining({ code: 'CLIENT_UNREACHABLE', message: expect.not.stringContaining('pass') }))
  })
})
