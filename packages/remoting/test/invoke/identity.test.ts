import { type HttpContext, type RemoteObjects, type RequestView } from '../../src'
import { serveEverywhere, transportNames, type Everywhere } from '../transports'

const root = { arg: 'x', type: 'any', root: true }
const tokens = new Map<string, { id: string }>()
let asked = 0

/** As an application does it: a token stays on the request once it is there. */
async function identify(req: RequestView): Promise<void> {
  if (req.accessToken !== undefined) return
  asked++
  await Promise.resolve()
  const sent = req.get('authorization') ?? (req.query.access_token as string | undefined)
  if (sent === 'expired') throw Object.assign(new Error('Invalid Access Token'), { statusCode: 401, code: 'INVALID_TOKEN' })
  req.accessToken = (sent === undefined ? undefined : tokens.get(sent)) ?? null
}

const refused = () => Object.assign(new Error('Authorization Required'), { statusCode: 401, code: 'AUTHORIZATION_REQUIRED' })
const compiledFor: string[] = []

function protect(remotes: RemoteObjects): void {
  remotes.identify = identify
  remotes.authorizationOf = (method) => {
    compiledFor.push(method.stringName)
    if (method.name === 'open') return undefined
    return (ctx: HttpContext) => {
      if (!ctx.req.accessToken) throw refused()
    }
  }
}

const notes = {
  Note: {
    open: { accepts: { arg: 'ctx', type: 'object', http: { source: 'context' } as const }, returns: root, fn: who },
    secret: { accepts: { arg: 'a', type: 'number' }, returns: root, fn: (a: number) => a },
    'prototype.read': { returns: root, fn: () => 'read' },
  },
}

function who(ctx: HttpContext) {
  return { token: (ctx.req.accessToken as { id?: string } | null)?.id ?? 'nobody' }
}

let server: Everywhere
beforeAll(async () => {
  server = await serveEverywhere(notes, { prepare: protect })
})
afterAll(() => server.close())
beforeEach(() => {
  tokens.clear()
  tokens.set('a', { id: 'ada' })
  asked = 0
  compiledFor.length = 0
})

describe.each(transportNames)('over %s', (transport) => {
  it('says who sends a request before anything else, once', async () => {
    expect(await server.call(transport, 'Note.open', { headers: { authorization: 'a' } })).toMatchObject({
      status: 200,
      value: { token: 'ada' },
    })
    expect(asked).toBe(1)
    expect(await server.call(transport, 'Note.open')).toMatchObject({ value: { token: 'nobody' } })
  })

  it('asks the rule of a method whether it may be called', async () => {
    expect(await server.call(transport, 'Note.secret', { args: { a: 1 } })).toMatchObject({
      status: 401,
      error: { code: 'AUTHORIZATION_REQUIRED' },
    })
    expect(await server.call(transport, 'Note.prototype.read', { id: 7 })).toMatchObject({ status: 401 })
    expect(await server.call(transport, 'Note.secret', { args: { a: 1 }, headers: { authorization: 'a' } })).toMatchObject({
      status: 200,
      value: 1,
    })
  })

  it('57: lets nobody in whose identity cannot be told, not even where anybody may call', async () => {
    const outcome = await server.call(transport, 'Note.open', { headers: { authorization: 'expired' } })
    expect(outcome).toMatchObject({ status: 401, error: { code: 'INVALID_TOKEN' } })
    expect(outcome.text).not.toContain('nobody')
  })
})

describe('the rule of a method', () => {
  it('is made once per method, and anew when what decides has changed', async () => {
    const headers = { authorization: 'a' }
    server.remotes.authorizationOf = (method) => void compiledFor.push(method.stringName)
    for (let time = 0; time < 3; time++)
      expect(await server.call('REST', 'Note.secret', { args: { a: time }, headers })).toMatchObject({ value: time })
    expect(compiledFor).toEqual(['Note.secret'])
    protect(server.remotes)
    expect(await server.call('REST', 'Note.secret', { args: { a: 1 } })).toMatchObject({ status: 401 })
  })
})

describe('a batch of calls', () => {
  it('is of one sender: who it is, is asked once', async () => {
    const call = (id: number) => ({ jsonrpc: '2.0', id, method: 'Note.open', params: {} })
    const reply = await server.post('/jsonrpc', [call(1), call(2), call(3)], { authorization: 'a' })
    expect(reply.body.map((one: any) => one.result.token)).toEqual(['ada', 'ada', 'ada'])
    expect(asked).toBe(1)
  })

  it('is refused call by call when the sender cannot be told', async () => {
    const reply = await server.post('/jsonrpc', [{ jsonrpc: '2.0', id: 1, method: 'Note.open' }], { authorization: 'expired' })
    expect(reply.body).toMatchObject([{ id: 1, error: { data: { code: 'INVALID_TOKEN' } } }])
  })
})
