import { defineEntity } from '@reloop/connector'
import { setTimeout as wait } from 'node:timers/promises'
import { createKeyValueConnector } from '../../src/index'

const entity = defineEntity({ name: 'Session', properties: { id: { type: 'string', id: true } } })

async function keysOf(store: ReturnType<typeof createKeyValueConnector>, match?: string): Promise<readonly string[]> {
  const found: string[] = []
  for await (const key of store.keys({ entity, match })) found.push(key)
  return found
}

describe('values of kv-memory', () => {
  it('keep dates, buffers and what is inside', () => {
    const store = createKeyValueConnector()
    const value = { at: new Date(5), bytes: Buffer.from('abc'), list: [1, { deep: null }], set: new Set([1]) }
    store.set({ entity, key: 'a', value })
    const got = store.get({ entity, key: 'a' }) as typeof value
    expect({ at: got.at.getTime(), bytes: got.bytes.toString(), list: got.list }).toEqual({ at: 5, bytes: 'abc', list: value.list })
    expect(Buffer.isBuffer(got.bytes)).toBe(true)
  })

  it('are copies on the way in and out', () => {
    const store = createKeyValueConnector()
    const value = { list: [1] }
    store.set({ entity, key: 'a', value })
    value.list.push(2)
    ;(store.get({ entity, key: 'a' }) as typeof value).list.push(3)
    expect(store.get({ entity, key: 'a' })).toEqual({ list: [1] })
  })

  it('are null where nothing is stored, or null is', () => {
    const store = createKeyValueConnector()
    store.set({ entity, key: 'a', value: null })
    expect([store.get({ entity, key: 'a' }), store.get({ entity, key: 'b' })]).toEqual([null, null])
  })

  it('cannot be functions', () => {
    const store = createKeyValueConnector()
    expect(() => store.set({ entity, key: 'a', value: { run: () => 1 } })).toThrow('Session.a must be a value that can be copied')
  })

  it('are gone when their time is up, without being asked for', async () => {
    const store = createKeyValueConnector({ sweepInterval: 10 })
    store.set({ entity, key: 'short', value: 1, ttl: 20 })
    store.set({ entity, key: 'long', value: 2, ttl: 60_000 })
    await wait(60)
    expect(await keysOf(store)).toEqual(['long'])
    expect(store.deleteAll({ entity })).toBe(1)
    store.disconnect()
  })

  it('are gone at once to who asks, before any sweep', async () => {
    const store = createKeyValueConnector({ sweepInterval: 60_000 })
    store.set({ entity, key: 'a', value: 1, ttl: 10 })
    await wait(20)
    expect(store.get({ entity, key: 'a' })).toBeNull()
    expect(() => store.ttl({ entity, key: 'a' })).toThrow(expect.objectContaining({ code: 'KEY_NOT_FOUND', statusCode: 404 }) as Error)
    store.disconnect()
  })

  it('live on when they are set again without a time', async () => {
    const store = createKeyValueConnector()
    store.set({ entity, key: 'a', value: 1, ttl: 10 })
    store.set({ entity, key: 'a', value: 2 })
    await wait(20)
    expect([store.get({ entity, key: 'a' }), store.ttl({ entity, key: 'a' })]).toEqual([2, undefined])
    store.disconnect()
  })
})

describe('globs of kv-memory', () => {
  const cases: readonly (readonly [glob: string, keys: readonly string[]])[] = [
    ['*', ['', 'a', 'ab', 'abc', 'b/c', 'x-z', '[', '.dot', 'a*c', '🐎']],
    ['', ['']],
    ['?', ['a', '[', '🐎']],
    ['a*', ['a', 'ab', 'abc', 'a*c']],
    ['*c', ['abc', 'b/c', 'a*c']],
    ['a*c', ['abc', 'a*c']],
    ['a?c', ['abc', 'a*c']],
    ['a[*]c', ['a*c']],
    ['a\\*c', ['a*c']],
    ['[ab]*', ['a', 'ab', 'abc', 'b/c', 'a*c']],
    ['[^a]*', ['b/c', 'x-z', '[', '.dot', '🐎']],
    ['[a-b]', ['a']],
    ['x[-]z', ['x-z']],
    ['[', ['[']],
    ['**b**', ['ab', 'abc', 'b/c']],
  ]

  it.each(cases)('%s', async (glob, keys) => {
    const store = createKeyValueConnector()
    for (const key of cases[0]![1]) store.set({ entity, key, value: 1 })
    expect(await keysOf(store, glob)).toEqual(keys)
  })

  it('take no longer for patterns that could match in very many ways', async () => {
    const store = createKeyValueConnector()
    store.set({ entity, key: 'a'.repeat(10_000), value: 1 })
    const start = performance.now()
    expect(await keysOf(store, `${'a*'.repeat(200)}b`)).toEqual([])
    expect(await keysOf(store, `${'*'.repeat(10_000)}b`)).toEqual([])
    expect(performance.now() - start).toBeLessThan(500)
  })
})
