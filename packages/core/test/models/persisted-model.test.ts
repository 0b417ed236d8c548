import type { HttpContext } from '@reloop/remoting'
import { closeAll, note, serve } from '../notes'

afterAll(closeAll)

describe('models over HTTP', () => {
  it('serve rows without making instances, until something needs them', async () => {
    const { ask, model } = serve()
    const Note = model(note)
    await ask('POST', '/api/Notes', [{ title: 'a' }, { title: 'b' }])
    let made = 0
    const seen: unknown[] = []
    Note.prototype.shout = function (this: { title: string }) {
      return `${this.title}!`
    }
    expect((await ask('GET', '/api/Notes')).body).toHaveLength(2)
    Note.afterRemote('find', async (ctx: HttpContext) => {
      made++
      for (const instance of ctx.result as { shout(): string }[]) seen.push(instance.shout())
    })
    expect((await ask('GET', '/api/Notes')).body).toHaveLength(2)
    expect([made, seen]).toEqual([1, ['a!', 'b!']])
  })

  it('call a static that was replaced after the start, in any manner', async () => {
    const { ask, model } = serve()
    const Note = model(note)
    expect((await ask('GET', '/api/Notes')).body).toEqual([])
    Note.find = (_filter: unknown, _options: unknown, callback: (error: null, rows: object[]) => void) =>
      callback(null, [{ id: 1, title: 'replaced' }])
    expect((await ask('GET', '/api/Notes')).body).toEqual([{ id: 1, title: 'replaced' }])
    Note.findById = async (id: unknown) => ({ id, title: 'by hand', patchAttributes: async (data: object) => ({ id, ...data }) })
    expect((await ask('GET', '/api/Notes/7')).body).toEqual({ id: 7, title: 'by hand' })
    expect((await ask('PATCH', '/api/Notes/7', { stars: 1 })).body).toMatchObject({ id: 7 })
  })

  it('run operation hooks and hide hidden properties', async () => {
    const { ask, model } = serve()
    const Note = model({ ...note, properties: { ...note.properties, secret: 'string' }, hidden: ['secret'] })
    ;(Note.observe as (name: string, fn: Function) => void)('before save', (ctx: { instance?: { secret: string } }, next: () => void) => {
      if (ctx.instance) ctx.instance.secret = 'set by hook'
      next()
    })
    expect((await ask('POST', '/api/Notes', { title: 'a' })).body).toEqual({ id: 1, title: 'a' })
    expect((await ask('GET', '/api/Notes')).body).toEqual([{ id: 1, title: 'a' }])
    const [stored] = (await (Note.find as () => Promise<{ secret: string }[]>)()) as [{ secret: string }]
    expect(stored.secret).toBe('set by hook')
  })

  it.each(['modern', '3.x', '2.x'] as const)('in %s tell the data layer that a call comes from outside', async (profile) => {
    const { ask, model } = serve(profile)
    model({
      name: 'Author',
      properties: { name: 'string' },
      relations: { notes: { type: 'hasMany', model: 'Note', foreignKey: 'authorId' } },
    })
    model({
      ...note,
      properties: { ...note.properties, secret: 'string' },
      hidden: ['secret'],
      scopes: { starred: { where: { stars: 5 } } },
    })
    await ask('POST', '/api/Authors', { name: 'Ann' })
    await ask('POST', '/api/Authors/1/notes', { title: 'a', stars: 5, secret: 'x' })
    const probe = encodeURIComponent(JSON.stringify({ where: { secret: { like: 'x' } } }))
    const where = encodeURIComponent(JSON.stringify({ secret: 'x' }))
    for (const path of [
      `/api/Notes?filter=${probe}`,
      `/api/Notes/count?where=${where}`,
      `/api/Authors/1/notes?filter=${probe}`,
      `/api/Authors/1/notes/count?where=${where}`,
      `/api/Notes/starred?filter=${probe}`,
    ]) {
      const reply = await ask('GET', path)
      const found = reply.status === 200 && (Array.isArray(reply.body) ? reply.body.length : reply.body.count) > 0
      expect([path, found]).toEqual([path, false])
    }
  })

  it('take options from the class, never from a client', async () => {
    const { ask, model } = serve()
    const Note = model(note)
    const seen: unknown[] = []
    Note.createOptionsFromRemotingContext = () => ({ user: 'ann' })
    ;(Note.observe as (name: string, fn: Function) => void)('access', async (ctx: { options: object }) => void seen.push(ctx.options))
    await ask('GET', '/api/Notes?options={"user":"eve","skipAcl":true}')
    expect(seen).toEqual([{ user: 'ann', fromOutside: true }])
  })

  it('PUT as the model says: replaceOnPUT', async () => {
    const { ask, model } = serve()
    model({ ...note, replaceOnPUT: false })
    await ask('POST', '/api/Notes', { title: 'a', stars: 5 })
    expect((await ask('PUT', '/api/Notes/1', { title: 'b' })).body).toEqual({ id: 1, title: 'b', stars: 5 })
  })

  it('refuse to change every row at once, and offer no way to delete them all', async () => {
    const { ask, model } = serve()
    model(note)
    await ask('POST', '/api/Notes', [{ title: 'a' }, { title: 'b' }])
    for (const where of ['', '?where=', '?where=null']) {
      expect(await ask('POST', `/api/Notes/update${where}`, { stars: 1 })).toMatchObject({
        status: 400,
        body: { error: { code: 'WHERE_REQUIRED' } },
      })
    }
    for (const where of ['{}', '[]', 'bad', '{bad'])
      expect((await ask('POST', `/api/Notes/update?where=${where}`, { stars: 1 })).status).toBe(400)
    expect((await ask('DELETE', '/api/Notes')).status).toBe(404)
    expect((await ask('GET', '/api/Notes')).body.every((row: { stars?: number }) => row.stars === undefined || row.stars === null)).toBe(
      true,
    )
  })

  it('do not take what every object has for a record, a method or a relation', async () => {
    const { ask, model } = serve()
    model(note)
    for (const path of [
      '/api/constructor',
      '/api/Notes/constructor',
      '/api/Notes/1/constructor',
      '/api/Notes/__proto__',
      '/api/toString/1',
    ]) {
      expect((await ask('GET', path)).status).toBe(404)
    }
  })

  it('keep data that is named like members of instances', async () => {
    const { ask, model } = serve()
    model(note)
    const reply = await ask('POST', '/api/Notes', { title: 'a', save: 1, toJSON: 'x', _where: {} })
    expect(reply.status).toBe(200)
    expect((await ask('PATCH', '/api/Notes/1', { stars: 2 })).status).toBe(200)
    expect((await ask('GET', '/api/Notes/1')).body).toMatchObject({ title: 'a', stars: 2 })
  })

  it('get endpoints for relations that are defined after the start', async () => {
    const { ask, model } = serve()
    const Author = model({ name: 'Author', properties: { name: 'string' } })
    const Note = model(note)
    await ask('POST', '/api/Authors', { name: 'Ann' })
    expect((await ask('GET', '/api/Authors/1/notes')).status).toBe(404)
    ;(Author.hasMany as (target: unknown, params: object) => void)(Note, { as: 'notes', foreignKey: 'authorId' })
    expect((await ask('POST', '/api/Authors/1/notes', { title: 'a' })).body).toMatchObject({ title: 'a', authorId: 1 })
  })

  it('take the path of a relation and of a scope from their options', async () => {
    const { ask, model } = serve()
    model({
      name: 'Author',
      properties: {},
      relations: { notes: { type: 'hasMany', model: 'Note', foreignKey: 'authorId', options: { http: { path: 'writings' } } } },
    })
    model({ ...note, scopes: { starred: { where: { stars: 5 }, options: { http: { path: 'best' } } } } })
    await ask('POST', '/api/Authors', {})
    expect((await ask('GET', '/api/Authors/1/writings')).status).toBe(200)
    expect((await ask('GET', '/api/Notes/best')).status).toBe(200)
  })

  it.each([
    ['modern', ['patchOrCreate', 'prototype.patchAttributes']],
    ['3.x', ['patchOrCreate', 'prototype.patchAttributes']],
    ['2.x', ['upsert', 'prototype.updateAttributes']],
  ] as const)('in %s call the patching methods %j', (profile, names) => {
    const { model } = serve(profile)
    const shared = model(note)
      .sharedClass.methods()
      .map((method) => method.fullName)
    expect(shared).toEqual(expect.arrayContaining([...names]))
  })
})

describe('remote methods of a model', () => {
  it('may be static or of an instance, by prefix; contradictions are refused', async () => {
    const { ask, model } = serve()
    const Note = model(note)
    Note.greet = (name: string) => `Hello ${name}`
    Note.remoteMethod('greet', {
      accepts: { arg: 'name', type: 'string' },
      returns: { arg: 'text', type: 'string' },
      http: { verb: 'get' },
    })
    Note.prototype.upper = function (this: { title: string }, callback: (error: null, text: string) => void) {
      callback(null, this.title.toUpperCase())
    }
    Note.remoteMethod('prototype.upper', { returns: { arg: 'text', type: 'string' }, http: { verb: 'get', path: '/upper' } })
    await ask('POST', '/api/Notes', { title: 'a' })
    expect((await ask('GET', '/api/Notes/greet?name=Ann')).body).toEqual({ text: 'Hello Ann' })
    expect((await ask('GET', '/api/Notes/1/upper')).body).toEqual({ text: 'A' })
    expect((await ask('GET', '/api/Notes/9/upper')).body.error.message).toBe('could not find a model with id 9')
    expect(() => Note.remoteMethod('prototype.bad', { isStatic: true })).toThrow('contradicts')
    expect(() => Note.remoteMethod('bad', { accessType: 'ALL' as never })).toThrow('must be READ, WRITE, EXECUTE or REPLICATE')
  })

  it('of 2.x go by isStatic', async () => {
    const { ask, model } = serve('2.x')
    const Note = model(note)
    Note.prototype.upper = function (this: { title: string }, callback: (error: null, text: string) => void) {
      callback(null, this.title.toUpperCase())
    }
    Note.remoteMethod('upper', { isStatic: false, returns: { arg: 'text', type: 'string' }, http: { verb: 'get', path: '/upper' } })
    await ask('POST', '/api/Notes', { title: 'a' })
    expect((await ask('GET', '/api/Notes/1/upper')).body).toEqual({ text: 'A' })
  })

  it('get options that the server computes', async () => {
    const { ask, model } = serve()
    const Note = model(note)
    Note.whoami = async (options: object) => options
    Note.remoteMethod('whoami', {
      accepts: { arg: 'options', type: 'object', http: 'optionsFromRequest' as never },
      returns: { arg: 'x', type: 'object', root: true },
      http: { verb: 'get' },
    })
    expect((await ask('GET', '/api/Notes/whoami?options={"accessToken":"forged"}')).body).toEqual({ accessToken: null, fromOutside: true })
  })

  it('may come from the configuration of the model', async () => {
    const { ask, model } = serve()
    const Note = model({ ...note, methods: { ping: { returns: { arg: 'x', type: 'string', root: true }, http: { verb: 'get' } } } })
    Note.ping = () => 'pong'
    expect((await ask('GET', '/api/Notes/ping')).body).toBe('pong')
  })

  it.each([
    [{ http: { verb: 'get' } }, 'READ'],
    [{ http: { verb: 'post' } }, 'EXECUTE'],
    [{ http: [{ verb: 'get' }] }, 'EXECUTE'],
    [{ accessType: 'WRITE' as const }, 'WRITE'],
  ])('with %j are of access type %s', (options, accessType) => {
    const { model } = serve()
    const Note = model(note)
    Note.remoteMethod('custom', options)
    expect(Note.sharedClass.findMethodByName('custom')!.accessType).toBe(accessType)
  })
})

describe('hooks of a model', () => {
  it('registered before the model joins an application run in it', async () => {
    const { app, ask } = serve()
    const Note = app.registry.createModel(note)
    const seen: unknown[] = []
    Note.beforeRemote('create', (ctx: HttpContext, result: unknown, next: () => void) => {
      seen.push(['before', ctx.methodString, result])
      next()
    })
    Note.afterRemote('**', async (ctx: HttpContext, result: { id: number }) => void seen.push(['after', ctx.methodString, result.id]))
    app.model(Note, { dataSource: 'db' })
    await ask('POST', '/api/Notes', { title: 'a' })
    expect(seen).toEqual([
      ['before', 'Note.create', {}],
      ['after', 'Note.create', 1],
    ])
  })

  it('get the instance before a method of one, under its primary name', async () => {
    const { ask, model } = serve()
    const Note = model(note)
    const seen: string[] = []
    Note.beforeRemote('prototype.patchAttributes', (_ctx: HttpContext, instance: { title: string }, next: () => void) => {
      seen.push(instance.title)
      next()
    })
    for (const never of ['patchAttributes', 'prototype.updateAttributes']) Note.beforeRemote(never, async () => void seen.push(never))
    await ask('POST', '/api/Notes', { title: 'a' })
    await ask('PATCH', '/api/Notes/1', { stars: 1 })
    expect(seen).toEqual(['a'])
  })

  it('after findById see null before it becomes a 404, and error hooks do not', async () => {
    const { ask, model } = serve()
    const Note = model(note)
    const seen: unknown[] = []
    Note.afterRemote('findById', async (ctx: HttpContext) => void seen.push(ctx.result))
    Note.afterRemoteError('**', async () => void seen.push('error'))
    expect((await ask('GET', '/api/Notes/9')).status).toBe(404)
    expect(seen).toEqual([null])
  })

  it('join every application that the model is added to', async () => {
    const first = serve()
    const second = serve()
    const seen: string[] = []
    const Note = first.model(note)
    Note.beforeRemote('find', async () => void seen.push('find'))
    second.app.model(Note, { dataSource: first.app.dataSources.db })
    await first.ask('GET', '/api/Notes')
    await second.ask('GET', '/api/Notes')
    expect([seen, Note.app === second.app]).toEqual([['find', 'find'], true])
  })
})
