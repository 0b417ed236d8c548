import { Phase, type Handler } from '../../src'

describe('Phase', () => {
  it('takes its name and options apart or together', () => {
    expect(new Phase('a', { parallel: true })).toMatchObject({ id: 'a', options: { parallel: true } })
    expect(new Phase({ id: 'b', parallel: true })).toMatchObject({ id: 'b', options: { id: 'b', parallel: true } })
    expect(new Phase('a').options).toEqual({})
    expect(String(new Phase('a'))).toBe('a')
  })

  it('runs before, use and after handlers in order of registration, with the same context', async () => {
    const order: string[] = []
    const ctx = {}
    const push =
      (name: string): Handler =>
      (given, next) => {
        expect(given).toBe(ctx)
        order.push(name)
        setImmediate(next)
      }
    await new Phase('a').use(push('use 1')).after(push('after')).before(push('before')).use(push('use 2')).run(ctx)
    expect(order).toEqual(['before', 'use 1', 'use 2', 'after'])
  })

  it('tells a callback null at the end, and whatever handlers pass as results is dropped', () => {
    const done = jest.fn()
    new Phase('a').use((_ctx, next: (error: unknown, value?: unknown) => void) => next(null, 'value')).run({}, done)
    expect(done.mock.calls).toEqual([[null]])
  })

  it('starts the handlers of a group together when parallel, and the groups in order', async () => {
    const order: string[] = []
    const slow =
      (name: string, milliseconds: number): Handler =>
      (_ctx, next) => {
        order.push(`${name} starts`)
        setTimeout(() => {
          order.push(`${name} ends`)
          next()
        }, milliseconds)
      }
    const phase = new Phase('a', { parallel: true })
    await phase.use(slow('one', 20)).use(slow('two', 5)).before(slow('before', 1)).after(slow('after', 1)).run({})
    expect(order).toEqual([
      'before starts',
      'before ends',
      'one starts',
      'two starts',
      'two ends',
      'one ends',
      'after starts',
      'after ends',
    ])
  })

  it.each([
    ['serial', false],
    ['parallel', true],
  ])('aborts at the first error when %s', async (_, parallel) => {
    const after = jest.fn()
    const phase = new Phase('a', { parallel }).after(after)
    phase.use((_ctx, next) => next(new Error('first'))).use((_ctx, next) => setImmediate(next, new Error('second')))
    await expect(phase.run({})).rejects.toThrow('first')
    expect(after).not.toHaveBeenCalled()
  })

  it('receives handlers in every manner', async () => {
    const order: string[] = []
    const phase = new Phase('a')
      .use((_ctx, next) =>
        setImmediate(() => {
          order.push('callback')
          next()
        }),
      )
      .use(async () => void order.push('promise'))
      .use(async (_ctx, _next) => void order.push('promise with room for a callback'))
      .use(() => void order.push('plain'))
      .use(({ name = 'plain with a default', ..._rest }: { name?: string }) => void order.push(name))
      .use(function () {
        // eslint-disable-next-line prefer-rest-params
        const next = arguments[1] as () => void
        setImmediate(() => {
          order.push('arguments')
          next()
        })
      })
    await phase.run({})
    expect(order).toEqual(['callback', 'promise', 'promise with room for a callback', 'plain', 'plain with a default', 'arguments'])
  })

  it('ignores a second call of next', async () => {
    const second = jest.fn()
    const phase = new Phase('a').use((_ctx, next) => {
      next()
      next(new Error('late'))
    })
    await phase.use(() => second()).run({})
    expect(second).toHaveBeenCalledTimes(1)
  })

  it('tells a thrown and a rejected error like one given to next', async () => {
    const thrown = new Phase('a').use(() => {
      throw new Error('thrown')
    })
    const done = jest.fn()
    thrown.run({}, done)
    expect(done).toHaveBeenCalledWith(expect.objectContaining({ message: 'thrown' }))
    await expect(new Phase('b').use(() => Promise.reject(new Error('rejected'))).run({})).rejects.toThrow('rejected')
  })

  it('does not hide an error that the callback throws', () => {
    const run = () =>
      new Phase('a')
        .use((_ctx, next) => next())
        .run({}, () => {
          throw new Error('mine')
        })
    expect(run).toThrow('mine')
  })

  it('leaves handlers added during a run to the next run', async () => {
    const late = jest.fn()
    const phase = new Phase('a')
    phase.use(() => void phase.use(() => late()))
    await phase.run()
    expect(late).not.toHaveBeenCalled()
  })

  it('refuses what is no function when it is added', () => {
    expect(() => new Phase('a').use(3 as unknown as Handler)).toThrow(
      expect.objectContaining({ code: 'PHASE_HANDLER_INVALID', message: 'A handler of phase "a" must be a function, not number.' }),
    )
  })

  it('runs ten thousand handlers that call back at once', async () => {
    const phase = new Phase('a')
    let count = 0
    for (let index = 0; index < 10_000; index++)
      phase.use((_ctx, next) => {
        count++
        next()
      })
    await phase.run({})
    expect(count).toBe(10_000)
  })
})
