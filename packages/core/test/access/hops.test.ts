import { kGuard } from '@reloop/juggler'
import type { Profile } from '@reloop/compat'
import { requestOptions } from '../../src/models/request-options'
import { closeAll } from '../notes'
import { allow, deny, scene, type Scene } from './scene'

afterAll(closeAll)

const hasMany = (model: string, foreignKey: string, more: object = {}) => ({ type: 'hasMany', model, foreignKey, ...more })

/** Authors are open; their notes are closed, unless the test says otherwise. */
async function library(
  given: { compat?: Profile; author?: readonly object[]; note?: readonly object[]; settings?: Record<string, unknown> } = {},
): Promise<Scene> {
  const found = await scene(given.compat, given.settings)
  const { add } = found
  await add({
    name: 'Note',
    properties: { text: 'string', secret: 'string', open: 'boolean' },
    acls: given.note ?? [deny('$everyone'), allow('admin')],
    relations: { author: { type: 'belongsTo', model: 'Author', foreignKey: 'authorId' } },
  })
  await add(
    {
      name: 'Author',
      properties: { name: 'string' },
      acls: given.author ?? [],
      relations: { notes: hasMany('Note', 'authorId') },
    },
    [{ name: 'Ann' }, { name: 'Bob' }],
  )
  const Note = found.app.models.Note!
  for (const row of [
    { text: 'a', secret: 's', open: true, authorId: 1 },
    { text: 'b', secret: 't', open: false, authorId: 2 },
  ])
    await (Note.create as Function)(row)
  return found
}

const reaching = [
  '/api/Authors?filter={"include":"notes"}',
  '/api/Authors?filter={"include":{"relation":"notes","scope":{"include":"author"}}}',
  '/api/Authors?filter={"include":["notes"]}',
  '/api/Authors/1?filter={"include":"notes"}',
  '/api/Authors/findOne?filter={"include":"notes"}',
  '/api/Authors?filter={"where":{"notes.text":"a"}}',
  '/api/Authors?filter={"where":{"notes":{"some":{"text":"a"}}}}',
  '/api/Authors?filter={"where":{"or":[{"name":"x"},{"and":[{"notes":{"none":{"text":"a"}}}]}]}}',
  '/api/Authors/count?where={"notes":{"some":{"text":"a"}}}',
  '/api/Authors/1/notes',
  '/api/Authors/1/notes/1',
  '/api/Authors/1/notes/count',
]

describe('48. a relation to a closed model', () => {
  it.each(reaching)('is no way around its rules: %s', async (path) => {
    const { as } = await library()
    expect([(await as(1, 'GET', path)).status, (await as('admin', 'GET', path)).status]).toEqual([401, 200])
  })

  it.each(reaching)('is one in 3.x, as in the original, until access.hops closes it: %s', async (path) => {
    const { as } = await library({ compat: '3.x' })
    expect((await as(1, 'GET', path)).status).toBe(200)
    const closed = await library({ compat: '3.x', settings: { access: { hops: true } } })
    expect((await closed.as(1, 'GET', path)).status).toBe(401)
  })

  it('to access tokens is closed, nested or not', async () => {
    const { as, add, app } = await scene()
    const Token = app.registry.findModel('AccessToken') ?? app.registry.createModel({ name: 'AccessToken', acls: [deny('$everyone')] })
    app.model(Token, { dataSource: 'db', public: false })
    await add(
      {
        name: 'Person',
        properties: { name: 'string', friendId: 'number' },
        relations: { accessTokens: hasMany('AccessToken', 'userId'), friends: hasMany('Person', 'friendId') },
      },
      [{ name: 'a' }, { name: 'b', friendId: 1 }],
    )
    for (const filter of [
      '{"include":"accessTokens"}',
      '{"include":{"friends":"accessTokens"}}',
      '{"include":[{"relation":"friends","scope":{"include":["accessTokens"]}}]}',
    ])
      expect([filter, (await as(1, 'GET', `/api/People?filter=${filter}`)).status]).toEqual([filter, 401])
  })

  it('warns once in 3.x which door is open, and how to close it', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const { app } = await scene('3.x')
    app.enableAuth()
    const told = warn.mock.calls.filter(([, options]) => options?.code === 'ACCESS_HOPS_OPEN')
    warn.mockRestore()
    expect(told).toHaveLength(1)
    expect(told[0]![0]).toContain("app.set('access', { hops: true })")
  })
})

describe('49. a hop', () => {
  it('needs the permission of the model that it starts from', async () => {
    const { as } = await library({ author: [deny('$everyone'), allow('$everyone', { property: ['find', 'findById'] })], note: [] })
    const statuses = []
    for (const path of ['', '?filter={"include":"notes"}', '?filter={"where":{"notes.text":"a"}}', '/1/notes'])
      statuses.push((await as(1, 'GET', `/api/Authors${path}`)).status)
    expect(statuses).toEqual([200, 401, 401, 401])
  })

  it('is open where that model names the relation, not where it names everything', async () => {
    const path = '/api/Authors/1/notes'
    const include = '/api/Authors?filter={"include":"notes"}'
    const general = await library({ author: [allow('$everyone')] })
    expect([(await general.as(1, 'GET', path)).status, (await general.as(1, 'GET', include)).status]).toEqual([401, 401])
    const named = await library({ author: [allow('$everyone', { property: '__get__notes' })] })
    expect([(await named.as(1, 'GET', path)).body.length, (await named.as(1, 'GET', include)).body[0].notes.length]).toEqual([1, 1])
    expect((await named.as(1, 'POST', path, { text: 'x' })).status).toBe(401)
    expect((await named.as(1, 'GET', `${path}/1`)).status).toBe(401)
  })

  it('meets the rules about rows of the model that it leads to, named or not', async () => {
    const note = [deny('$everyone'), allow('$everyone', { accessType: 'READ', where: { open: true } })]
    for (const author of [[], [allow('$everyone', { property: '__get__notes' })]]) {
      const { as } = await library({ author, note })
      const { body } = await as(1, 'GET', '/api/Authors?filter={"include":"notes"}')
      expect((body as { notes: unknown[] }[]).map(({ notes }) => notes.length)).toEqual([1, 0])
      expect((await as(1, 'GET', '/api/Authors/2/notes')).body).toEqual([])
      expect((await as(1, 'GET', '/api/Authors/2/notes/2')).status).toBe(404)
      expect((await as(1, 'GET', '/api/Authors?filter={"where":{"notes":{"some":{"text":"b"}}}}')).body).toEqual([])
    }
  })

  it.each([
    ['POST', '/api/Authors/1/notes', { text: 'x' }],
    ['PUT', '/api/Authors/1/notes/1', { text: 'x' }],
    ['DELETE', '/api/Authors/1/notes/1', undefined],
    ['DELETE', '/api/Authors/1/notes', undefined],
  ] as const)('changes rows only where the other model would let it: %s %s', async (verb, path, body) => {
    const { as } = await library({ note: [deny('$everyone', { accessType: 'WRITE' }), allow('admin', { accessType: 'WRITE' })] })
    expect((await as(1, verb, path, body)).status).toBe(401)
    expect((await as(1, 'GET', '/api/Authors/1/notes')).body).toMatchObject([{ text: 'a' }])
    expect((await as('admin', verb, path, body)).status).toBeLessThan(300)
  })

  it('may change rows where only the change is allowed, and look them up for it', async () => {
    const { as } = await library({ note: [deny('$everyone'), allow('$everyone', { property: 'patchAttributes' })] })
    expect((await as(1, 'PUT', '/api/Authors/1/notes/1', { text: 'x' })).status).toBe(200)
    expect((await as(1, 'GET', '/api/Authors/1/notes/1')).status).toBe(401)
  })

  it.each([
    ['PATCH', '', 'updateAttributes'],
    ['PUT', '', 'replaceById'],
    ['POST', '/replace', 'replaceById'],
  ] as const)('and a method have one decision under all their names: %s %s', async (verb, path, property) => {
    const { add, as } = await scene()
    await add({ name: 'Thing', properties: { a: 'string' }, acls: [deny('$everyone', { property })] }, [{ a: '1' }])
    expect((await as(1, verb, `/api/Things/1${path}`, { a: '2' })).status).toBe(401)
  })

  it('is asked about for every entity that a query touches', async () => {
    const { app } = await library({ note: [] })
    const asked: string[] = []
    const { Author } = app.models
    await app.ready()
    const method = app.remotes().findMethod('Author.find')!
    const context = { method, request: { raw: { accessToken: null } }, wire: { app }, params: {}, args: {}, ctorArgs: {} }
    const options = requestOptions(Author!, context as never)
    const guard = options[kGuard] as Function
    const spied = {
      ...options,
      [kGuard]: (entity: string, action: string, paths: string[], hop?: { entity: string; relation: string }) => {
        asked.push(`${action} ${entity}${hop ? ` over ${hop.entity}.${hop.relation}` : ''}`)
        return guard(entity, action, paths, hop) as unknown
      },
    }
    const filter = { include: { relation: 'notes', scope: { include: 'author' } }, where: { notes: { some: { text: 'a' } } } }
    await (Author!.find as Function)(filter, spied)
    expect([...new Set(asked)].sort()).toEqual(['find Author', 'find Author over Note.author', 'find Note over Author.notes'])
    asked.length = 0
    await (app.models.Note!.find as Function)({ order: 'author.name ASC' }, spied)
    expect([...new Set(asked)].sort()).toEqual(['find Author over Note.author', 'find Note'])
  })
})

describe('52. a relation through other rows', () => {
  const serve = async (acls: { join?: object[]; label?: object[] }) => {
    const found = await scene()
    await found.add({ name: 'Label', properties: { text: 'string', open: 'boolean' }, acls: acls.label ?? [] }, [
      { text: 'l', open: true },
      { text: 'm', open: false },
    ])
    await found.add({
      name: 'Tagging',
      acls: acls.join ?? [],
      relations: {
        thing: { type: 'belongsTo', model: 'Thing', foreignKey: 'thingId' },
        label: { type: 'belongsTo', model: 'Label', foreignKey: 'labelId' },
      },
    })
    await found.add(
      {
        name: 'Thing',
        properties: { a: 'string' },
        relations: { labels: hasMany('Label', 'thingId', { through: 'Tagging', keyThrough: 'labelId' }) },
      },
      [{ a: 'a' }],
    )
    return found
  }

  it('links no row that the caller may not see', async () => {
    const { as } = await serve({ label: [deny('$everyone'), allow('$everyone', { where: { open: true } })] })
    expect((await as(1, 'PUT', '/api/Things/1/labels/rel/1')).status).toBe(200)
    expect((await as(1, 'PUT', '/api/Things/1/labels/rel/2')).status).not.toBe(200)
    expect((await as('admin', 'GET', '/api/Taggings')).body).toHaveLength(1)
  })

  it('is closed where the rows between are, on every way', async () => {
    const { as } = await serve({ join: [deny('$everyone')] })
    expect((await as(1, 'POST', '/api/Taggings', { thingId: 1, labelId: 1 })).status).toBe(401)
    for (const [verb, path] of [
      ['PUT', '/rel/1'],
      ['DELETE', '/rel/1'],
      ['GET', ''],
      ['HEAD', '/rel/1'],
    ] as const)
      expect([verb, path, (await as(1, verb, `/api/Things/1/labels${path}`)).status]).toEqual([verb, path, 401])
  })

  it('gives nobody a role', async () => {
    const { as, add, app } = await scene()
    const [Role, RoleMapping] = ['Role', 'RoleMapping'].map((name) => app.model(app.registry.getModel(name), { dataSource: 'db' }))
    const role = await (Role!.create as Function)({ name: 'boss' })
    await add(
      {
        name: 'Club',
        properties: { a: 'string' },
        relations: { mappings: hasMany('RoleMapping', 'clubId'), roles: hasMany('Role', 'clubId', { through: 'RoleMapping' }) },
      },
      [{ a: 'a' }],
    )
    const mapping = { principalType: 'USER', principalId: '1', roleId: role.id }
    const statuses = []
    for (const [verb, path, body] of [
      ['POST', '/api/RoleMappings', mapping],
      ['POST', '/api/Clubs/1/mappings', mapping],
      ['PUT', `/api/Clubs/1/roles/rel/${role.id}`, {}],
      ['POST', `/api/Roles/${role.id}/principals`, mapping],
      ['PATCH', '/api/Clubs/1', { mappings: [mapping] }],
    ] as const)
      statuses.push((await as(1, verb, path, body)).status)
    expect(statuses.slice(0, 4)).toEqual([401, 401, 401, 401])
    expect(await (RoleMapping!.count as Function)()).toBe(0)
  })
})

describe('an include that is not allowed', () => {
  it.each(['/api/Authors', '/api/Authors/9', '/api/Authors/findOne'])('is refused at %s also where there is no row yet', async (path) => {
    const { as, add } = await scene()
    await add({ name: 'Secret', properties: { authorId: 'number' }, acls: [deny('$everyone')] })
    await add({
      name: 'Work',
      properties: { authorId: 'number' },
      relations: { secrets: { type: 'hasMany', model: 'Secret', foreignKey: 'workId' } },
    })
    await add({
      name: 'Author',
      properties: { name: 'string' },
      relations: {
        secrets: { type: 'hasMany', model: 'Secret', foreignKey: 'authorId' },
        works: { type: 'hasMany', model: 'Work', foreignKey: 'authorId' },
      },
    })
    const status = async (include: unknown) => (await as(1, 'GET', `${path}?filter=${JSON.stringify({ include })}`)).status
    const none = await status('works')
    expect([200, 404]).toContain(none)
    for (const include of ['secrets', ['works', 'secrets'], { works: 'secrets' }, { relation: 'works', scope: { include: ['secrets'] } }])
      expect([include, await status(include)]).toEqual([include, 401])
  })
})
