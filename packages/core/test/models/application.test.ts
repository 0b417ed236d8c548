import { createApplication, createRegistry, type SharedModel } from '../../src'

type Statics = Record<string, (...args: any[]) => any>
const keys = ['clientKey', 'javaScriptKey', 'restApiKey', 'windowsKey', 'masterKey'] as const

function applications(compat: 'modern' | '3.x' | '2.x'): SharedModel & Statics {
  const registry = createRegistry({ compat })
  const Application = registry.getModel('Application')
  registry.memory().attach(Application)
  return Application as SharedModel & Statics
}

const keysOf = (app: Record<string, unknown>) => keys.map((name) => app[name])

describe.each(['modern', '3.x', '2.x'] as const)('the built-in model Application in profile %s', (compat) => {
  it('registers an application with an id and five different keys', async () => {
    const app = await applications(compat).register!('ada', 'notes', { description: 'Notes' })
    expect(app).toMatchObject({ owner: 'ada', name: 'notes', description: 'Notes', status: 'sandbox', authenticationEnabled: true })
    expect(app.id).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(keysOf(app)).size).toBe(5)
    for (const key of keysOf(app)) expect(key).toMatch(/^[0-9a-f]{40}$/)
  })

  it('tells which key it was', async () => {
    const Application = applications(compat)
    const app = await Application.register!('ada', 'notes')
    for (const name of keys)
      expect(await Application.authenticate!(app.id, app[name])).toMatchObject({ keyType: name, application: { id: app.id } })
    for (const wrong of ['no', '', undefined, null, { neq: null }, `${app.clientKey} `])
      expect(await Application.authenticate!(app.id, wrong)).toBeNull()
    expect(await Application.authenticate!('nobody', app.clientKey)).toBeNull()
  })

  it('gives new keys, and the old ones open nothing', async () => {
    const Application = applications(compat)
    const app = await Application.register!('ada', 'notes')
    const { clientKey: before } = app
    const after = await Application.resetKeys!(app.id)
    expect(keysOf(after)).not.toContain(before)
    expect(await Application.authenticate!(app.id, before)).toBeNull()
    expect((await (await Application.findById!(app.id)).resetKeys()).clientKey).not.toBe(after.clientKey)
    await expect(Application.resetKeys!('nobody')).rejects.toMatchObject({ statusCode: 404 })
  })

  it('answers callbacks', async () => {
    const Application = applications(compat)
    const app: any = await new Promise((resolve) => Application.register!('o', 'n', {}, (_error: unknown, made: unknown) => resolve(made)))
    const found: any = await new Promise((resolve) =>
      Application.authenticate!(app.id, app.masterKey, (_error: unknown, made: unknown) => resolve(made)),
    )
    expect(found.keyType).toBe('masterKey')
  })

  it(
    compat === 'modern'
      ? 'keeps the keys when the application is renamed'
      : 'changes the keys whenever the application is saved, as LoopBack does',
    async () => {
      const Application = applications(compat)
      const app = await Application.register!('ada', 'notes')
      const before = keysOf(app)
      app.name = 'renamed'
      await app.save()
      const after = keysOf(await Application.findById!(app.id))
      if (compat === 'modern') expect(after).toEqual(before)
      else for (const [index, key] of after.entries()) expect(key).not.toBe(before[index])
    },
  )
})

it('shows no key and no secret to clients, also when it is public', async () => {
  const app = createApplication({ registry: createRegistry({ compat: 'modern' }) })
  app.dataSource('db', { connector: 'memory' })
  const Application = app.registry.getModel('Application') as SharedModel & Statics
  app.model(Application, { dataSource: 'db' })
  const made = await Application.register!('ada', 'notes', { pushSettings: { gcm: { serverApiKey: 'SECRET' } } })
  const text = JSON.stringify(made)
  for (const name of keys) expect(text).not.toContain(name)
  expect(text).not.toMatch(/SECRET/)
  expect(Application.settings.acls).toEqual([expect.objectContaining({ principalId: '$everyone', permission: 'DENY' })])
})
