import { closeAll } from '../notes'
import { allow, scene } from './scene'

afterAll(closeAll)

const names = ['ACL', 'Role', 'RoleMapping', 'Scope'] as const

describe('56. a security model that is public by mistake', () => {
  it.each(names)('%s is closed to everybody, by every method', async (name) => {
    const { as, app } = await scene()
    for (const other of names) app.model(app.registry.getModel(other), { dataSource: 'db' })
    const path = `/api/${app.models[name]!.pluralModelName as string}`
    for (const user of [undefined, 1])
      for (const [verb, more, body] of [
        ['GET', '', undefined],
        ['GET', '/1', undefined],
        ['HEAD', '/1', undefined],
        ['GET', '/count', undefined],
        ['POST', '', { name: 'x' }],
        ['PATCH', '/1', { name: 'x' }],
        ['PUT', '/1', { name: 'x' }],
        ['POST', '/update?where={"name":"x"}', { name: 'y' }],
        ['POST', '/upsertWithWhere?where={"name":"x"}', { name: 'y' }],
        ['DELETE', '/1', undefined],
      ] as const)
        expect([verb, more, (await as(user, verb, path + more, body)).status]).toEqual([verb, more, 401])
  })

  it('is opened by rules of the application’s own', async () => {
    const { as, app } = await scene()
    app.model(app.registry.getModel('Role'), { dataSource: 'db', acls: [allow('admin')] })
    expect([(await as('admin', 'POST', '/api/Roles', { name: 'x' })).status, (await as(1, 'GET', '/api/Roles')).status]).toEqual([200, 401])
  })

  it('is as open in 3.x as in the original', async () => {
    const { as, app } = await scene('3.x')
    app.model(app.registry.getModel('Role'), { dataSource: 'db' })
    expect((await as(undefined, 'GET', '/api/Roles')).status).toBe(200)
  })
})

describe('enableAuth with a data source', () => {
  it('attaches what has none, and makes only users public', async () => {
    const { app } = await scene()
    if (!app.registry.findModel('AccessToken')) app.registry.createModel({ name: 'AccessToken', properties: {} })
    app.registry.createModel({ name: 'Boss', base: 'Role', properties: {} })
    app.model(app.registry.getModel('Boss'), { dataSource: 'db', public: false })
    app.enableAuth({ dataSource: 'db' })
    const attached = ['ACL', 'Role', 'RoleMapping', 'AccessToken', 'User', 'Boss'].map((name) =>
      Boolean(app.registry.getModel(name).dataSource),
    )
    expect(attached).toEqual([true, false, true, true, true, true])
    expect(Object.keys(app.remoteObjects())).not.toContain('ACL')
    expect(app.isAuthEnabled).toBe(true)
  })
})
