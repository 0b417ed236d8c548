import { SharedClass, type HttpContext } from '../../src'
import { closeAll, serve, type Shared } from '../serve'

afterAll(closeAll)

const root = { arg: 'x', type: 'any', root: true }
const find: Shared = { http: { verb: 'get' }, returns: root, fn: () => ['found'] }
const read: Shared = {
  http: { verb: 'get', path: '/' },
  returns: root,
  fn(this: { id: number }) {
    return { id: this.id }
  },
}

describe('hooks', () => {
  it('of another method run for one that stands for it, each once', async () => {
    const seen: string[] = []
    const { get } = await serve(
      { Note: { find, nested: { ...find, rest: { hooksOf: 'Note.find' } } } },
      {
        prepare(remotes) {
          remotes.before('Note.find', async () => void seen.push('found'))
          remotes.before('**', async () => void seen.push('all'))
          remotes.after('Note.nested', async () => void seen.push('own'))
        },
      },
    )
    await get('/Note/nested')
    expect(seen).toEqual(['all', 'found', 'own'])
  })

  it('take callbacks, promises and plain functions alike', async () => {
    const seen: string[] = []
    const { get } = await serve(
      { Note: { find } },
      {
        prepare(remotes) {
          remotes.before('Note.find', (_ctx: HttpContext, next: () => void) => setTimeout(() => (seen.push('callback'), next()), 5))
          remotes.before('Note.find', async () => void seen.push('promise'))
          remotes.before('Note.find', () => void seen.push('plain'))
          remotes.after('Note.find', (ctx: HttpContext) => void (ctx.result = [...(ctx.result as string[]), 'changed']))
        },
      },
    )
    expect((await get('/Note/find')).body).toEqual(['found', 'changed'])
    expect(seen).toEqual(['callback', 'promise', 'plain'])
  })

  it('run by name first, then `*`, then `**`, in order of registration within each', async () => {
    const seen: string[] = []
    const { get } = await serve(
      { Note: { find } },
      {
        prepare: (remotes) =>
          ['**', '*.find', 'Note.find', 'Note.*', 'Note.find'].forEach((name, index) =>
            remotes.before(name, () => void seen.push(`${name} ${index}`)),
          ),
      },
    )
    await get('/Note/find')
    expect(seen).toEqual(['Note.find 2', 'Note.find 4', 'Note.* 3', '*.find 1', '** 0'])
  })

  it('match methods of instances only with a prototype in the name, or `**`', async () => {
    const seen: string[] = []
    const { get } = await serve(
      { Note: { 'prototype.read': read } },
      {
        prepare: (remotes) =>
          ['Note.*', 'Note.prototype.*', 'Note.**', 'Note.read'].forEach((name) => remotes.before(name, () => void seen.push(name))),
      },
    )
    expect((await get('/Note/7')).body).toEqual({ id: 7 })
    expect(seen).toEqual(['Note.prototype.*', 'Note.**'])
  })

  it('have the instance or the class as `this`, and get the method', async () => {
    const seen: unknown[] = []
    const { get } = await serve(
      { Note: { find, 'prototype.read': read } },
      {
        prepare: (remotes) =>
          remotes.before(
            '**',
            function (this: { id?: number; name?: string }, _ctx: HttpContext, next: () => void, method: { name: string }) {
              seen.push([this.id ?? this.name, method.name])
              next()
            },
          ),
      },
    )
    await get('/Note/find')
    await get('/Note/7')
    expect(seen).toEqual([
      ['Note', 'find'],
      [7, 'read'],
    ])
  })

  it('may change arguments and may stop the call', async () => {
    const called: string[] = []
    const fn = (x: string) => (called.push(x), x)
    const echo: Shared = { accepts: { arg: 'x', type: 'string' }, returns: root, http: { verb: 'get' }, fn }
    const { get } = await serve(
      { Note: { echo } },
      {
        prepare: (remotes) =>
          remotes.before('Note.echo', (ctx: HttpContext, next: (error?: Error) => void) => {
            if (ctx.args.x === 'no') return next(Object.assign(new Error('vetoed'), { statusCode: 403 }))
            ctx.args.x = `${String(ctx.args.x)}!`
            next()
          }),
      },
    )
    expect((await get('/Note/echo?x=hi')).body).toBe('hi!')
    expect((await get('/Note/echo?x=no')).body.error).toMatchObject({ statusCode: 403, message: 'vetoed' })
    expect(called).toEqual(['hi!'])
  })

  it('for errors see the error and may replace but not swallow it', async () => {
    const failing: Shared = {
      ...find,
      fn: () => {
        throw new Error('original')
      },
    }
    const { get } = await serve(
      { Note: { find: failing } },
      {
        prepare(remotes) {
          remotes.afterError('Note.find', async () => undefined)
          remotes.afterError('**', (ctx: HttpContext) => {
            throw Object.assign(new Error(`not ${(ctx.error as Error).message}`), { statusCode: 409 })
          })
        },
      },
    )
    expect((await get('/Note/find')).body.error).toMatchObject({ statusCode: 409, message: 'not original' })
  })

  it('added after start are honoured', async () => {
    const { remotes, get } = await serve({ Note: { find } })
    await get('/Note/find')
    remotes.after('Note.find', (ctx: HttpContext) => void (ctx.result = 'late'))
    expect((await get('/Note/find')).body).toBe('late')
  })

  it('give the values of the request that ran before them, not of another that overlaps', async () => {
    const echo: Shared = {
      accepts: { arg: 'x', type: 'number' },
      returns: root,
      http: { verb: 'get' },
      fn: (x: number) => new Promise((resolve) => setTimeout(resolve, 10 - x, x)),
    }
    const { get } = await serve(
      { Note: { echo } },
      { prepare: (remotes) => remotes.after('**', (ctx: HttpContext) => void (ctx.result = [ctx.args.x, ctx.result])) },
    )
    const replies = await Promise.all([1, 5, 9].map((x) => get(`/Note/echo?x=${x}`)))
    expect(replies.map((reply) => reply.body)).toEqual([
      [1, 1],
      [5, 5],
      [9, 9],
    ])
  })

  it('of the wire run around the others, `rest.after` last and past error hooks', async () => {
    const seen: string[] = []
    const rest = {
      before: () => void seen.push('rest.before'),
      after: [
        () => void seen.push('rest.after'),
        () => {
          throw Object.assign(new Error('gone'), { statusCode: 404 })
        },
      ],
    }
    const { get } = await serve(
      { Note: { find: { ...find, rest } } },
      {
        prepare: (remotes) =>
          remotes
            .before('**', () => void seen.push('before'))
            .after('**', () => void seen.push('after'))
            .afterError('**', () => void seen.push('error')),
      },
    )
    expect((await get('/Note/find')).status).toBe(404)
    expect(seen).toEqual(['rest.before', 'before', 'after', 'rest.after'])
  })
})

describe('authorization and phases', () => {
  const refuse = () => Object.assign(new Error('Authorization Required'), { statusCode: 401, code: 'AUTHORIZATION_REQUIRED' })

  it('refuses before a client learns that a record is missing', async () => {
    const { remotes, get } = await serve({})
    const ctor = Object.assign(function Note() {}, {
      sharedCtor: Object.assign(
        async () => {
          throw Object.assign(new Error('no note'), { statusCode: 404 })
        },
        { accepts: { arg: 'id', type: 'number' }, http: { path: '/:id' } },
      ),
    })
    const shared = new SharedClass('Note', ctor)
    shared.defineMethod('read', { http: { verb: 'get', path: '/' }, returns: root }, () => 'never')
    remotes.addClass(shared)
    expect((await get('/Note/9')).status).toBe(404)
    remotes.authorization = (_ctx: HttpContext, next: (error: Error) => void) => next(refuse())
    expect((await get('/Note/9')).body.error).toMatchObject({ statusCode: 401, code: 'AUTHORIZATION_REQUIRED' })
  })

  it.each([
    ['modern', 400],
    ['3.x', 400],
    ['2.x', 401],
  ] as const)('in %s answers a bad argument without access with %i', async (profile, status) => {
    const echo: Shared = { accepts: { arg: 'x', type: 'number' }, returns: root, http: { verb: 'get' }, fn: (x: number) => x }
    const { get } = await serve(
      { Note: { echo } },
      {
        profile,
        prepare: (remotes) =>
          (remotes.authorization = async () => {
            throw refuse()
          }),
      },
    )
    expect((await get('/Note/echo?x=text')).status).toBe(status)
  })

  it('runs handlers of phases, also of added ones, in order', async () => {
    const seen: string[] = []
    const note = (name: string) => () => void seen.push(name)
    const { get } = await serve(
      { Note: { find } },
      {
        prepare(remotes) {
          remotes.phases.splice(1, 0, 'audit')
          remotes.authorization = note('authorization')
          remotes.before('**', note('before hook'))
          remotes.registerPhaseHandler('invoke:before', '**', note('invoke:before'))
          remotes.registerPhaseHandler('audit', 'Note.*', note('audit'))
          remotes.registerPhaseHandler('audit', 'Other.*', note('other'))
          remotes.registerPhaseHandler('auth:after', '*.find', (_ctx: HttpContext, next: () => void) => (seen.push('auth:after'), next()))
          expect(() => remotes.registerPhaseHandler('nowhere', '**', note(''))).toThrow('Unknown phase nowhere')
        },
      },
    )
    await get('/Note/find')
    expect(seen).toEqual(['authorization', 'auth:after', 'audit', 'before hook', 'invoke:before'])
  })
})

describe('direct calls', () => {
  const served = async () => {
    const method = () => 'static'
    const direct = { replaces: method, call: () => 'direct' }
    const shared = await serve({ Note: { find: { ...find, fn: method, direct } } })
    return shared
  }

  it('stand for the static while nothing needs what the static gives', async () => {
    const { remotes, get } = await served()
    expect((await get('/Note/find')).body).toBe('direct')
    remotes.after('Note.find', () => undefined)
    expect((await get('/Note/find')).body).toBe('static')
  })

  it('may say what hooks are to see', async () => {
    const method = () => 'static'
    const direct = { replaces: method, call: () => 'direct', whole: () => 'whole' }
    const { remotes, get } = await serve({ Note: { find: { ...find, fn: method, direct } } })
    remotes.after('Note.find', () => undefined)
    expect((await get('/Note/find')).body).toBe('whole')
  })

  it('give way to a replacement of the static', async () => {
    const { remotes, get } = await served()
    Object.assign(remotes.classes()[0]!.ctor, { find: async () => 'replaced' })
    expect((await get('/Note/find')).body).toBe('replaced')
  })
})

describe('methods', () => {
  it.each([
    ['plain', () => 'plain'],
    ['async', async () => 'async'],
    ['callback', (callback: Function) => callback(null, 'callback')],
    ['late callback', (callback: Function) => void setTimeout(() => callback(null, 'late callback'), 5)],
    [
      'arguments',
      function () {
        // eslint-disable-next-line prefer-rest-params -- the manner under test
        const [callback] = Array.from(arguments) as Function[]
        callback!(null, 'arguments')
      },
    ],
    ['rest', (...all: Function[]) => all[0]!(null, 'rest')],
  ])('of the %s manner are awaited', async (name, fn) => {
    const { get } = await serve({ Note: { find: { ...find, fn } } })
    expect((await get('/Note/find')).body).toBe(name)
  })

  it('that give several results as a list spread them over `returns`', async () => {
    const returns = [
      { arg: 'a', type: 'string' },
      { arg: 'b', type: 'number' },
    ]
    const { get } = await serve({
      Note: {
        two: { ...find, returns, fn: async () => ['x', 2] },
        back: { ...find, returns, fn: (callback: Function) => callback(null, 'x', 2) },
      },
    })
    expect((await get('/Note/two')).body).toEqual({ a: 'x', b: 2 })
    expect((await get('/Note/back')).body).toEqual({ a: 'x', b: 2 })
  })

  it.each([
    ['modern', { 'x-a': 'h' }, { b: 'body' }],
    ['3.x', { 'x-a': 'h' }, { b: 'h' }],
  ] as const)('in %s count results before and after targets as that profile does', async (profile, headers, body) => {
    const returns = [
      { arg: 'X-A', type: 'string', http: { target: 'header' as const } },
      { arg: 'b', type: 'string' },
    ]
    const { get } = await serve(
      { Note: { two: { ...find, returns, fn: (callback: Function) => callback(null, 'h', 'body') } } },
      { profile },
    )
    const reply = await get('/Note/two')
    expect(reply.headers).toMatchObject(headers)
    expect(reply.body).toEqual(body)
  })

  it('may reply themselves', async () => {
    const accepts = [
      { arg: 'req', type: 'object', http: { source: 'req' as const } },
      { arg: 'res', type: 'object', http: { source: 'res' as const } },
    ]
    const fn = (req: { get(name: string): string; query: object }, res: { status(code: number): { json(body: unknown): void } }) =>
      res.status(207).json({ agent: req.get('X-Agent'), query: req.query })
    const { get } = await serve({ Note: { raw: { accepts, http: { verb: 'get' }, fn } } })
    const reply = await get('/Note/raw?a=1', { 'x-agent': 'me' })
    expect([reply.status, reply.body]).toEqual([207, { agent: 'me', query: { a: '1' } }])
  })
})
