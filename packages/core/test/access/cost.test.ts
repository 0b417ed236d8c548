import { closeAll, serve } from '../notes'
import { allow, deny, scene, spy } from './scene'

afterAll(closeAll)

/** A real token, where users have logged in. */
async function withTokens(stored = true) {
  const served = serve()
  const { app } = served
  if (!stored) for (const name of ['User', 'AccessToken']) app.model(app.registry.getModel(name), { dataSource: 'db' })
  app.enableAuth(stored ? { dataSource: 'db' } : {})
  const User = app.registry.getModelByType('User')
  const user = (await (User.create as Function)({ email: 'ann@example.com', password: 'long-enough-1' })) as { id: unknown }
  const Token = app.registry.getModelByType('AccessToken')
  const token = (await (Token.create as Function)({ userId: user.id })) as { id: string }
  return { ...served, user, token: token.id }
}

describe('the cost of access control', () => {
  it('is, for a record by id with a token and rules of settings and of a store, one look-up of each', async () => {
    const { app, model, ask, token } = await withTokens()
    const Note = model({ name: 'Note', properties: { text: 'string' }, acls: [deny('$everyone'), allow('$authenticated')] })
    await (Note.create as Function)({ text: 'a' })
    const told = spy(app.dataSources.db as never, [])
    const reply = await ask('GET', '/api/Notes/1', undefined, { authorization: token })
    expect(reply.status).toBe(200)
    expect(told).toEqual(['find AccessToken', 'find ACL', 'find Note'])
  })

  it('is one look-up of the token and one of the record where rules are not stored', async () => {
    const { app, model, ask, token } = await withTokens(false)
    const Note = model({ name: 'Note', properties: { text: 'string' }, acls: [deny('$everyone'), allow('$authenticated')] })
    await (Note.create as Function)({ text: 'a' })
    const told = spy(app.dataSources.db as never, [])
    expect((await ask('GET', '/api/Notes/1', undefined, { authorization: token })).status).toBe(200)
    expect(told).toEqual(['find AccessToken', 'find Note'])
  })

  it('is nothing at all for who sends no token', async () => {
    const { add, as, calls } = await scene()
    await add({ name: 'Note', properties: { text: 'string' }, acls: [deny('$everyone'), allow('$authenticated')] }, [{ text: 'a' }])
    calls()
    await as(1, 'GET', '/api/Notes/1')
    await as(undefined, 'GET', '/api/Notes/1')
    expect(calls()).toEqual(['find Note'])
  })

  it('is no look-up of the owner for rows that the condition finds', async () => {
    const { add, as, calls } = await scene()
    await add({ name: 'Note', properties: { userId: 'string' }, acls: [deny('$everyone'), allow('$owner')] }, [{ userId: 'ann' }])
    calls()
    await as('ann', 'GET', '/api/Notes')
    await as('ann', 'PATCH', '/api/Notes/1', {})
    expect(calls().filter((call) => call.startsWith('find'))).toHaveLength(2)
  })
})
