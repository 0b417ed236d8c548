import { closeAll } from '../notes'
import { allow, deny, scene, type Registering } from './scene'

afterAll(closeAll)

const notes = (acls: readonly object[], more: object = {}) => ({
  name: 'Note',
  properties: { text: 'string', userId: 'any' },
  acls,
  ...more,
})

describe('rules in the settings of a model', () => {
  it('are silent where there are none: everybody may call', async () => {
    const { add, as, app } = await scene()
    await add(notes([]))
    expect((await as(undefined, 'GET', '/api/Notes')).status).toBe(200)
    const method = app.remotes().findMethod('Note.find')!
    expect(app.remotes().authorizationOf!(method)).toBeUndefined()
  })

  it('refuse with 401, and open for who they name', async () => {
    const { add, as } = await scene()
    await add(
      notes([deny('$everyone'), allow('$authenticated', { accessType: 'READ' }), { ...allow('x'), principalType: 'USER', principalId: 7 }]),
    )
    const refused = await as(undefined, 'GET', '/api/Notes')
    expect([refused.status, refused.body.error.code, refused.body.error.message]).toEqual([
      401,
      'AUTHORIZATION_REQUIRED',
      'Authorization Required',
    ])
    expect((await as(1, 'GET', '/api/Notes')).status).toBe(200)
    expect((await as(1, 'POST', '/api/Notes', { text: 'a' })).status).toBe(401)
    expect((await as('7', 'POST', '/api/Notes', { text: 'a' })).status).toBe(200)
  })

  it('decide without a look-up, at once, where they are about everybody or anybody', async () => {
    const { add, as, calls } = await scene()
    await add(notes([deny('$everyone'), allow('$authenticated', { accessType: 'READ' })]), [{ text: 'a' }])
    calls()
    expect((await as(1, 'GET', '/api/Notes/1')).body).toMatchObject({ text: 'a' })
    expect(calls()).toEqual(['find Note'])
  })

  it('hold when they are pushed after the start', async () => {
    const { add, as } = await scene()
    const Note = await add(notes([]))
    expect((await as(undefined, 'GET', '/api/Notes')).status).toBe(200)
    ;(Note.settings.acls as object[]).push(deny('$everyone', { property: 'find' }))
    expect((await as(undefined, 'GET', '/api/Notes')).status).toBe(401)
    expect((await as(undefined, 'GET', '/api/Notes/count')).status).toBe(200)
  })

  it('may stand at a relation, a property or a function, and name several methods', async () => {
    const { add, as } = await scene()
    const Note = await add(notes([deny('$everyone', { property: ['count', 'findOne'] })]))
    Object.assign(Note.find as object, { acls: [deny('$unauthenticated')] })
    const statuses = []
    for (const path of ['', '/count', '/findOne', '/9/exists']) statuses.push((await as(undefined, 'GET', `/api/Notes${path}`)).status)
    expect(statuses).toEqual([401, 401, 401, 200])
  })

  it('answer 403 or 404 to somebody where the model or application says so', async () => {
    const { add, as, app } = await scene()
    await add(notes([deny('$everyone')], { aclErrorStatus: 404 }))
    await add({ ...notes([deny('$everyone')]), name: 'Other' })
    app.set('aclErrorStatus', 403)
    const hidden = await as(1, 'GET', '/api/Notes/5')
    expect([hidden.status, hidden.body.error.code, hidden.body.error.message]).toEqual([
      404,
      'MODEL_NOT_FOUND',
      'could not find Note with id 5',
    ])
    const forbidden = await as(1, 'GET', '/api/Others')
    expect([forbidden.status, forbidden.body.error.code, forbidden.body.error.message]).toEqual([403, 'ACCESS_DENIED', 'Access Denied'])
    expect((await as(undefined, 'GET', '/api/Others')).status).toBe(401)
  })

  it('close a model by its default permission', async () => {
    const { add, as } = await scene()
    await add(notes([allow('$everyone', { property: 'find' })], { defaultPermission: 'DENY' }))
    expect([(await as(1, 'GET', '/api/Notes')).status, (await as(1, 'GET', '/api/Notes/count')).status]).toEqual([200, 401])
  })

  it('give way to a checkAccess of the model’s own', async () => {
    const { add, as } = await scene()
    const Note = await add(notes([deny('$everyone')]))
    Note.checkAccess = (token: { userId: unknown } | null, _id: unknown, method: { name: string }, _ctx: unknown, cb: Function) =>
      cb(null, token?.userId === 1 && method.name === 'find')
    expect([(await as(1, 'GET', '/api/Notes')).status, (await as(1, 'GET', '/api/Notes/count')).status]).toEqual([200, 401])
    expect((await as(2, 'GET', '/api/Notes')).status).toBe(401)
  })

  it.each([
    ['2.x', undefined],
    ['3.x', { admin: true, $everyone: true }],
  ] as const)('tell methods in %s which roles opened them', async (compat, expected) => {
    const { add, as } = await scene(compat)
    const Note = await add(notes([allow('admin'), allow('$everyone'), allow('other')]))
    const told: unknown[] = []
    const observe = Note.observe as (name: string, hook: (ctx: { options: { authorizedRoles?: unknown } }) => Promise<void>) => void
    observe.call(Note, 'access', async ({ options }) => void told.push(options.authorizedRoles))
    await as('admin', 'GET', '/api/Notes')
    expect(told).toEqual([expected])
  })
})

describe('scopes of tokens', () => {
  it('must meet those of the method', async () => {
    const { add, as } = await scene()
    const Note = await add(notes([allow('$everyone')]))
    Object.assign(Note, { secret: async () => 'told' })
    Note.remoteMethod('secret', {
      returns: { arg: 'text', type: 'string' },
      http: { verb: 'get', path: '/secret' },
      accessScopes: ['read:secret'],
    })
    const token = (scopes?: string[]) => ({ id: 't', userId: 1, ...(scopes && { scopes }) })
    expect((await as(token(), 'GET', '/api/Notes/secret')).status).toBe(401)
    expect((await as(token(['read:secret']), 'GET', '/api/Notes/secret')).status).toBe(200)
    expect((await as(token(['read:secret']), 'GET', '/api/Notes')).status).toBe(401)
    expect((await as(undefined, 'GET', '/api/Notes/secret')).status).toBe(401)
  })
})

describe('57. a resolver of a role', () => {
  const answers: readonly [string, (cb: (error: unknown, is?: unknown) => void) => unknown][] = [
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['calls back with an error', (cb) => cb(new Error('no'))],
    ['answers a text', () => Promise.resolve('yes')],
    ['never answers', () => new Promise(() => undefined)],
  ]
  it.each(answers)('that %s decides against the caller, in rules that allow and in rules that deny', async (_, resolver) => {
    const { add, as, app } = await scene('modern', { limits: { time: { resolver: 20 } } })
    ;(app.registry.getModel('Role') as unknown as Registering).registerResolver('odd', (_role, _context, cb) => resolver(cb))
    await add(notes([deny('$everyone'), allow('odd')]))
    await add({ ...notes([deny('odd')]), name: 'Other' })
    expect([(await as(1, 'GET', '/api/Notes')).status, (await as(1, 'GET', '/api/Others')).status]).toEqual([401, 401])
  })

  it('is asked once per request, and may call back', async () => {
    const { add, as, app } = await scene()
    let asked = 0
    ;(app.registry.getModel('Role') as unknown as Registering).registerResolver('team', (_role, context, cb) => {
      asked++
      cb(null, context.getUserId() === 1)
    })
    await add(notes([deny('$everyone'), allow('team'), allow('team', { accessType: 'READ', where: { text: 'a' } })]))
    expect([(await as(1, 'GET', '/api/Notes')).status, (await as(2, 'GET', '/api/Notes')).status, asked]).toEqual([200, 401, 2])
  })

  it('keeps the original’s ways in 3.x: its error is the reply, and what is not false is true', async () => {
    const { add, as, app } = await scene('3.x')
    const Role = app.registry.getModel('Role') as unknown as Registering
    Role.registerResolver('text', () => Promise.resolve('yes'))
    Role.registerResolver('fails', () => Promise.reject(new Error('no')))
    await add(notes([deny('$everyone'), allow('text')]))
    await add({ ...notes([deny('$everyone'), allow('fails')]), name: 'Other' })
    expect([(await as(1, 'GET', '/api/Notes')).status, (await as(1, 'GET', '/api/Others')).status]).toEqual([200, 500])
  })
})

describe('stored rules and roles', () => {
  it('are read only when the ACL model is attached, and then hold at once', async () => {
    const { add, as, app, calls } = await scene()
    await add(notes([]))
    await as(1, 'GET', '/api/Notes')
    expect(calls()).toEqual(['find Note'])
    const ACL = app.registry.getModel('ACL')
    app.model(ACL, { dataSource: 'db', public: false })
    await (ACL.create as Function)({
      model: 'Note',
      property: 'find',
      accessType: 'READ',
      permission: 'DENY',
      principalType: 'ROLE',
      principalId: '$everyone',
    })
    calls()
    expect((await as(1, 'GET', '/api/Notes')).status).toBe(401)
    expect((await as(1, 'GET', '/api/Notes/count')).status).toBe(200)
    expect(calls().filter((call) => call === 'find ACL')).toHaveLength(2)
  })

  it('map users to roles by two look-ups, however many roles are asked for', async () => {
    const { add, as, app, calls } = await scene()
    const [Role, RoleMapping] = ['Role', 'RoleMapping'].map((name) =>
      app.model(app.registry.getModel(name), { dataSource: 'db', public: false }),
    )
    await add(notes([deny('$everyone'), allow('editor', { accessType: 'READ' }), allow('author'), allow('boss')]))
    const role = await (Role!.create as Function)({ name: 'editor' })
    await (RoleMapping!.create as Function)({ principalType: 'USER', principalId: '5', roleId: role.id })
    calls()
    expect((await as(5, 'GET', '/api/Notes')).status).toBe(200)
    expect(calls().sort()).toEqual(['find Note', 'find Role', 'find RoleMapping'])
    expect([(await as(6, 'GET', '/api/Notes')).status, (await as(5, 'POST', '/api/Notes', {})).status]).toEqual([401, 401])
  })
})

describe('45. an owner and methods of the application’s own', () => {
  it('is nobody where no row is named, whatever the method is called', async () => {
    const { add, as, app } = await scene()
    const Note = await add(notes([deny('$everyone'), allow('$owner')]), [{ text: 'a', userId: 'ann' }])
    Object.assign(Note, { report: async () => 'all', find: Note.find })
    Note.remoteMethod('report', { returns: { arg: 'text', type: 'string' }, http: { verb: 'get' } })
    const Plain = app.registry.createModel({ name: 'Plain', base: 'Model', acls: [deny('$everyone'), allow('$owner')] })
    Object.assign(Plain, { find: async () => ['everything'] })
    Plain.remoteMethod('find', { returns: { arg: 'list', type: 'array', root: true }, http: { verb: 'get', path: '/' } })
    app.model(Plain, { dataSource: null, public: true })
    expect([(await as('ann', 'GET', '/api/Notes/report')).status, (await as('ann', 'GET', '/api/Plains')).status]).toEqual([401, 401])
  })

  it('is told by the row of a method on instances', async () => {
    const { add, as } = await scene()
    const Note = await add(notes([deny('$everyone'), allow('$owner', { property: 'publish' })]), [{ text: 'a', userId: 'ann' }])
    Object.assign(Note.prototype, { publish: async () => 'done' })
    Note.remoteMethod('prototype.publish', { returns: { arg: 'text', type: 'string' }, http: { verb: 'post' } })
    const statuses = []
    for (const [user, id] of [
      ['ann', 1],
      ['bob', 1],
      ['ann', 9],
    ] as const)
      statuses.push((await as(user, 'POST', `/api/Notes/${id}/publish`)).status)
    expect(statuses).toEqual([200, 401, 401])
  })
})
