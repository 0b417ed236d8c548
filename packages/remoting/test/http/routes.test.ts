import { closeAll, serve, share } from '../serve'

afterAll(closeAll)

const get = (path: string, answer: string) => ({
  http: { verb: 'get', path },
  returns: { arg: 'x', type: 'string', root: true },
  fn: () => answer,
})

describe('finding the method of a request', () => {
  it('prefers literal segments to parameters, whatever the order of definition', async () => {
    const { get: ask } = await serve({
      Note: {
        byId: get('/:id', 'by id'),
        count: get('/count', 'count'),
        tags: get('/:id/tags/count', 'tag count'),
        tag: get('/:id/tags/:fk', 'tag'),
      },
    })
    expect((await ask('/Note/count')).body).toBe('count')
    expect((await ask('/Note/7')).body).toBe('by id')
    expect((await ask('/Note/7/tags/count')).body).toBe('tag count')
    expect((await ask('/Note/7/tags/9')).body).toBe('tag')
  })

  it('prefers a verb of its own to `all`, which even loses to a parameter of that verb', async () => {
    const { send } = await serve({
      Note: { byId: get('/:id', 'by id'), login: { http: {}, returns: { arg: 'x', root: true, type: 'string' }, fn: () => 'login' } },
    })
    expect((await send({ method: 'GET', path: '/Note/login' })).body).toBe('by id')
    expect((await send({ method: 'POST', path: '/Note/login' })).body).toBe('login')
  })

  it('ignores case and a slash at the end, as Express does', async () => {
    const { get: ask } = await serve({ Note: { count: get('/count', 'count') } })
    for (const path of ['/note/COUNT', '/NOTE/count/', '/Note/Count']) expect((await ask(path)).body).toBe('count')
  })

  it('decodes parameters one by one, so that an encoded slash stays in its parameter', async () => {
    const fn = (a: string, b: string) => `${a}|${b}`
    const accepts = ['a', 'b'].map((arg) => ({ arg, type: 'string', http: { source: 'path' as const } }))
    const { get: ask } = await serve({ Note: { pair: { ...get('/:a/and/:b', ''), accepts, fn } } })
    expect((await ask('/Note/x%2Fy/and/%C3%BC%20z')).body).toBe('x/y|ü z')
  })

  it('understands patterns of Express in paths', async () => {
    const accepts = { arg: 'path', type: 'string', http: { source: 'path' as const } }
    const { get: ask } = await serve({
      Files: {
        read: { ...get('/read/:path(*)', ''), accepts, fn: (path: string) => path },
        maybe: { ...get('/maybe/:path?', ''), accepts, fn: (path?: string) => path ?? 'none' },
      },
    })
    expect((await ask('/Files/read/a/b/c.txt')).body).toBe('a/b/c.txt')
    expect((await ask('/Files/maybe')).body).toBe('none')
    expect((await ask('/Files/maybe/one')).body).toBe('one')
  })

  it('reaches classes and methods that are added after start', async () => {
    const { remotes, get: ask } = await serve({ Note: { count: get('/count', 'count') } })
    expect((await ask('/Late/late')).status).toBe(404)
    const late = share('Late', { late: get('/late', 'late') })
    remotes.addClass(late)
    expect((await ask('/Late/late')).body).toBe('late')
    Object.assign(late.ctor, { later: () => 'later' })
    late.defineMethod('later', { ...get('/later', ''), isStatic: true })
    expect((await ask('/Late/later')).body).toBe('later')
    remotes.deleteClassByName('Late')
    expect((await ask('/Late/late')).status).toBe(404)
  })

  it('calls what the class holds now when a method was replaced after start', async () => {
    const shared = { ...get('/find', 'first') }
    const { remotes, get: ask } = await serve({ Note: { find: shared } })
    expect((await ask('/Note/find')).body).toBe('first')
    Object.assign(remotes.classes()[0]!.ctor, { find: (callback: Function) => callback(null, 'replaced') })
    expect((await ask('/Note/find')).body).toBe('replaced')
  })

  it('hides disabled methods: by name, by alias, by glob, and before they are defined', async () => {
    const { remotes, get: ask } = await serve({
      Note: {
        one: { ...get('/one', 'one'), aliases: ['uno'] },
        __get__a: get('/a', 'a'),
        __get__b: get('/b', 'b'),
        kept: get('/kept', 'kept'),
      },
    })
    const [shared] = remotes.classes()
    shared!.disableMethodByName('uno')
    shared!.disableMethodByName('__get__*')
    shared!.disableMethodByName('later')
    Object.assign(shared!.ctor, { later: () => 'later' })
    shared!.defineMethod('later', { ...get('/later', ''), isStatic: true })
    expect(await Promise.all(['one', 'a', 'b', 'later', 'kept'].map(async (name) => (await ask(`/Note/${name}`)).status))).toEqual([
      404, 404, 404, 404, 200,
    ])
  })

  it('hides a method whose `shared` is switched off after start', async () => {
    const { remotes, get: ask } = await serve({ Note: { count: get('/count', 'count') } })
    expect((await ask('/Note/count')).status).toBe(200)
    remotes.findMethod('Note.count')!.shared = false
    expect((await ask('/Note/count')).status).toBe(404)
  })

  it('writes paths with dashes when asked to', async () => {
    const { get: ask } = await serve(
      { FooBar: { doIt: { ...get('/doIt', 'done'), http: { verb: 'get' } } } },
      { options: { rest: { normalizeHttpPath: true } } },
    )
    expect((await ask('/foo-bar/do-it')).body).toBe('done')
  })

  it('serves objects of functions that share themselves, the way of LoopBack 1', async () => {
    const hello = Object.assign((callback: Function) => callback(null, 'hello'), {
      shared: true,
      http: { verb: 'get' },
      returns: { arg: 'text', type: 'string' },
    })
    const { get: ask } = await serve({}, { prepare: (remotes) => (remotes.exports.greeter = { hello }) })
    expect((await ask('/greeter/hello')).body).toEqual({ text: 'hello' })
  })

  it('leaves unknown paths to the application when asked to', async () => {
    const { get: ask } = await serve({}, { options: { rest: { handleUnknownPaths: false } } })
    const { status, body } = await ask('/Nothing')
    expect([status, body.message]).toEqual([404, 'Route GET:/api/Nothing not found'])
  })

  it('says in LoopBack’s words what it does not know', async () => {
    const { get: ask } = await serve({ Note: { count: get('/count', 'count') } })
    expect((await ask('/Note/9?a=1')).body.error).toEqual({
      statusCode: 404,
      name: 'Error',
      message: 'Shared class "Note" has no method handling GET /9?a=1',
      code: 'REMOTING_METHOD_UNKNOWN',
    })
    expect((await ask('/Nothing')).body.error.message).toBe('There is no method to handle GET /Nothing')
  })
})
