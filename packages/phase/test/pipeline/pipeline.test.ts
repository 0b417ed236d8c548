import { Pipeline } from '../../src'

interface Context {
  readonly seen: string[]
}
type Phases = 'before' | 'invoke' | 'after'

const make = () => new Pipeline<Context, Phases>(['before', 'invoke', 'after'])
const sync = (name: string) => (ctx: Context) => void ctx.seen.push(name)
const slow = (name: string) => async (ctx: Context) => {
  await new Promise(setImmediate)
  ctx.seen.push(name)
}

describe('Pipeline', () => {
  it('runs phases in their order and steps in order of registration, the core last in its phase', async () => {
    const pipeline = make()
    pipeline.use('after', slow('after 1')).use('after', sync('after 2')).use('before', slow('before')).use('invoke', sync('invoke'))
    const ctx: Context = { seen: [] }
    await pipeline.compile({ phase: 'invoke', step: slow('core') })(ctx)
    expect(ctx.seen).toEqual(['before', 'invoke', 'core', 'after 1', 'after 2'])
  })

  it('compiles to the core itself when nothing else is there', () => {
    const core = sync('core')
    expect(make().compile({ phase: 'invoke', step: core })).toBe(core)
  })

  it('returns nothing when every step returned nothing', () => {
    const pipeline = make().use('before', sync('a')).use('after', sync('b'))
    const ctx: Context = { seen: [] }
    expect(pipeline.compile({ phase: 'invoke', step: sync('core') })(ctx)).toBeUndefined()
    expect(pipeline.run('before', ctx)).toBeUndefined()
    expect(ctx.seen).toEqual(['a', 'core', 'b', 'a'])
    expect(make().compile()(ctx)).toBeUndefined()
  })

  it('ends at the first error, thrown or rejected', async () => {
    const late = jest.fn()
    const thrown = make()
      .use('before', () => {
        throw new Error('thrown')
      })
      .use('after', late)
    expect(() => thrown.compile()({ seen: [] })).toThrow('thrown')
    const rejected = make()
      .use('before', () => Promise.reject(new Error('rejected')))
      .use('after', late)
    await expect(rejected.compile()({ seen: [] })).rejects.toThrow('rejected')
    expect(late).not.toHaveBeenCalled()
  })

  it('runs one phase by name and knows whether it has steps', async () => {
    const pipeline = make().use('before', slow('a'))
    const ctx: Context = { seen: [] }
    expect([pipeline.has('before'), pipeline.has('after')]).toEqual([true, false])
    await pipeline.run('before', ctx)
    await pipeline.run('after', ctx)
    pipeline.use('before', slow('b'))
    await pipeline.run('before', ctx)
    expect(ctx.seen).toEqual(['a', 'a', 'b'])
  })

  it('puts wraps around the whole, the first one outermost', async () => {
    const around = (name: string) => async (ctx: Context, run: () => Promise<void>) => {
      ctx.seen.push(`${name} in`)
      await run()
      ctx.seen.push(`${name} out`)
    }
    const ctx: Context = { seen: [] }
    await make()
      .wrap(around('1'))
      .wrap(around('2'))
      .use('before', sync('before'))
      .compile({ phase: 'invoke', step: sync('core') })(ctx)
    expect(ctx.seen).toEqual(['1 in', '2 in', 'before', 'core', '2 out', '1 out'])
  })

  it('rejects inside of a wrap with what a step threw', async () => {
    const seen = jest.fn()
    const pipeline = make().wrap((_ctx, run) => run().catch(seen))
    pipeline.use('before', () => {
      throw new Error('sync')
    })
    await pipeline.compile()({ seen: [] })
    expect(seen).toHaveBeenCalledWith(expect.objectContaining({ message: 'sync' }))
  })

  it('keeps what was compiled as it was, and tells that it changed', () => {
    const pipeline = make().use('before', sync('a'))
    const compiled = pipeline.compile()
    const version = pipeline.version
    pipeline.use('before', sync('b'))
    expect(pipeline.version).toBeGreaterThan(version)
    const ctx: Context = { seen: [] }
    void compiled(ctx)
    expect(ctx.seen).toEqual(['a'])
  })

  it('takes a step out again', () => {
    const step = sync('a')
    const pipeline = make().use('before', step).use('before', sync('b'))
    void pipeline.run('before', { seen: [] })
    expect([pipeline.remove('before', step), pipeline.remove('before', step)]).toEqual([true, false])
    const ctx: Context = { seen: [] }
    void pipeline.run('before', ctx)
    expect(ctx.seen).toEqual(['b'])
  })

  it('describes its phases by the names of their steps', () => {
    const pipeline = make()
      .use('before', function acl() {})
      .use('before', () => {})
      .use('after', () => {}, 'audit')
    expect(pipeline.describe()).toEqual([
      { phase: 'before', steps: ['acl', 'anonymous'] },
      { phase: 'invoke', steps: [] },
      { phase: 'after', steps: ['audit'] },
    ])
  })

  it.each([
    ['use', (pipeline: Pipeline<Context, string>) => pipeline.use('nope', () => {})],
    ['run', (pipeline: Pipeline<Context, string>) => pipeline.run('nope', { seen: [] })],
    ['has', (pipeline: Pipeline<Context, string>) => pipeline.has('nope')],
    ['compile', (pipeline: Pipeline<Context, string>) => pipeline.compile({ phase: 'nope', step: () => {} })],
  ])('refuses an unknown phase in %s', (_, act) => {
    expect(() => act(new Pipeline<Context, string>(['a']))).toThrow(
      expect.objectContaining({ code: 'PHASE_UNKNOWN', message: 'Unknown phase: nope' }),
    )
  })

  it('refuses a phase that is named twice', () => {
    expect(() => new Pipeline(['a', 'a'])).toThrow(expect.objectContaining({ code: 'PHASE_EXISTS' }))
  })
})
