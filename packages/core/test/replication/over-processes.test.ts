import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { postgresqlBroker } from '@reloop/connector-postgresql/broker'
import { createApplication, createRegistry, type SharedModel } from '../../src'

const variable = 'RELOOP_TEST_POSTGRESQL_URL'
const url = process.env[variable]
const describeOnServer = url === undefined && process.env.CI !== 'true' ? describe.skip : describe

describeOnServer(`a change stream over several processes (skipped where ${variable} names no server)`, () => {
  const channel = `reloop-test-${process.pid}`
  const children: ChildProcess[] = []
  afterAll(() => children.forEach((child) => child.disconnect()))

  const start = async (name: string) => {
    const child = join(__dirname, 'child')
    const execArgv = ['--conditions=@reloop/source', '-r', join(child, 'register.js')]
    const started = fork(join(child, 'writer.ts'), [url!, channel, name], { execArgv })
    children.push(started)
    await once(started, 'message')
    return started
  }

  it('tells what other processes write', async () => {
    const broker = postgresqlBroker({ url, channel })
    const app = createApplication({ registry: createRegistry(), broker })
    app.dataSource('db', { connector: 'memory' })
    const Note = app.registry.createModel({ name: 'Note', properties: { id: { type: 'string', id: true }, title: 'string' } })
    app.model(Note, { dataSource: 'db' })
    expect(app.broker).toBe(broker)
    const stream = await (Note as SharedModel & { createChangeStream(options: object): Promise<Readable> }).createChangeStream({
      where: { title: { neq: 'by nobody' } },
    })
    await broker.ready()
    const seen: any[] = []
    stream.on('data', (event) => seen.push(event))
    for (const child of [await start('one'), await start('two')]) {
      child.send(`note of ${child.pid}`)
      await once(stream, 'data')
    }
    expect(seen).toEqual(
      ['one', 'two'].map((name, n) => ({
        type: 'create',
        target: `note of ${children[n]!.pid}`,
        data: { id: `note of ${children[n]!.pid}`, title: `by ${name}` },
      })),
    )
    stream.destroy()
    await app.stop()
    broker.close()
  }, 60_000)
})
