import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { localBroker } from '@reloop/connector'
import { readEvents } from '@reloop/remoting'
import { createApplication, createRegistry, type SharedModel } from '../../src'
import { ask, noteServer, type NoteServer } from './guarded'

type Statics = Record<string, (...args: unknown[]) => Promise<any>>
const on = (Model: SharedModel) => Model as unknown as Statics

let server: NoteServer
let Note: Statics

beforeEach(async () => {
  server = await noteServer()
  Note = on(server.Note)
})
afterEach(() => server.stop())

/** Follows as somebody; gives the events one by one. */
async function follow({
  owner,
  options,
  last,
  method = 'GET',
  url = server.url,
}: { owner?: string; options?: object; last?: string; method?: string; url?: string } = {}) {
  const query = options ? `?options=${encodeURIComponent(JSON.stringify(options))}` : ''
  const headers = { accept: 'text/event-stream', ...(owner && { 'x-owner': owner }), ...(last && { 'last-event-id': last }) }
  const asked = request(`${url}/change-stream${query}`, { method, headers, agent: false }).end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const events = response.statusCode === 200 ? readEvents(response) : undefined
  const next = async () => (await events!.next()).value as { id: string; event: string; data: any }
  return { response, next, close: () => void asked.destroy() }
}

describe('a change stream over HTTP', () => {
  it('tells of creations, changes and removals as LoopBack does', async () => {
    const { response, next, close } = await follow()
    expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8')
    await Note.create!({ id: 'a', title: 'A', secret: 's' })
    await Note.updateAll!({ id: 'a' }, { title: 'B', secret: 't' })
    await Note.updateAll!({ title: 'B' }, { title: 'C' })
    await Note.destroyById!('a')
    expect((await next()).data).toEqual({ type: 'create', target: 'a', data: { id: 'a', title: 'A' } })
    expect((await next()).data).toEqual({ type: 'update', target: 'a', where: { id: 'a' }, data: { title: 'B' } })
    expect((await next()).data).toEqual({ type: 'update', where: { title: 'B' }, data: { title: 'C' } })
    expect((await next()).data).toEqual({ type: 'remove', target: 'a', where: { id: 'a' } })
    close()
  })

  it('is offered with POST, too', async () => {
    const { next, close } = await follow({ method: 'POST' })
    await Note.create!({ id: 'a' })
    expect((await next()).data).toMatchObject({ target: 'a' })
    close()
  })

  it('goes on after the last event that a client has seen', async () => {
    const first = await follow()
    await Note.create!({ id: 'a' })
    const { id } = await first.next()
    first.close()
    await Note.create!({ id: 'b' })
    const second = await follow({ last: id })
    expect((await second.next()).data).toMatchObject({ target: 'b' })
    second.close()
    const third = await follow({ last: 'elsewhere-7' })
    expect((await third.next()).event).toBe('reset')
    third.close()
  })

  it('filters by where and fields', async () => {
    const { next, close } = await follow({ options: { where: { due: { gt: '2020-01-01' } }, fields: ['id', 'due'] } })
    await Note.create!({ id: 'old', due: '2019-01-01', title: 'no' })
    await Note.create!({ id: 'new', due: '2021-01-01', title: 'yes' })
    expect((await next()).data).toEqual({ type: 'create', target: 'new', data: { id: 'new', due: '2021-01-01T00:00:00.000Z' } })
    await Note.updateAll!({ id: 'new' }, { title: 'changed' })
    expect((await next()).data).toEqual({ type: 'update', target: 'new', where: { id: 'new' }, data: {} })
    await Note.destroyById!('old')
    await Note.destroyById!('new')
    expect((await next()).data).toEqual({ type: 'remove', target: 'new', where: { id: 'new' } })
    close()
  })

  it.each([[{ where: { secret: 's' } }], [{ where: { title: { regexp: '(' } } }]])('refuses %j', async (options) => {
    expect((await follow({ options })).response.statusCode).toBe(400)
  })

  it('shows hidden properties nowhere, also not in conditions', async () => {
    const { next, close } = await follow()
    await Note.updateAll!({ secret: 'guess' }, { title: 'x', secret: 'y' })
    await Note.destroyAll!({ and: [{ secret: 'guess' }, { title: 'x' }] })
    expect((await next()).data).toEqual({ type: 'update', data: { title: 'x' } })
    expect((await next()).data).toEqual({ type: 'remove' })
    close()
  })
})

describe('a change stream of somebody who may see some rows', () => {
  it('tells of these rows and of these properties only', async () => {
    const { next, close } = await follow({ owner: 'ada' })
    await Note.create!({ id: 'b', owner: 'bob', title: 'B', grade: 1 })
    await Note.create!({ id: 'a', owner: 'ada', title: 'A', grade: 2 })
    const seen = [await next()]
    await Note.updateAll!({ title: 'B' }, { grade: 3 })
    await Note.updateAll!({ id: 'b' }, { grade: 4 })
    await Note.updateAll!({ id: 'a' }, { title: 'A2', grade: 5 })
    seen.push(await next())
    await Note.destroyById!('b')
    await Note.destroyById!('a')
    await Note.destroyAll!({ grade: 7 })
    await Note.create!({ id: 'end', owner: 'ada' })
    seen.push(await next(), await next())
    expect(seen.map(({ data }) => data)).toEqual([
      { type: 'create', target: 'a', data: { id: 'a', owner: 'ada', title: 'A' } },
      { type: 'update', target: 'a', where: { id: 'a' }, data: { title: 'A2' } },
      { type: 'remove', target: 'a' },
      { type: 'create', target: 'end', data: { id: 'end', owner: 'ada' } },
    ])
    close()
  })

  it('is refused to who may see none', async () => {
    server.guards.eve = () => false
    expect((await follow({ owner: 'eve' })).response.statusCode).toBe(401)
  })

  it('does not let a row go that was somebody else’s when it was removed', async () => {
    await Note.create!({ id: 'b', owner: 'bob' })
    const { next, close } = await follow({ owner: 'ada' })
    const b = await Note.findById!('b')
    await b.destroy()
    await Note.create!({ id: 'a', owner: 'ada' })
    expect((await next()).data).toMatchObject({ type: 'create', target: 'a' })
    close()
  })

  it('finds the one row of a removal also where rules have been added to its condition', async () => {
    await Note.create!({ id: 'a', owner: 'ada' })
    const { next, close } = await follow({ owner: 'ada' })
    expect((await ask(`${server.url}/a`, 'ada', undefined, 'DELETE')).body).toEqual({ count: 1 })
    expect((await next()).data).toMatchObject({ type: 'remove', target: 'a' })
    close()
  })
})

describe('a change stream whose right to be open ends', () => {
  const quick = { settings: { limits: { stream: { recheck: 20 } } } }

  it('closes with a reason when who opened it is no longer known', async () => {
    const quickly = await noteServer(quick)
    let revoked = false
    quickly.app.remotes().recheck = () => !revoked
    const { next } = await follow({ url: quickly.url })
    await on(quickly.Note).create!({ id: 'a' })
    expect((await next()).data).toMatchObject({ target: 'a' })
    revoked = true
    await expect(next()).rejects.toMatchObject({ code: 'STREAM_REVOKED' })
    await quickly.stop()
  })

  it('heeds a rule that has changed', async () => {
    const quickly = await noteServer(quick)
    const { next, close } = await follow({ url: quickly.url, owner: 'ada' })
    await on(quickly.Note).create!({ id: 'a1', owner: 'ada' })
    expect((await next()).data).toMatchObject({ target: 'a1' })
    quickly.guards.ada = () => ({ where: { owner: 'nobody' } })
    await new Promise((resolve) => setTimeout(resolve, 30))
    await on(quickly.Note).create!([
      { id: 'a2', owner: 'ada' },
      { id: 'n', owner: 'nobody' },
    ])
    expect((await next()).data).toMatchObject({ target: 'n' })
    close()
    await quickly.stop()
  })
})

describe('a change stream in JavaScript', () => {
  it('is a readable stream that ends when it is destroyed', async () => {
    const stream = await Note.createChangeStream!({ where: { title: 'A' } })
    await Note.create!([{ id: 'b' }, { id: 'a', title: 'A' }])
    const [event] = await once(stream, 'data')
    expect(event).toEqual({ type: 'create', target: 'a', data: { id: 'a', title: 'A' } })
    stream.destroy()
    await once(stream, 'close')
  })

  it('answers a callback', async () => {
    const stream = await new Promise<any>((resolve, reject) =>
      (server.Note.createChangeStream as Function)((error: Error | null, made: unknown) => (error ? reject(error) : resolve(made))),
    )
    expect(typeof stream.pipe).toBe('function')
    stream.destroy()
  })

  it('needs no application', async () => {
    const registry = createRegistry()
    const Lone = registry.createModel({ name: 'Lone', properties: { id: { type: 'string', id: true } } })
    registry.memory().attach(Lone)
    const stream = await on(Lone).createChangeStream!()
    await on(Lone).create!({ id: '1' })
    expect((await once(stream, 'data'))[0]).toMatchObject({ target: '1' })
    stream.destroy()
  })

  it('stays in this process where the model says so, also when somebody follows', async () => {
    const broker = localBroker()
    const published: string[] = []
    const publish = (topic: string, message: unknown) => {
      published.push(topic)
      broker.publish(topic, message)
    }
    const app = createApplication({ registry: createRegistry(), broker: { ...broker, publish } })
    app.dataSource('db', { connector: 'memory' })
    for (const [name, options] of [
      ['Silent', { changeStream: false }],
      ['Told', {}],
    ] as const) {
      const Model = app.registry.createModel({ name, properties: { id: { type: 'string', id: true } }, options })
      app.model(Model, { dataSource: 'db' })
      const stream = await on(Model).createChangeStream!()
      await on(Model).create!({ id: '1' })
      expect((await once(stream, 'data'))[0]).toMatchObject({ target: '1' })
      stream.destroy()
    }
    expect(published).toEqual(['change:Told'])
    await app.stop()
  })
})
