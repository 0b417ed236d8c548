import { plainCall } from '@reloop/connector'
import { runtimeOf } from '@reloop/juggler'
import { createRegistry, type Registry, type SharedModel } from '../../src'

type Statics = Record<string, (...args: any[]) => any>
const tick = () => new Promise((resolve) => setTimeout(resolve, 5))

function tracked(registry: Registry, name = 'Item', options: object = {}): SharedModel & Statics {
  const Item = registry.createModel({
    name,
    properties: { id: { type: 'string', id: true }, title: 'string', tenant: 'string' },
    options: { trackChanges: true, changeCleanupInterval: -1, ...options },
  })
  registry.memory(name).attach(Item)
  return Item as SharedModel & Statics
}

const ids = (changes: { modelId: string }[]) => changes.map(({ modelId }) => modelId).sort()

/** Waits until so many changes are recorded. */
async function recorded(Item: SharedModel & Statics, count: number): Promise<void> {
  for (let wait = 0; wait < 1000 && (await Item.changes!(-1)).length < count; wait++) await tick()
}

describe('tracking changes', () => {
  it('records what is written in every way', async () => {
    const Item = tracked(createRegistry())
    await Item.create!([{ id: 'a' }, { id: 'b' }])
    await Item.upsert!({ id: 'c', title: 'C' })
    await Item.replaceOrCreate!({ id: 'd', title: 'D' })
    await Item.findOrCreate!({ where: { id: 'e' } }, { id: 'e' })
    expect(ids(await Item.changes!(-1))).toEqual(['a', 'b', 'c', 'd', 'e'])
    await Item.checkpoint!()
    await Item.replaceById!('a', { title: 'A' })
    await Item.updateAll!({ id: 'b' }, { title: 'B' })
    await (await Item.findById!('c')).updateAttributes({ title: 'C2' })
    await (await Item.findById!('d')).destroy()
    await Item.destroyAll!({ id: { inq: ['e'] } })
    const changes = await Item.changes!(2)
    expect(Object.fromEntries(changes.map((change: any) => [change.modelId, change.type()]))).toEqual({
      a: 'update',
      b: 'update',
      c: 'update',
      d: 'delete',
      e: 'delete',
    })
  })

  it('records once tracking begins what was written before', async () => {
    const registry = createRegistry()
    const Item = tracked(registry, 'Item', { trackChanges: false })
    await Item.create!([{ id: 'a' }, { id: 'b' }])
    expect(() => Item.getChangeModel!()).toThrow(expect.objectContaining({ code: 'REPLICATION_NOT_TRACKED' }))
    Item.enableChangeTracking!()
    await recorded(Item, 2)
    expect(ids(await Item.changes!(-1))).toEqual(['a', 'b'])
  })

  it('finds by a clean-up what hooks have missed, and keeps no process alive for it', async () => {
    const intervals = jest.spyOn(globalThis, 'setInterval')
    const Item = tracked(createRegistry(), 'Item', { changeCleanupInterval: 10 })
    expect(intervals.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef())).toEqual([false])
    intervals.mockRestore()
    await tick()
    const { connector, entity } = runtimeOf(Item)
    await connector.insert({ entity, rows: [{ id: 'x', title: 'behind the back' }] }, plainCall)
    await recorded(Item, 1)
    expect(ids(await Item.changes!(-1))).toEqual(['x'])
  })

  it('writes the newest revision, however many write at the same time', async () => {
    const Item = tracked(createRegistry())
    await Item.create!({ id: 'a', title: 'start' })
    await Promise.all(Array.from({ length: 40 }, (_, n) => Item.updateAll!({ id: 'a' }, { title: `title ${n}` })))
    const Change = Item.getChangeModel!()
    const [change] = await Item.changes!(-1)
    expect(change.rev).toBe(Change.revisionForInst(await Item.findById!('a')))
    expect(await Change.count()).toBe(1)
  })

  it('counts a change to the checkpoint that begins while it is recorded', async () => {
    const Item = tracked(createRegistry())
    const Change = Item.getChangeModel!()
    Change.observe('after save', async ({ instance }: any) => void (instance && (await Item.checkpoint!())))
    await Item.create!({ id: 'a' })
    expect(ids(await Item.changes!(2))).toEqual(['a'])
  })

  it('never fails a write that could not be recorded, and tells of it', async () => {
    const Item = tracked(createRegistry())
    const problem = new Error('no room')
    Item.getChangeModel!().observe('before save', async () => Promise.reject(problem))
    const errors: unknown[] = []
    Item.on('error', (error: unknown) => void errors.push(error))
    await expect(Item.create!({ id: 'a' })).resolves.toMatchObject({ id: 'a' })
    expect(errors).toEqual([problem])
    const handled: unknown[] = []
    Item.handleChangeError = (error: unknown, operation: unknown) => handled.push([error, operation])
    await Item.create!({ id: 'b' })
    expect(handled).toEqual([[problem, 'after save']])
  })

  it('warns of it where nobody listens', async () => {
    const Item = tracked(createRegistry())
    Item.getChangeModel!().observe('before save', async () => Promise.reject(new Error('no room')))
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    await Item.create!({ id: 'a' })
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('no room'))
    warn.mockRestore()
  })

  it('records in the transaction of the write', async () => {
    const Item = tracked(createRegistry())
    const transaction = await Item.beginTransaction!({})
    await Item.create!({ id: 'a' }, { transaction })
    await transaction.rollback()
    expect(await Item.changes!(-1)).toEqual([])
  })

  it('leaves the class that it extends alone', async () => {
    const registry = createRegistry()
    const Base = tracked(registry, 'Base', { trackChanges: false })
    const Sub = registry.createModel({
      name: 'Sub',
      base: 'Base',
      options: { trackChanges: true, changeCleanupInterval: -1 },
    }) as SharedModel & Statics
    registry.memory('Base').attach(Sub)
    await Base.create!({ id: 'a' })
    await Sub.create!({ id: 'b' })
    expect(ids(await Sub.changes!(-1))).toEqual(['b'])
  })
})

describe('additional properties of changes', () => {
  it('are copied from the record, outlive it, and may narrow what is replicated', async () => {
    const Item = tracked(createRegistry(), 'Item', { additionalChangeModelProperties: { tenant: 'string' } })
    await Item.create!([
      { id: 'a', tenant: 'one' },
      { id: 'b', tenant: 'two' },
    ])
    await Item.checkpoint!()
    await Item.destroyById!('a')
    expect(await Item.findLastChange!('a')).toMatchObject({ rev: null, tenant: 'one' })
    Item.createChangeFilter = function (since: number) {
      return { where: { checkpoint: { gte: since }, modelName: 'Item', tenant: 'two' } }
    }
    expect(ids(await Item.changes!(-1))).toEqual(['b'])
  })

  it('are filled in by the model where it says how', async () => {
    const Item = tracked(createRegistry(), 'Item', { additionalChangeModelProperties: { mark: 'string' } })
    Item.prototype.fillCustomChangeProperties = function (this: any, change: any, callback: () => void) {
      change.mark = `${this.id}!`
      change.rev = 'not mine to set'
      callback()
    }
    await Item.create!({ id: 'a' })
    const change = await Item.findLastChange!('a')
    expect(change.mark).toBe('a!')
    expect(change.rev).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('replication in one process', () => {
  it('sends in chunks, and hands its options to the target', async () => {
    const registry = createRegistry()
    const [Source, Target] = [tracked(registry, 'Source', { replicationChunkSize: 3 }), tracked(registry, 'Target')]
    await Source.create!(Array.from({ length: 10 }, (_, n) => ({ id: `n${n}`, title: `${n}` })))
    const calls: [number, unknown][] = []
    const { bulkUpdate } = Target
    Target.bulkUpdate = function (this: any, updates: unknown[], options: any) {
      calls.push([updates.length, options.hint])
      return bulkUpdate!.call(this, updates, options)
    }
    const conflicts = await Source.replicate!(-1, Target, { hint: 7 })
    expect(conflicts).toEqual([])
    expect(conflicts.checkpoints).toEqual({ source: 3, target: 3 })
    expect(calls).toEqual([
      [3, 7],
      [3, 7],
      [3, 7],
      [1, 7],
    ])
    expect(await Target.count!()).toBe(10)
  })

  it('takes up what changes while it runs', async () => {
    const registry = createRegistry()
    const [Source, Target] = [tracked(registry, 'Source'), tracked(registry, 'Target')]
    await Source.create!({ id: 'a' })
    let late = false
    Target.observe!('after save', async () => {
      if (late) return
      late = true
      await Source.create!({ id: 'late' })
    })
    await Source.replicate!(-1, Target)
    expect(ids((await Target.find!()).map(({ id }: { id: string }) => ({ modelId: id })))).toEqual(['a', 'late'])
  })

  it('makes a conflict, and no lost update, of a write in between', async () => {
    const registry = createRegistry()
    const [Source, Target] = [tracked(registry, 'Source'), tracked(registry, 'Target')]
    await Source.create!({ id: 'a', title: 'start' })
    await Source.replicate!(-1, Target)
    await Source.checkpoint!()
    await Source.updateAll!({ id: 'a' }, { title: 'source' })
    let meddled = false
    Target.observe!('before save', async ({ where }: any) => {
      if (!where || meddled) return
      meddled = true
      await Target.updateAll!({ id: 'a' }, { title: 'meanwhile' })
    })
    const told: unknown[] = []
    Source.on('conflicts', (conflicts: unknown) => void told.push(conflicts))
    const conflicts = await Source.replicate!(-1, Target)
    expect(conflicts).toHaveLength(1)
    expect(told).toEqual([conflicts])
    expect(await Target.findById!('a')).toMatchObject({ title: 'meanwhile' })
  })

  it('leaves out what is deleted between two steps', async () => {
    const registry = createRegistry()
    const [Source, Target] = [tracked(registry, 'Source'), tracked(registry, 'Target')]
    await Source.create!([{ id: 'a' }, { id: 'b' }])
    const { diff } = Target
    Target.diff = async function (this: any, ...args: unknown[]) {
      await Source.destroyById!('a')
      return diff!.apply(this, args)
    }
    await Source.replicate!(-1, Target)
    expect(ids((await Target.find!()).map(({ id }: { id: string }) => ({ modelId: id })))).toEqual(['b'])
  })

  it('needs change tracking on both sides', async () => {
    const registry = createRegistry()
    const [Source, Plain] = [tracked(registry, 'Source'), tracked(registry, 'Plain', { trackChanges: false })]
    await expect(Source.replicate!(-1, Plain)).rejects.toMatchObject({ code: 'REPLICATION_NOT_TRACKED' })
    await expect(Plain.replicate!(-1, Source)).rejects.toMatchObject({ code: 'REPLICATION_NOT_TRACKED' })
  })
})
