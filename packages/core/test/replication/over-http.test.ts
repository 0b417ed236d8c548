import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SharedModel } from '../../src'
import { itemServer, remoteItems } from './items'

type Statics = Record<string, (...args: unknown[]) => Promise<any>>
const on = (Model: SharedModel) => Model as unknown as Statics

/** A server in a process of its own. */
interface Running {
  readonly Item: SharedModel
  /** Kills it once it has begun so many writes. */
  killAfter(writes: number): void
  kill(): Promise<void>
}

const folders: string[] = []
const running: ChildProcess[] = []
const newFile = () => {
  const folder = mkdtempSync(join(tmpdir(), 'reloop-replication-'))
  folders.push(folder)
  return join(folder, 'db.json')
}

async function run(file: string): Promise<Running> {
  const child = join(__dirname, 'child')
  const server = fork(join(child, 'server.ts'), [file], { execArgv: ['--conditions=@reloop/source', '-r', join(child, 'register.js')] })
  running.push(server)
  let limit = Infinity
  const port = await new Promise<number>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)))
    server.on('message', (message: { port?: number; writes?: number }) => {
      if (message.port !== undefined) resolve(message.port)
      if ((message.writes ?? 0) >= limit) server.kill('SIGKILL')
    })
  })
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  return {
    Item: remoteItems(`http://127.0.0.1:${port}/api`),
    killAfter: (writes) => void (limit = writes),
    kill: () => (server.kill('SIGKILL'), gone),
  }
}

const titles = async (Item: SharedModel) =>
  Object.fromEntries(
    (await on(Item).find!({ limit: 10_000 })).map(({ id, title }: { id: string; title: string }) => [id, title]),
  ) as Record<string, string>

async function filled(count: number) {
  const { app, Item } = itemServer({ connector: 'memory' })
  await on(Item).create!(Array.from({ length: count }, (_, n) => ({ id: `n${n}`, title: `title ${n}`, at: new Date(n) })))
  return { app, Item }
}

afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('replication between two servers', () => {
  it('brings creations, changes and deletions over, in both directions', async () => {
    const { app, Item } = await filled(5)
    const other = await run(newFile())
    expect(await on(Item).replicate!(-1, other.Item)).toEqual([])
    expect(await titles(other.Item)).toEqual(await titles(Item))
    await on(other.Item).updateAll!({ id: 'n1' }, { title: 'changed there' })
    await on(other.Item).destroyAll!({ id: 'n2' })
    await on(other.Item).create!({ id: 'new', title: 'made there' })
    expect(await on(other.Item).replicate!(-1, Item)).toEqual([])
    expect(await titles(Item)).toEqual({ n0: 'title 0', n1: 'changed there', n3: 'title 3', n4: 'title 4', new: 'made there' })
    expect((await on(Item).findById!('n4')).at).toEqual(new Date(4))
    await other.kill()
    await app.stop()
  })

  it('resolves a conflict with a record of the other server', async () => {
    const { app, Item } = await filled(1)
    const other = await run(newFile())
    await on(Item).replicate!(-1, other.Item)
    await on(Item).updateAll!({ id: 'n0' }, { title: 'here' })
    await on(other.Item).updateAll!({ id: 'n0' }, { title: 'there' })
    const [conflict] = await on(Item).replicate!(-1, other.Item)
    expect(conflict).toMatchObject({ modelId: 'n0' })
    await conflict.swapParties().resolveUsingSource()
    expect(await on(other.Item).replicate!(-1, Item)).toEqual([])
    expect(await titles(Item)).toEqual({ n0: 'there' })
    await other.kill()
    await app.stop()
  })

  it.each([1, 37, 95])('loses and doubles nothing when the target is killed after %d writes', async (writes) => {
    const { app, Item } = await filled(120)
    const file = newFile()
    const first = await run(file)
    first.killAfter(writes)
    await expect(on(Item).replicate!(-1, first.Item)).rejects.toThrow()
    const second = await run(file)
    const before = await titles(second.Item)
    expect(Object.keys(before).length).toBeLessThan(120)
    expect(await on(Item).replicate!(-1, second.Item)).toEqual([])
    expect(await titles(second.Item)).toEqual(await titles(Item))
    expect(await on(second.Item).replicate!(-1, Item)).toEqual([])
    expect(await titles(Item)).toEqual(await titles(second.Item))
    await second.kill()
    await app.stop()
  })

  it('loses nothing when the source is killed in the middle', async () => {
    const file = newFile()
    const first = await run(file)
    const { app: filling, Item: Given } = await filled(120)
    await on(Given).replicate!(-1, first.Item)
    const { app, Item } = itemServer({ connector: 'memory' })
    let written = 0
    ;(Item.observe as Function).call(Item, 'after save', async () => void (++written === 50 && (await first.kill())))
    await expect(on(first.Item).replicate!(-1, Item)).rejects.toThrow()
    const second = await run(file)
    expect(await on(second.Item).replicate!(-1, Item)).toEqual([])
    expect(await titles(Item)).toEqual(await titles(Given))
    await second.kill()
    await Promise.all([app.stop(), filling.stop()])
  })
})
