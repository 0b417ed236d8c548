import { Phase, PhaseList } from '../../src'

const listOf = (...ids: string[]) => {
  const list = new PhaseList()
  list.add(ids)
  return list
}

describe('PhaseList', () => {
  it('appends by name, by phase and several at once, and returns what it added', () => {
    const list = new PhaseList()
    const ready = new Phase('b')
    expect(list.add('a')).toBeInstanceOf(Phase)
    expect(list.add([ready, 'c']).map(String)).toEqual(['b', 'c'])
    expect(list.getPhaseNames()).toEqual(['a', 'b', 'c'])
    expect(list.find('b')).toBe(ready)
    expect([list.first()?.id, list.last()?.id]).toEqual(['a', 'c'])
  })

  it('has neither a first nor a last phase when it is empty', () => {
    expect([new PhaseList().first(), new PhaseList().last()]).toEqual([undefined, undefined])
  })

  it('inserts at an index, after and before a phase', () => {
    const list = listOf('a', 'b')
    list.addAt(0, 'first')
    list.addAfter('a', 'after')
    list.addBefore('b', 'before')
    expect(list.getPhaseNames()).toEqual(['first', 'a', 'after', 'before', 'b'])
  })

  it.each([
    ['a name that is there', () => listOf('a').add('a'), 'PHASE_EXISTS', 'Phase "a" already exists.'],
    ['a name that is there, at an index', () => listOf('a').addAt(0, 'a'), 'PHASE_EXISTS', 'Phase "a" already exists.'],
    [
      'something that is no phase',
      () => listOf().add({ id: 'x' } as Phase),
      'PHASE_INVALID',
      'Cannot add a non phase object to a PhaseList',
    ],
    ['null', () => listOf().add(null as unknown as Phase), 'PHASE_INVALID', 'Cannot add a non phase object to a PhaseList'],
    ['after an unknown phase', () => listOf('a').addAfter('X', 'b'), 'PHASE_UNKNOWN', 'Unknown phase: X'],
    ['before an unknown phase', () => listOf('a').addBefore('X', 'b'), 'PHASE_UNKNOWN', 'Unknown phase: X'],
    ['a handler of an unknown phase', () => listOf('a').registerHandler('X', () => {}), 'PHASE_UNKNOWN', 'Unknown phase X'],
    ['a handler of an unknown group', () => listOf('a').registerHandler('a:use', () => {}), 'PHASE_UNKNOWN', 'Unknown phase a:use'],
  ])('refuses %s', (_, act, code, message) => {
    expect(act).toThrow(expect.objectContaining({ code, message }))
  })

  it('removes by name or by phase and returns what it removed, else null', () => {
    const list = listOf('a', 'b')
    const a = list.find('a')
    expect(list.remove('a')).toBe(a)
    expect(list.remove('a')).toBeNull()
    expect(list.remove(new Phase('b'))?.id).toBe('b')
    expect(list.getPhaseNames()).toEqual([])
  })

  it('finds, or adds', () => {
    const list = listOf('a')
    expect(list.find('b')).toBeNull()
    expect(list.findOrAdd('a')).toBe(list.first())
    expect(list.findOrAdd('b')).toBe(list.last())
  })

  it('does not take names of Object.prototype for phases', () => {
    const list = new PhaseList()
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(list.find(name)).toBeNull()
      expect(list.add(name).id).toBe(name)
    }
  })

  it('gives a copy of its phases', () => {
    const list = listOf('a')
    list.toArray().pop()
    expect(list.getPhaseNames()).toEqual(['a'])
  })

  it('registers handlers by phase and group', async () => {
    const list = listOf('a', 'with:colon')
    const order: string[] = []
    const push = (name: string) => (_ctx: unknown, next: () => void) => {
      order.push(name)
      next()
    }
    list.registerHandler('a', push('a'))
    list.registerHandler('a:after', push('a:after'))
    list.registerHandler('a:before', push('a:before'))
    list.registerHandler('with:colon:after', push('with:colon:after'))
    await list.run()
    expect(order).toEqual(['a:before', 'a', 'a:after', 'with:colon:after'])
  })

  it('runs its phases in order and calls back at once when all handlers did', () => {
    const list = listOf('a', 'b')
    const order: unknown[] = []
    for (const phase of list.toArray()) {
      phase.use((ctx: { seen: string[] }, next) => {
        ctx.seen.push(phase.id)
        next()
      })
    }
    const ctx = { seen: [] }
    list.run(ctx, (...args) => order.push(...args))
    expect(order).toEqual([null])
    expect(ctx.seen).toEqual(['a', 'b'])
  })

  it('calls back later when it is empty', async () => {
    const order: string[] = []
    await new Promise<void>((resolve) => {
      new PhaseList().run({}, (error) => {
        order.push(`callback ${String(error)}`)
        resolve()
      })
      order.push('caller')
    })
    expect(order).toEqual(['caller', 'callback undefined'])
  })

  it('may be run with a callback alone', () => {
    const done = jest.fn<void, [unknown]>()
    listOf('a').run(done)
    expect(done).toHaveBeenCalledWith(null)
  })

  it('stops at the first error', async () => {
    const list = listOf('a', 'b')
    const late = jest.fn()
    list.find('a')!.use((_ctx, next) => next(new Error('no')))
    list.find('b')!.use(late)
    await expect(list.run({})).rejects.toThrow('no')
    expect(late).not.toHaveBeenCalled()
  })

  it('runs handlers that an earlier phase added to a later one', async () => {
    const list = listOf('a', 'b')
    const added = jest.fn()
    list.find('a')!.use(() => void list.find('b')!.use(() => added()))
    await list.run()
    expect(added).toHaveBeenCalledTimes(1)
  })
})
