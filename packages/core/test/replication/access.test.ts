import type { SharedModel } from '../../src'
import { ask, noteServer, type NoteServer } from './guarded'

type Statics = Record<string, (...args: unknown[]) => Promise<any>>
const on = (Model: SharedModel) => Model as unknown as Statics

let server: NoteServer
let Note: Statics

beforeEach(async () => {
  server = await noteServer()
  Note = on(server.Note)
  await Note.create!([
    { id: 'a', owner: 'ada', title: 'A', grade: 1, secret: 'x' },
    { id: 'b', owner: 'bob', title: 'B', grade: 2, secret: 'y' },
  ])
})
afterEach(() => server.stop())

const change = (modelId: string, more: object = {}) => ({ modelName: 'Note', modelId, rev: 'r', prev: null, checkpoint: 1, ...more })
const revOf = async (id: string) => (await Note.findLastChange!(id)).rev as string

describe('replication as somebody who may see some rows', () => {
  it('tells only of changes of rows that the caller may see', async () => {
    const { body } = await ask(`${server.url}/changes?since=-1`, 'ada')
    expect(body.map(({ modelId }: { modelId: string }) => modelId)).toEqual(['a'])
    expect((await ask(`${server.url}/b/changes/last`, 'ada')).body).toBeNull()
    expect((await ask(`${server.url}/a/changes/last`, 'ada')).body.modelId).toBe('a')
  })

  it('says nothing of deleted rows, which no rule can be asked about', async () => {
    await Note.checkpoint!()
    await Note.destroyById!('b')
    await Note.destroyById!('a')
    expect((await ask(`${server.url}/changes?since=-1`, 'ada')).body).toEqual([])
    expect((await ask(`${server.url}/changes?since=-1`)).body).toHaveLength(2)
  })

  it('does not compare with changes of rows that the caller may not see', async () => {
    const { body } = await ask(`${server.url}/diff?since=-1`, 'ada', [change('b')])
    expect(body).toMatchObject({ conflicts: [], deltas: [{ modelId: 'b', prev: null }] })
  })

  it('hands out neither foreign rows nor hidden properties', async () => {
    const { body, text } = await ask(`${server.url}/create-updates`, 'ada', [change('a'), change('b')])
    expect(body).toEqual([expect.objectContaining({ data: { id: 'a', owner: 'ada', title: 'A' } })])
    expect(text).not.toMatch(/secret|grade/)
    expect((await ask(`${server.url}/create-updates`, undefined, [change('a')])).text).not.toMatch(/secret/)
  })

  it.each(['update', 'delete', 'create'])('refuses to %s a foreign row', async (type) => {
    const update = { type, change: change('b', { prev: await revOf('b') }), data: { id: 'b', title: 'stolen', owner: 'ada' } }
    const { status } = await ask(`${server.url}/bulk-update`, 'ada', { updates: [update] })
    expect(status).toBe(409)
    expect(await Note.findById!('b')).toMatchObject({ owner: 'bob', title: 'B' })
  })

  it('lets nobody move a row to somebody else', async () => {
    const update = { type: 'update', change: change('a', { prev: await revOf('a') }), data: { owner: 'bob' } }
    const { status } = await ask(`${server.url}/bulk-update`, 'ada', { updates: [update] })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(await Note.findById!('a')).toMatchObject({ owner: 'ada' })
  })

  it('follows what is based on the caller’s own row', async () => {
    const { body } = await ask(`${server.url}/changes?since=-1`, 'ada')
    const update = { type: 'update', change: change('a', { prev: body[0].rev }), data: { title: 'new' } }
    expect((await ask(`${server.url}/bulk-update`, undefined, { updates: [update] })).status).toBe(204)
    expect(await Note.findById!('a')).toMatchObject({ title: 'new', secret: 'x' })
  })
})

describe('replication with forged changes', () => {
  it('keeps no revision that a client sends', async () => {
    const update = { type: 'create', change: change('c', { rev: 'forged', checkpoint: 99 }), data: { id: 'c', title: 'C' } }
    await ask(`${server.url}/bulk-update`, undefined, { updates: [update] })
    expect(await Note.findLastChange!('c')).toMatchObject({ checkpoint: 1 })
    expect(await revOf('c')).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each(['rev', 'checkpoint', 'modelId', 'id'])('refuses to set %s of a change', async (name) => {
    const { status, body } = await ask(`${server.url}/a/changes/last`, undefined, { [name]: 0 }, 'PUT')
    expect([status, body.error.code]).toEqual([400, 'REPLICATION_CHANGE_FIXED'])
  })

  it('never moves the checkpoint back', async () => {
    await Note.checkpoint!()
    const { body } = await ask(`${server.url}/checkpoint`, undefined, { seq: 1 })
    expect(body.seq).toBe(3)
  })

  it.each([[{ updates: 'all' }], [{ updates: [{}] }], [{ updates: [{ type: 'update', change: { modelId: { neq: null } } }] }], [{}]])(
    'refuses %j',
    async (body) => {
      expect((await ask(`${server.url}/bulk-update`, undefined, body)).status).toBe(400)
      expect(await Note.count!()).toBe(2)
    },
  )

  it('refuses data with the id of another record', async () => {
    const update = { type: 'update', change: change('a', { prev: await revOf('a') }), data: { id: 'b', title: 'x' } }
    expect((await ask(`${server.url}/bulk-update`, undefined, { updates: [update] })).status).toBe(400)
  })

  it('offers neither changes nor checkpoints as models', async () => {
    const root = server.url.replace(/Notes$/, '')
    for (const path of ['Note-changes', 'Note-changes/count', 'checkpoints', 'Changes', 'Checkpoints'])
      expect((await ask(root + path)).status).toBe(404)
  })
})
