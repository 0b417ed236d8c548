import { compare, defineEntity, plainCall, type Row } from '@reloop/connector'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open as openFile, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryConnector, type MemoryConnector, type MemorySettings } from '../../src/index'

const entry = defineEntity({
  name: 'Entry',
  properties: {
    id: { type: 'number', id: true, generated: true },
    text: 'string',
    at: 'date',
    bytes: 'buffer',
    big: 'bigint',
    days: { type: 'list', items: 'date' },
  },
})

let folder: string
let file: string
let open: MemoryConnector[]

async function opened(settings: MemorySettings = {}): Promise<MemoryConnector> {
  const store = createMemoryConnector({ file, ...settings })
  await store.connect()
  open.push(store)
  store.define(entry)
  return store
}

const rows = (store: MemoryConnector) => store.find({ entity: entry, query: {} }, plainCall)
const insert = async (store: MemoryConnector, ...given: readonly Row[]) => store.insert({ entity: entry, rows: given }, plainCall)

/** What a killed process leaves: the files as they are now, under another name. */
function killed(): void {
  const rest = join(folder, 'rest.json')
  if (existsSync(file)) copyFileSync(file, rest)
  if (existsSync(`${file}.log`)) copyFileSync(`${file}.log`, `${rest}.log`)
  file = rest
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reloop-file-'))
  file = join(folder, 'db.json')
  open = []
})

afterEach(async () => {
  await Promise.allSettled(open.map(async (store) => store.disconnect()))
  rmSync(folder, { recursive: true })
})

describe('a file of the memory connector', () => {
  it('has LoopBack’s form', async () => {
    const store = await opened()
    await insert(store, { text: 'a' }, { id: 7, text: 'b' })
    await store.disconnect()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      ids: { Entry: 8 },
      models: { Entry: { 1: '{"text":"a","id":1}', 7: '{"id":7,"text":"b"}' } },
    })
  })

  it('gives back rows with dates and bytes, and goes on with the sequence', async () => {
    const given = { text: 'ž\n"', at: new Date(5), bytes: Buffer.from([0, 255]), big: '9223372036854775807', days: [new Date(0), null] }
    const store = await opened()
    await insert(store, given)
    await store.disconnect()
    const again = await opened()
    expect(rows(again)).toEqual([{ id: 1, ...given }])
    expect(await insert(again, { text: 'next' })).toEqual([{ id: 2, text: 'next' }])
  })

  it('keeps tables of which this process knows nothing', async () => {
    writeFileSync(file, '{"ids": {"Other": 3}, "models": {"Other": {"2": "{\\"id\\":2}"}}}')
    const store = await opened()
    await insert(store, { text: 'a' })
    await store.disconnect()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ ids: { Other: 3, Entry: 2 }, models: { Other: { 2: '{"id":2}' } } })
  })

  it('is named when it holds no JSON', async () => {
    writeFileSync(file, '{"ids": {')
    await expect(createMemoryConnector({ file }).connect()).rejects.toMatchObject({
      code: 'MEMORY_FILE_INVALID',
      message: expect.stringContaining(file) as string,
    })
  })

  it('is named when its JSON has another form', async () => {
    writeFileSync(file, '{"models": {"Entry": {"1": {"id": 1}}}}')
    await expect(createMemoryConnector({ file }).connect()).rejects.toMatchObject({
      message: expect.stringContaining('models.Entry.1') as string,
    })
  })

  it('is not shared by two stores', async () => {
    await opened()
    await expect(createMemoryConnector({ file }).connect()).rejects.toMatchObject({
      code: 'MEMORY_FILE_LOCKED',
      message: expect.stringContaining(String(process.pid)) as string,
    })
  })

  it('is not shared with another process, but with what a dead one has left', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'])
    const lock = (began: string) => writeFileSync(`${file}.lock`, JSON.stringify({ pid: other.pid, began }))
    lock('')
    await expect(createMemoryConnector({ file }).connect()).rejects.toMatchObject({
      code: 'MEMORY_FILE_LOCKED',
      message: expect.stringContaining(`process ${other.pid}:`) as string,
    })
    other.kill()
    await once(other, 'exit')
    await insert(await opened(), { text: 'a' })
  })

  it('is free when the process that locked it is gone and its number belongs to another', async () => {
    if (process.platform !== 'linux') return
    writeFileSync(`${file}.lock`, JSON.stringify({ pid: process.ppid, began: 'another time' }))
    await insert(await opened(), { text: 'a' })
  })

  it('takes no further write when the disk has refused one', async () => {
    const store = await opened()
    const handle = await openFile(file, 'a')
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
    const sync = jest.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'datasync').mockRejectedValueOnce(full)
    await handle.close()
    const refused = { code: 'MEMORY_WRITE_FAILED', statusCode: 503, message: expect.stringContaining('ENOSPC') as string }
    await expect(Promise.all([insert(store, { text: 'a' }), insert(store, { text: 'b' })])).rejects.toMatchObject(refused)
    await expect(insert(store, { text: 'c' })).rejects.toMatchObject(refused)
    expect(() => store.ping()).toThrow(expect.objectContaining(refused) as Error)
    sync.mockRestore()
    await store.disconnect()
    expect(existsSync(`${file}.lock`)).toBe(false)
  })

  it('is not touched by a start that finds nothing to fold', async () => {
    const store = await opened()
    await insert(store, { text: 'a' })
    await store.disconnect()
    const { ino } = statSync(file)
    await opened()
    expect(statSync(file).ino).toBe(ino)
  })

  it('may be closed twice, without taking the lock of whoever has it then', async () => {
    const store = await opened()
    await store.disconnect()
    await opened()
    await store.disconnect()
    expect(existsSync(`${file}.lock`)).toBe(true)
  })

  it('refuses writes while it is not open', () => {
    const store = createMemoryConnector({ file })
    expect(() => store.insert({ entity: entry, rows: [{}] }, plainCall)).toThrow('cannot reach')
  })
})

describe('the journal beside it', () => {
  it('holds what was answered and is not in the file yet', async () => {
    const store = await opened()
    await insert(store, { text: 'a' })
    await store.update({ entity: entry, change: { set: { text: 'b' } } }, plainCall)
    await insert(store, { text: 'c' }, { text: 'd' })
    await store.remove({ entity: entry, where: compare('text', 'eq', 'c') }, plainCall)
    killed()
    expect(rows(await opened()).map(({ text }) => text)).toEqual(['b', 'd'])
  })

  it('may be applied to a file that holds its changes already', async () => {
    const store = await opened()
    await insert(store, { text: 'a' }, { text: 'b' })
    await store.remove({ entity: entry }, plainCall)
    await insert(store, { text: 'c' })
    const journal = readFileSync(`${file}.log`)
    await store.disconnect()
    killed()
    writeFileSync(`${file}.log`, journal)
    expect(rows(await opened())).toEqual([{ id: 3, text: 'c' }])
  })

  it('shares one sync among writes that wait together', async () => {
    const store = await opened()
    await Promise.all(Array.from({ length: 500 }, (_, index) => insert(store, { text: `t${index}` })))
    const groups = readFileSync(`${file}.log`, 'utf8').split('\n').length - 1
    expect(groups).toBeLessThan(50)
    killed()
    expect(rows(await opened())).toHaveLength(500)
  })

  it('is folded into the file when it outgrows it', async () => {
    const store = await opened({ foldAbove: 1000 })
    for (let count = 0; count < 50; count++) await insert(store, { text: 'x'.repeat(100) })
    expect(statSync(`${file}.log`).size).toBeLessThan(statSync(file).size + 1000)
    expect(Object.keys((JSON.parse(readFileSync(file, 'utf8')) as { models: { Entry: object } }).models.Entry).length).toBeGreaterThan(10)
    killed()
    expect(rows(await opened())).toHaveLength(50)
  })

  it('is empty after a start and after a stop', async () => {
    const store = await opened()
    await insert(store, { text: 'a' })
    killed()
    const again = await opened()
    expect(statSync(`${file}.log`).size).toBe(0)
    await insert(again, { text: 'b' })
    await again.disconnect()
    expect(statSync(`${file}.log`).size).toBe(0)
  })

  it('drops a torn last record, with a warning', async () => {
    const store = await opened()
    await insert(store, { text: 'a' })
    await insert(store, { text: 'b' })
    killed()
    const whole = readFileSync(`${file}.log`)
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    for (const cut of [1, 5, 30, whole.length / 2 - 1]) {
      writeFileSync(`${file}.log`, whole.subarray(0, whole.length - Math.floor(cut)))
      rmSync(file, { force: true })
      const again = await opened()
      expect(rows(again).map(({ text }) => text)).toEqual(['a'])
      expect(warn).toHaveBeenLastCalledWith(expect.stringContaining(`${file}.log`), { code: 'MEMORY_JOURNAL_TORN' })
      await again.disconnect()
    }
    expect(warn).toHaveBeenCalledTimes(4)
    warn.mockRestore()
  })

  it('drops a tail of zeros, which a file system may leave after a crash', async () => {
    const store = await opened()
    await insert(store, { text: 'a' })
    killed()
    appendFileSync(`${file}.log`, Buffer.alloc(4096))
    jest.spyOn(process, 'emitWarning').mockImplementationOnce(() => undefined)
    expect(rows(await opened())).toHaveLength(1)
  })

  it('is an error, naming file and byte, when it is damaged in the middle', async () => {
    const store = await opened()
    await insert(store, { text: 'first' })
    const { size } = statSync(`${file}.log`)
    await insert(store, { text: 'second' })
    await insert(store, { text: 'third' })
    killed()
    const bytes = readFileSync(`${file}.log`)
    bytes[bytes.indexOf('second')] = 0x53
    writeFileSync(`${file}.log`, bytes)
    const error = { code: 'MEMORY_JOURNAL_CORRUPT', message: expect.stringMatching(`${file}.log is damaged at byte ${size}`) as string }
    await expect(createMemoryConnector({ file }).connect()).rejects.toMatchObject(error)
    expect(existsSync(`${file}.lock`)).toBe(false)
  })

  it('records a transaction as a whole, and nothing of one that is rolled back', async () => {
    const store = await opened()
    const [kept, dropped] = [await store.begin({}), await store.begin({})]
    await store.insert({ entity: entry, rows: [{ text: 'kept' }] }, { ...plainCall, transaction: kept })
    await store.insert({ entity: entry, rows: [{ text: 'dropped' }] }, { ...plainCall, transaction: dropped })
    await dropped.rollback()
    await kept.commit()
    killed()
    expect(rows(await opened()).map(({ text }) => text)).toEqual(['kept'])
  })
})

describe('a file written by LoopBack', () => {
  it('opens, with dates, bytes and sequences', async () => {
    copyFileSync(join(__dirname, '..', 'fixtures', 'written-by-loopback.json'), file)
    const product = defineEntity({
      name: 'Product',
      properties: {
        id: { type: 'number', id: true, generated: true },
        name: 'string',
        price: 'number',
        active: 'boolean',
        tags: { type: 'list', items: 'string' },
        createdAt: 'date',
        data: 'buffer',
        dates: { type: 'list', items: 'date' },
        place: 'geopoint',
        meta: 'object',
      },
    })
    const note = defineEntity({ name: 'Note', properties: { slug: { type: 'string', id: true }, text: 'string' } })
    const cat = defineEntity({
      name: 'Cat',
      table: 'cats',
      properties: { id: { type: 'number', id: true, generated: true }, name: 'string' },
    })
    const store = await opened()
    expect(store.find({ entity: product, query: {} }, plainCall)).toEqual([
      {
        id: 1,
        name: 'Lamp',
        price: 9.5,
        active: true,
        tags: ['a', 'b'],
        createdAt: new Date('2020-01-02T03:04:05.678Z'),
        data: Buffer.from('hello'),
        dates: [new Date('2021-01-01T00:00:00.000Z')],
        place: { lat: 10, lng: 20 },
        meta: { when: '2022-02-02T00:00:00.000Z', deep: { x: [1, 2] } },
      },
      { id: 7, name: 'Ünïcode “quote” \n line', price: null },
      { id: 8, name: 'After seven' },
    ])
    expect(store.find({ entity: note, query: {} }, plainCall)).toEqual([
      { slug: '2', text: 'generated?' },
      { slug: 'first', text: 'one' },
    ])
    expect(await store.insert({ entity: product, rows: [{ name: 'New' }] }, plainCall)).toEqual([{ id: 10, name: 'New' }])
    expect(await store.insert({ entity: cat, rows: [{ name: 'Kit' }] }, plainCall)).toEqual([{ id: 2, name: 'Kit' }])
  })
})
