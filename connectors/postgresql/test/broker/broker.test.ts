import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { plainCall } from '@reloop/connector'
import { postgresqlBroker, type PostgresqlBroker, type PostgresqlBrokerOptions } from '../../src/broker'
import { describeOnServer } from '../fixtures/server'

describeOnServer('the broker over PostgreSQL', (database) => {
  const opened: PostgresqlBroker[] = []
  const children: ChildProcess[] = []
  const open = async (options: Partial<PostgresqlBrokerOptions> = {}) => {
    const broker = postgresqlBroker({ url: database.url, channel: 'test', onError: () => undefined, ...options })
    opened.push(broker)
    await broker.ready()
    return broker
  }
  afterEach(() => opened.splice(0).forEach((broker) => broker.close()))
  afterAll(() => children.forEach((child) => child.kill('SIGKILL')))

  /** Waits for so many messages of a topic. */
  const heard = (broker: PostgresqlBroker, topic: string, count: number) =>
    new Promise<any[]>((resolve) => {
      const messages: unknown[] = []
      const end = broker.subscribe(topic, (message) => {
        if (messages.push(message) < count) return
        end()
        resolve(messages)
      })
    })

  const start = (count: number) => {
    const execArgv = ['--conditions=@reloop/source', '--require', join(__dirname, '../fixtures/typescript.cjs')]
    const child = fork(join(__dirname, 'child/publisher.ts'), [database.url, 'test', String(count)], { execArgv })
    children.push(child)
    return child
  }

  it('carries the messages of two other processes, whole and each in its order', async () => {
    const broker = await open()
    const numbers = heard(broker, 'numbers', 400)
    const done = heard(broker, 'done', 2)
    const ended = [start(200), start(200)].map((child) => new Promise((resolve) => child.once('exit', resolve)))
    const messages = await numbers
    await done
    const byProcess = new Map<number, number[]>()
    for (const { n, from, pad } of messages) {
      byProcess.set(from, [...(byProcess.get(from) ?? []), n])
      expect(pad).toBe(n % 50 === 0 ? 'ä€😀'.repeat(3000) : '')
    }
    expect([...byProcess.values()]).toEqual([Array.from({ length: 200 }, (_, n) => n), Array.from({ length: 200 }, (_, n) => n)])
    const echo = heard(broker, 'echo', 2)
    broker.publish('to-child', { hello: [1, null, 'ß'] })
    expect(await echo).toEqual([{ hello: [1, null, 'ß'] }, { hello: [1, null, 'ß'] }])
    broker.publish('to-child', 'end')
    await Promise.all(ended)
  }, 60_000)

  it('brings a message back to where it was published, once, and to no other channel', async () => {
    const [one, other, apart] = [await open(), await open(), await open({ channel: 'apart"s' })]
    const seen: unknown[] = []
    one.subscribe('t', (message) => seen.push(['one', message]))
    other.subscribe('t', (message) => seen.push(['other', message]))
    apart.subscribe('t', (message) => seen.push(['apart', message]))
    const last = [heard(one, 'end', 1), heard(other, 'end', 1)]
    one.publish('t', 1)
    one.publish('end', null)
    await Promise.all(last)
    expect(seen.sort()).toEqual([
      ['one', 1],
      ['other', 1],
    ])
  })

  it('connects anew when its connection is cut, and sends what was published meanwhile', async () => {
    const errors: unknown[] = []
    const [one, other] = [await open({ onError: (error) => errors.push(error) }), await open()]
    const messages = heard(other, 't', 3)
    one.publish('t', 1)
    const store = await database.open()
    await store.execute(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like '%pg_notify%' and pid <> pg_backend_pid()`,
      [],
      plainCall,
    )
    one.publish('t', 2)
    one.publish('t', 3)
    expect(await messages).toEqual([1, 2, 3])
    const back = heard(one, 'back', 1)
    other.publish('back', 'hello')
    expect(await back).toEqual(['hello'])
    expect(errors.length).toBeGreaterThan(0)
  })

  it('tells of messages that cannot be sent, and sends the others', async () => {
    const errors: unknown[] = []
    const broker = await open({ onError: (error) => errors.push(error) })
    const messages = heard(broker, 't', 1)
    broker.publish('t', 1n)
    broker.publish('t', '\u0000 and all that')
    expect(await messages).toEqual(['\u0000 and all that'])
    expect(errors).toEqual([expect.any(TypeError)])
  })
})
