import type { Profile } from '@reloop/compat'
import { closeAll, note, serve } from '../notes'

afterAll(closeAll)

const query = (value: unknown) => encodeURIComponent(JSON.stringify(value))

describe('ids of several parts', () => {
  it('stand in paths as parts in order, or as JSON', async () => {
    const { ask, model } = serve()
    model({
      name: 'Seat',
      properties: { hall: { type: 'string', id: 1, required: true }, row: { type: 'number', id: 2, required: true }, name: 'string' },
      idInjection: false,
    })
    await ask('POST', '/api/Seats', { hall: 'a', row: 1, name: 'first' })
    await ask('POST', '/api/Seats', { hall: 'a', row: 2, name: 'second' })
    expect((await ask('GET', '/api/Seats/a,2')).body).toEqual({ hall: 'a', row: 2, name: 'second' })
    expect((await ask('GET', `/api/Seats/${query({ hall: 'a', row: 1 })}`)).body.name).toBe('first')
    expect((await ask('PATCH', '/api/Seats/a,2', { name: 'changed' })).body.name).toBe('changed')
    expect((await ask('HEAD', '/api/Seats/a,3')).status).toBe(404)
    expect((await ask('GET', '/api/Seats/a,1/exists')).body).toEqual({ exists: true })
    expect((await ask('GET', '/api/Seats/a')).status).toBe(400)
    expect((await ask('DELETE', '/api/Seats/a,2')).body).toEqual({ count: 1 })
    expect((await ask('GET', '/api/Seats/count')).body).toEqual({ count: 1 })
  })
})

describe('expose', () => {
  it('opens the methods that are listed and nothing else, by any name and also later', async () => {
    const { ask, model } = serve()
    const Note = model({
      ...note,
      expose: ['find', 'prototype.updateAttributes', 'prototype.__get__*'],
      relations: { notes: { type: 'hasMany', model: 'Note' } },
    })
    await (Note.create as Function)({ title: 'a' })
    expect((await ask('GET', '/api/Notes')).body).toHaveLength(1)
    expect((await ask('PATCH', '/api/Notes/1', { title: 'b' })).status).toBe(200)
    expect((await ask('GET', '/api/Notes/1/notes')).status).toBe(200)
    for (const [verb, path] of [
      ['GET', '/1'],
      ['GET', '/count'],
      ['POST', ''],
      ['DELETE', '/1'],
      ['PUT', '/1'],
      ['POST', '/1/replace'],
      ['POST', '/1/notes'],
      ['GET', '/aggregate'],
      ['GET', '/change-stream'],
    ])
      expect([verb, path, (await ask(verb!, `/api/Notes${path}`, verb === 'GET' ? undefined : { title: 'x' })).status]).toEqual([
        verb,
        path,
        404,
      ])
    Note.later = async () => 'here'
    Note.remoteMethod('later', { returns: { arg: 'x', type: 'string' }, http: { verb: 'get' } })
    expect((await ask('GET', '/api/Notes/later')).status).toBe(404)
  })

  it('gives way to sharedMethods of the model, and must be a list', async () => {
    const { ask, model } = serve()
    model({ ...note, expose: ['find'], remoting: { sharedMethods: { count: true } } })
    expect((await ask('GET', '/api/Notes/count')).status).toBe(200)
    expect(() => model({ ...note, name: 'Memo', expose: 'find' })).toThrow(
      'The setting "expose" of Memo must be a list of method names, not "find".',
    )
  })
})

describe.each(['modern', '3.x', '2.x'] as Profile[])('methods of a class in %s', (profile) => {
  it('are closed by any of their names, with all their routes', async () => {
    const { ask, model } = serve(profile)
    const Note = model(note)
    await ask('POST', '/api/Notes', { title: 'a' })
    Note.disableRemoteMethodByName('prototype.updateAttributes')
    Note.disableRemoteMethod('removeById', true)
    Note.disableRemoteMethodByName('updateOrCreate')
    expect((await ask('PATCH', '/api/Notes/1', { title: 'b' })).status).toBe(404)
    expect((await ask('DELETE', '/api/Notes/1')).status).toBe(404)
    expect((await ask('PATCH', '/api/Notes', { title: 'b' })).status).toBe(404)
    expect((await ask('GET', '/api/Notes/1')).status).toBe(200)
    Note.disableRemoteMethodByName('comesLater')
    Note.comesLater = async () => 1
    Note.remoteMethod('comesLater', { isStatic: true, http: { verb: 'post' } })
    expect((await ask('POST', '/api/Notes/comesLater')).status).toBe(404)
  })

  it('make instances by a sharedCtor of the user', async () => {
    const { ask, app } = serve(profile)
    const Note = app.registry.createModel(note)
    const sharedCtor = (name: string, cb: (error: Error | null, found?: object) => void) =>
      (Note.findOne as Function)({ where: { title: name } }, cb)
    Note.sharedCtor = Object.assign(sharedCtor, {
      shared: true,
      accepts: { arg: 'name', type: 'string', http: { source: 'path' } },
      http: { path: '/by/:name' },
    })
    app.model(Note, { dataSource: 'db' })
    Note.prototype.shout = async function (this: { title: string }) {
      return `${this.title}!`
    }
    Note.remoteMethod('shout', { isStatic: false, returns: { arg: 'text', type: 'string' }, http: { verb: 'get' } })
    await ask('POST', '/api/Notes', { title: 'hey' })
    expect((await ask('GET', '/api/Notes/by/hey/shout')).body).toEqual({ text: 'hey!' })
  })

  it('honour a sharedCtor that is replaced after the class was shared', async () => {
    const { ask, model } = serve(profile)
    const Note = model(note)
    await ask('POST', '/api/Notes', { title: 'first' })
    Note.sharedCtor = (id: string, _options: object, cb: (error: Error | null, found?: object) => void) =>
      (Note.findById as Function)(id === 'any' ? 1 : id, cb)
    Note.prototype.shout = async function (this: { title: string }) {
      return this.title
    }
    Note.remoteMethod('shout', { isStatic: false, returns: { arg: 'text', type: 'string' }, http: { verb: 'get' } })
    expect((await ask('GET', '/api/Notes/any/shout')).body).toEqual({ text: 'first' })
  })

  it('go with a model that is deleted, which may then come anew', async () => {
    const { ask, app, model } = serve(profile)
    model(note)
    const gone: unknown[] = []
    app.on('modelDeleted', (Model: unknown) => gone.push(Model))
    expect((await ask('GET', '/api/Notes')).status).toBe(200)
    app.deleteModelByName('Note')
    expect((await ask('GET', '/api/Notes')).status).toBe(404)
    expect([app.models.Note, app.registry.findModel('Note'), gone.length]).toEqual([undefined, undefined, 1])
    app.deleteModelByName('Nothing')
    expect(gone[1]).toBe('Nothing')
    model({ ...note, plural: 'Memos' })
    expect((await ask('GET', '/api/Memos')).body).toEqual([])
  })

  it('have an access type: declared, by verb, by name', () => {
    const { model } = serve(profile)
    const typeOf = (model(note) as unknown as { _getAccessTypeForMethod(method: unknown): string })._getAccessTypeForMethod
    expect([typeOf('create'), typeOf('findById'), typeOf('custom')]).toEqual(['WRITE', 'READ', 'EXECUTE'])
    expect(typeOf({ name: 'x', http: { verb: 'get' } })).toBe('READ')
    expect(typeOf({ name: 'x', http: [{ verb: 'get' }] })).toBe('EXECUTE')
    expect(typeOf({ name: 'find', accessType: 'REPLICATE' })).toBe('REPLICATE')
    expect(() => typeOf({ name: 'x', accessType: 'LOOK' })).toThrow('must be READ, WRITE, EXECUTE or REPLICATE')
  })
})

describe('attacks through endpoints of models', () => {
  it('40: an id in the body never moves a record', async () => {
    const { ask, model } = serve()
    model(note)
    expect((await ask('POST', '/api/Notes', { id: 9, title: 'a' })).status).toBe(422)
    await ask('POST', '/api/Notes', { title: 'a' })
    await ask('POST', '/api/Notes', { title: 'b' })
    for (const [verb, path] of [
      ['PATCH', '/1'],
      ['PUT', '/1'],
      ['POST', '/1/replace'],
    ])
      expect((await ask(verb!, `/api/Notes${path}`, { id: 2, title: 'moved' })).status).toBe(400)
    expect((await ask('GET', '/api/Notes')).body.map(({ title }: { title: string }) => title)).toEqual(['a', 'b'])
  })

  it('54: no where, an empty or an unreadable one never means every row', async () => {
    const { ask, model } = serve()
    model({ ...note, remoting: { sharedMethods: { destroyAll: true } } })
    await ask('POST', '/api/Notes', [{ title: 'a' }, { title: 'b' }])
    const wheres = [
      '',
      '?where=',
      '?where={}',
      '?where=null',
      '?where="null"',
      '?where=[]',
      '?where={bad',
      '?where={"and":[]}',
      '?where={"or":[{},{"title":"a"}]}',
      '?where={"and":[{},{}]}',
      '?where[]=',
    ]
    for (const where of wheres) {
      const [updated, deleted] = [await ask('POST', `/api/Notes/update${where}`, { title: 'x' }), await ask('DELETE', `/api/Notes${where}`)]
      expect([where, updated.status, deleted.status]).toEqual([where, 400, 400])
    }
    expect((await ask('GET', '/api/Notes')).body.map(({ title }: { title: string }) => title)).toEqual(['a', 'b'])
    expect((await ask('DELETE', `/api/Notes?where=${query({ title: 'a' })}`)).body).toEqual({ count: 1 })
  })
})
