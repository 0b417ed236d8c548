import { closeAll, serve, type Shared } from '../serve'

afterAll(closeAll)

const echo = (argument: object, more: object = {}): Shared => ({
  accepts: { arg: 'x', ...argument },
  returns: { arg: 'got', type: 'any' },
  http: { verb: 'all' },
  fn: (x: unknown) => (x === undefined ? 'undefined' : x),
  ...more,
})

describe('arguments in modern', () => {
  it('are refused with what was expected, a stable code and their name', async () => {
    const { get } = await serve({ Note: { echo: echo({ type: 'number' }) } })
    expect((await get('/Note/echo?x=ten')).body.error).toEqual({
      statusCode: 400,
      name: 'Error',
      message: 'Value is not a number.',
      code: 'REMOTING_ARGUMENT_INVALID',
      details: { argument: 'x' },
    })
  })

  it.each(['', ' ', '0x1F', '1e400', 'Infinity', 'NaN', '1,5', '--1', '1_000'])('are no number when they are %p', async (text) => {
    const { get } = await serve({ Note: { echo: echo({ type: 'number', required: true }) } })
    expect((await get(`/Note/echo?x=${encodeURIComponent(text)}`)).status).toBe(400)
  })

  it.each([
    ['7', 7],
    ['-7.5', -7.5],
    ['.5', 0.5],
    ['1e3', 1000],
    ['+1', 1],
    ['007', 7],
  ])('are numbers when they are %p', async (text, number) => {
    const { get } = await serve({ Note: { echo: echo({ type: 'number' }) } })
    expect((await get(`/Note/echo?x=${encodeURIComponent(text)}`)).body).toEqual({ got: number })
  })

  it.each([
    ['true', true],
    ['FALSE', false],
    ['1', true],
    ['0', false],
    ['', 'undefined'],
    ['yes', undefined],
    ['null', undefined],
    ['[]', undefined],
  ])('read %p as boolean %p', async (text, value) => {
    const { get } = await serve({ Note: { echo: echo({ type: 'boolean' }) } })
    const reply = await get(`/Note/echo?x=${encodeURIComponent(text)}`)
    expect(value === undefined ? reply.status : reply.body.got).toBe(value ?? 400)
  })

  it.each([
    ['2026-01-02', '2026-01-02T00:00:00.000Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
    ['275761-01-01', undefined],
    ['0000-00-00', undefined],
    ['{}', undefined],
    ['8640000000000001', undefined],
  ])('read %p as date %p', async (text, value) => {
    const { get } = await serve({ Note: { echo: echo({ type: 'date' }, { fn: (x: Date) => x.toISOString() }) } })
    const reply = await get(`/Note/echo?x=${encodeURIComponent(text)}`)
    expect(value === undefined ? reply.status : reply.body.got).toBe(value ?? 400)
  })

  it('take a list of objects only where that is declared', async () => {
    const argument = { type: 'object', http: { source: 'body' } }
    const { post } = await serve({ Note: { one: echo(argument), many: echo({ ...argument, allowArray: true }) } })
    expect((await post('/Note/one', [{}])).body.error.message).toBe('Value is not an object.')
    expect((await post('/Note/many', [{ a: 1 }])).body).toEqual({ got: [{ a: 1 }] })
    expect((await post('/Note/many', [1])).body.error.message).toBe('Some of array items are not an object.')
  })

  it('may be split at separators', async () => {
    const { get } = await serve({ Note: { echo: echo({ type: ['number'] }) } }, { options: { rest: { arrayItemDelimiters: [',', '|'] } } })
    expect((await get('/Note/echo?x=1,2|3')).body).toEqual({ got: [1, 2, 3] })
    expect((await get('/Note/echo?x=[1,2')).status).toBe(400)
  })

  it('may be computed on the server', async () => {
    const { get } = await serve({
      Note: { echo: echo({ type: 'string', http: (ctx: { req: { headers: Record<string, string> } }) => ctx.req.headers['x-tenant'] }) },
    })
    expect((await get('/Note/echo?x=forged', { 'x-tenant': 'a' })).body).toEqual({ got: 'a' })
  })

  it('are looked for in path, body, query and headers where no source is named', async () => {
    const { get, post } = await serve({
      Note: {
        echo: echo(
          { type: 'string' },
          {
            http: [
              { verb: 'get', path: '/p/:x' },
              { verb: 'all', path: '/q' },
            ],
          },
        ),
      },
    })
    expect((await get('/Note/p/path?x=query', { x: 'header' })).body.got).toBe('path')
    expect((await post('/Note/q?x=query', { x: 'body' }, { x: 'header' })).body.got).toBe('body')
    expect((await get('/Note/q?x=query', { x: 'header' })).body.got).toBe('query')
    expect((await get('/Note/q', { x: 'header' })).body.got).toBe('header')
  })

  it.each([
    ['[1.5,2]', { lat: 1.5, lng: 2 }],
    ['1.5,2', { lat: 1.5, lng: 2 }],
    ['{"lat":1.5,"lng":2}', { lat: 1.5, lng: 2 }],
    ['{"lat":91,"lng":0}', undefined],
    ['here', undefined],
  ])('read %p as point %p', async (text, value) => {
    const { get } = await serve({ Note: { echo: echo({ type: 'GeoPoint' }) } })
    const reply = await get(`/Note/echo?x=${encodeURIComponent(text)}`)
    expect(value === undefined ? reply.status : reply.body.got).toEqual(value ?? 400)
  })
})

describe('types of an application', () => {
  it('convert and check', async () => {
    const { get, post, remotes } = await serve({ Note: { echo: echo({ type: 'Even' }) } })
    remotes.defineType('Even', {
      fromSloppyValue: (text) => ({ value: Number(text) }),
      fromTypedValue: (value) => value,
      validate: (value) => ((value as number) % 2 === 0 ? undefined : new Error('Value is not even.')),
    })
    expect((await get('/Note/echo?x=4')).body).toEqual({ got: 4 })
    expect((await get('/Note/echo?x=3')).body.error.message).toBe('Invalid argument "x". Value is not even.')
    expect((await post('/Note/echo', { x: 3 })).status).toBe(400)
  })

  it('of objects are made by their factory', async () => {
    const { post, remotes } = await serve({ Note: { echo: echo({ type: 'Point' }) } })
    remotes.defineObjectType('Point', (data) => ({ made: data }))
    expect((await post('/Note/echo', { x: { a: 1 } })).body).toEqual({ got: { made: { a: 1 } } })
    expect((await post('/Note/echo', { x: 1 })).status).toBe(400)
  })

  it('may be functions, as in 2.x', async () => {
    const { get, remotes } = await serve({ Note: { echo: echo({ type: 'Upper' }) } }, { profile: '2.x' })
    remotes.convert('Upper', (text) => String(text).toUpperCase())
    expect((await get('/Note/echo?x=a')).body).toEqual({ got: 'A' })
  })

  it('cannot be called file', async () => {
    const { remotes } = await serve({})
    expect(() => remotes.defineType('file', (value) => value)).toThrow('reserved')
  })
})

describe('arguments in 2.x', () => {
  it('may come as one JSON object', async () => {
    const { get } = await serve({ Note: { echo: echo({ type: 'number' }) } }, { profile: '2.x' })
    expect((await get(`/Note/echo?args=${encodeURIComponent('{"x":5}')}`)).body).toEqual({ got: 5 })
  })

  it('do not in modern', async () => {
    const { get } = await serve({ Note: { echo: echo({ type: 'number' }) } })
    expect((await get(`/Note/echo?args=${encodeURIComponent('{"x":5}')}`)).body).toEqual({ got: 'undefined' })
  })
})
