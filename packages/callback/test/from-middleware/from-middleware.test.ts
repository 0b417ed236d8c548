import { EventEmitter } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fromMiddleware } from '../../src'

type Next = (error?: unknown) => void

const request = {} as IncomingMessage
const reply = () => new EventEmitter() as unknown as ServerResponse

describe('fromMiddleware', () => {
  it('resolves to true when next is called, at once or later', async () => {
    await expect(fromMiddleware((_req, _res, next: Next) => next())(request, reply())).resolves.toBe(true)
    await expect(fromMiddleware((_req, _res, next: Next) => setTimeout(next, 5))(request, reply())).resolves.toBe(true)
  })

  it.each(['route', 'router'])('takes next(%j) for next()', async (word) => {
    await expect(fromMiddleware((_req, _res, next: Next) => next(word))(request, reply())).resolves.toBe(true)
  })

  it('rejects with what next got, what was thrown and what was rejected', async () => {
    const error = new Error('no')
    await expect(fromMiddleware((_req, _res, next: Next) => next(error))(request, reply())).rejects.toBe(error)
    const throwing = fromMiddleware(() => {
      throw error
    })
    await expect(throwing(request, reply())).rejects.toBe(error)
    await expect(fromMiddleware(async (_req, _res, _next) => Promise.reject(error))(request, reply())).rejects.toBe(error)
  })

  it('does not take the end of an async middleware for next', async () => {
    let gone = false
    const step = fromMiddleware(async (_req, _res, next: Next) => {
      setTimeout(() => {
        gone = true
        next()
      }, 10)
    })
    await step(request, reply())
    expect(gone).toBe(true)
  })

  it('ignores a second next', async () => {
    const step = fromMiddleware((_req, _res, next: Next) => {
      next()
      next(new Error('second'))
    })
    await expect(step(request, reply())).resolves.toBe(true)
  })

  it('skips a plain middleware when an error is on its way, and an error handler when none is', async () => {
    const error = new Error('first')
    const plain = jest.fn((_req: unknown, _res: unknown, next: Next) => next())
    const handler = jest.fn((_error: unknown, _req: unknown, _res: unknown, next: Next) => next())
    const asHandler = (e: unknown, req: unknown, res: unknown, next: Next) => handler(e, req, res, next)
    await expect(fromMiddleware(plain)(request, reply(), error)).rejects.toBe(error)
    await expect(fromMiddleware(asHandler)(request, reply())).resolves.toBe(true)
    expect(plain).not.toHaveBeenCalled()
    expect(handler).not.toHaveBeenCalled()
    await expect(fromMiddleware(asHandler)(request, reply(), error)).resolves.toBe(true)
    expect(handler.mock.calls[0]![0]).toBe(error)
  })

  it('leaves no listener behind', async () => {
    const res = reply()
    for (let index = 0; index < 20; index++) await fromMiddleware((_req, _res, next: Next) => setImmediate(next))(request, res)
    expect(res.listenerCount('finish') + res.listenerCount('close')).toBe(0)
  })

  describe('with a real reply', () => {
    let server: Server
    let outcome: Promise<unknown>
    let step: ReturnType<typeof fromMiddleware<IncomingMessage, ServerResponse>>

    beforeAll(async () => {
      server = createServer((req, res) => {
        outcome = step(req, res).catch((error: unknown) => error)
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    })
    afterAll(() => server.close())
    const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

    it.each([
      ['at once', (res: ServerResponse) => res.end('mine')],
      ['later', (res: ServerResponse) => setTimeout(() => res.end('mine'), 5)],
    ])('resolves to false when the middleware ends the reply %s', async (_, end) => {
      step = fromMiddleware((_req, res: ServerResponse) => end(res))
      expect(await (await fetch(url())).text()).toBe('mine')
      expect(await outcome).toBe(false)
    })

    it('resolves to false when the client goes away', async () => {
      step = fromMiddleware(() => {})
      const gone = new AbortController()
      const asked = fetch(url(), { signal: gone.signal }).catch(() => {})
      setTimeout(() => gone.abort(), 20)
      await asked
      expect(await outcome).toBe(false)
    })
  })
})
