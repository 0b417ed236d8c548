import { Writable } from 'node:stream'
import { redact, redactText } from '../../src/ops/redact'
import { notesApp, start } from './app'

/** Collects what is logged, line by line. */
function lines() {
  const all: Record<string, unknown>[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString().split('\n').filter(Boolean)) all.push(JSON.parse(line) as Record<string, unknown>)
      done()
    },
  })
  return { all, stream }
}

describe('logs', () => {
  it('are off unless asked for', async () => {
    const app = notesApp()
    const url = await start(app)
    expect((await fetch(`${url}/api/Notes`)).headers.get('x-request-id')).toBeNull()
    await app.stop()
  })

  it('give each request an id, taken over from outside only when harmless', async () => {
    const { all, stream } = lines()
    const app = notesApp({ logger: { level: 'info', stream } })
    const url = await start(app)
    const mine = await fetch(`${url}/api/Notes`, { headers: { 'x-request-id': 'order-17' } })
    const made = await fetch(`${url}/api/Notes`, { headers: { 'x-request-id': 'a b\tc' } })
    await app.stop()
    expect(mine.headers.get('x-request-id')).toBe('order-17')
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(all.some((line) => line.reqId === 'order-17')).toBe(true)
  })

  it('86: show no tokens, passwords, cookies or numbers of cards, and keep a message on one line', async () => {
    const { all, stream } = lines()
    const app = notesApp({ logger: { level: 'info', stream } })
    const url = await start(app)
    await fetch(`${url}/api/Notes?access_token=tok123&filter={}`, { headers: { authorization: 'Bearer tok123', cookie: 'sid=tok123' } })
    app.fastify.log.info(
      { user: { password: 'hunter2', email: 'a@b.c' }, headers: { authorization: 'tok123' }, note: 'card 4111 1111 1111 1111' },
      'login of postgres://u:hunter2@db/x\nwith Bearer tok123',
    )
    app.fastify.log.error(Object.assign(new Error('refused Bearer tok123'), { token: 'tok123' }))
    await app.stop()
    const text = JSON.stringify(all)
    for (const secret of ['tok123', 'hunter2', '4111']) expect(text).not.toContain(secret)
    expect(text).toContain('a@b.c')
    expect(all.find((line) => String(line.msg).startsWith('login'))!.msg).toBe(
      'login of postgres://u:[redacted]@db/x\nwith Bearer [redacted]',
    )
  })
})

describe('redact', () => {
  it('leaves ordinary values and numbers that are no cards', () => {
    expect(redact({ a: 1, when: new Date(0), list: ['x', null], id: '4111111111111112' })).toEqual({
      a: 1,
      when: new Date(0),
      list: ['x', null],
      id: '4111111111111112',
    })
    expect(redactText('order 12345')).toBe('order 12345')
  })

  it('ends at cycles', () => {
    const cycle: Record<string, unknown> = {}
    cycle.self = cycle
    expect(JSON.stringify(redact(cycle))).toContain('[deep]')
  })
})
