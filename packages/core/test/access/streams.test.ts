import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { closeAll, serve } from '../notes'
import { allow, deny } from './scene'

afterAll(closeAll)

/** A stream that says something every few milliseconds until it is closed. */
async function streaming() {
  const { app, model } = serve('modern', { limits: { stream: { recheck: 40 } } })
  app.enableAuth({ dataSource: 'db' })
  const User = app.registry.getModelByType('User')
  const user = (await (User.create as Function)({ email: 'a@example.com', password: 'password-1' })) as { id: unknown }
  const token = (await (app.registry.getModelByType('AccessToken').create as Function)({ userId: user.id })) as {
    id: string
    destroy(): Promise<void>
  }
  const Feed = model({ name: 'Feed', properties: {}, acls: [deny('$everyone'), allow('reader')] })
  Object.assign(Feed, { watch: async () => Readable.from(ticks(), { objectMode: true }) })
  Feed.remoteMethod('watch', { returns: { arg: 'events', type: 'ReadableStream', json: true } as never, http: { verb: 'get' } })
  const role = await (app.registry.getModel('Role').create as Function)({ name: 'reader' })
  const mapping = await (app.registry.getModel('RoleMapping').create as Function)({
    roleId: role.id,
    principalType: 'USER',
    principalId: String(user.id),
  })
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const open = (id: string) =>
    fetch(`http://127.0.0.1:${port}/api/Feeds/watch`, { headers: { authorization: id, accept: 'text/event-stream' } })
  return { app, Feed, token, mapping, user, User, open }
}

async function* ticks(): AsyncGenerator<object> {
  for (let n = 0; ; n++) {
    yield { n }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function ends(reply: Response): Promise<boolean> {
  const reader = reply.body!.getReader()
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, 2_000, false).unref())
  const over = (async () => {
    for (;;) if ((await reader.read().catch(() => ({ done: true }))).done) return true
  })()
  return Promise.race([late, over])
}

describe('58. an open stream ends', () => {
  it('when its token is revoked', async () => {
    const { open, token } = await streaming()
    const reply = await open(token.id)
    expect(reply.status).toBe(200)
    await token.destroy()
    expect(await ends(reply)).toBe(true)
  })

  it('when its user is deleted', async () => {
    const { open, token, User, user } = await streaming()
    const reply = await open(token.id)
    await (User.destroyById as Function)(user.id)
    expect(await ends(reply)).toBe(true)
  })

  it('when the role is taken away', async () => {
    const { open, token, mapping } = await streaming()
    const reply = await open(token.id)
    expect(reply.status).toBe(200)
    await mapping.destroy()
    expect(await ends(reply)).toBe(true)
  })

  it('when a rule is changed', async () => {
    const { open, token, Feed } = await streaming()
    const reply = await open(token.id)
    ;(Feed.settings.acls as object[]).push(deny('reader', { property: 'watch' }))
    expect(await ends(reply)).toBe(true)
  })

  it('when a method that was open to all gets its first rule', async () => {
    const { app, model } = serve('modern', { limits: { stream: { recheck: 40 } } })
    app.enableAuth({ dataSource: 'db' })
    const Feed = model({ name: 'Feed', properties: {} })
    Object.assign(Feed, { watch: async () => Readable.from(ticks(), { objectMode: true }) })
    Feed.remoteMethod('watch', { returns: { arg: 'events', type: 'ReadableStream', json: true } as never, http: { verb: 'get' } })
    const server = app.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const reply = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/Feeds/watch`)
    expect(reply.status).toBe(200)
    Feed.settings.acls = [deny('$everyone', { property: 'watch' })]
    expect(await ends(reply)).toBe(true)
  })
})

describe('57. a stream without access', () => {
  it('is not opened', async () => {
    const { open } = await streaming()
    expect([(await open('')).status, (await open('nonsense')).status]).toEqual([401, 401])
  })
})
