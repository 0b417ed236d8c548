import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { plainCall, type Connector, type KeyValueConnector } from '../connector'
import { defineEntity } from '../entity'
import { nastyTexts } from './fixtures'
import { group } from './group'
import { plain, thrownBy, type Kit } from './kit'

const entity = defineEntity({ name: 'KitPair', table: 'kit_pair', properties: { key: { type: 'string', id: true } } })
const otherEntity = defineEntity({ name: 'KitOtherPair', table: 'kit_other_pair', properties: { key: { type: 'string', id: true } } })

function isKeyValue(connector: Connector): connector is KeyValueConnector {
  return 'keys' in connector && 'ttl' in connector
}

/** The verbs on one entity, which is empty. */
async function pairs({ connector }: Kit, of = entity) {
  assert.ok(isKeyValue(connector))
  connector.define?.(of)
  await connector.deleteAll({ entity: of }, plainCall)
  return {
    set: async (key: string, value: unknown, ttl?: number) =>
      connector.set({ entity: of, key, value, ...(ttl !== undefined && { ttl }) }, plainCall),
    get: async (key: string) => plain((await connector.get({ entity: of, key }, plainCall)) ?? undefined),
    expire: async (key: string, ttl: number) => connector.expire({ entity: of, key, ttl }, plainCall),
    ttl: async (key: string) => connector.ttl({ entity: of, key }, plainCall),
    delete: async (key: string) => connector.delete({ entity: of, key }, plainCall),
    deleteAll: async () => connector.deleteAll({ entity: of }, plainCall),
    keys: async (match?: string) => {
      const found: string[] = []
      for await (const key of connector.keys({ entity: of, ...(match !== undefined && { match }) }, plainCall)) found.push(key)
      return found.sort()
    },
  }
}

async function missing(call: () => unknown): Promise<void> {
  const error = (await thrownBy(call)) as { code?: unknown; statusCode?: unknown } | undefined
  assert.deepEqual([error?.code, error?.statusCode], ['KEY_NOT_FOUND', 404])
}

const values: Readonly<Record<string, unknown>> = {
  text: 'žluť 🐎 \' " \\',
  'the empty text': '',
  'text that looks like a number': '1',
  zero: 0,
  'a number with decimals': 1.5,
  true: true,
  false: false,
  'an object': { a: { b: [1, 'x', null] } },
  'a list': [1, 'a', { b: 2 }],
  'an empty list': [],
  'a date': new Date('2024-02-29T23:59:59.999Z'),
  bytes: Buffer.from([0, 255, 128]),
}

export const keyValue = group('key-value', (connector) => (isKeyValue(connector) ? undefined : 'stores no values under keys'), {
  'get of a key that is not there gives nothing': async (kit) => {
    assert.equal(await (await pairs(kit)).get('none'), undefined)
  },
  ...Object.fromEntries(
    Object.entries(values).map(([title, value]) => [
      `set and get keep ${title}`,
      async (kit: Kit) => {
        const { set, get } = await pairs(kit)
        await set('k', value)
        assert.deepEqual(await get('k'), plain(value))
      },
    ]),
  ),
  'set replaces a value': async (kit) => {
    const { set, get } = await pairs(kit)
    await set('k', { a: 1 })
    await set('k', { b: 2 })
    assert.deepEqual(await get('k'), { b: 2 })
  },
  'any text is a key': async (kit) => {
    const { set, get, keys } = await pairs(kit)
    for (const [index, key] of nastyTexts.entries()) await set(key, index)
    for (const [index, key] of nastyTexts.entries()) assert.equal(await get(key), index, key)
    assert.deepEqual(await keys(), [...nastyTexts].sort())
  },
  'ttl is undefined for a value that does not expire': async (kit) => {
    const { set, ttl } = await pairs(kit)
    await set('k', 1)
    assert.equal(await ttl('k'), undefined)
  },
  'ttl tells the remaining milliseconds': async (kit) => {
    const { set, ttl } = await pairs(kit)
    await set('k', 1, 60_000)
    const left = await ttl('k')
    assert.ok(left !== undefined && left > 50_000 && left <= 60_000, `it is ${String(left)}`)
  },
  'ttl of a key that is not there fails': async (kit) => {
    const { ttl } = await pairs(kit)
    await missing(() => ttl('none'))
  },
  'a value is gone when its time is over': async (kit) => {
    const { set, get, keys, ttl } = await pairs(kit)
    await set('short', 1, 40)
    await set('long', 2, 60_000)
    await wait(120)
    assert.equal(await get('short'), undefined)
    assert.deepEqual(await keys(), ['long'])
    await missing(() => ttl('short'))
  },
  'expire sets the remaining time': async (kit) => {
    const { set, get, expire, ttl } = await pairs(kit)
    await set('k', 1)
    await expire('k', 60_000)
    assert.ok(((await ttl('k')) ?? 0) > 50_000)
    await expire('k', 20)
    await wait(100)
    assert.equal(await get('k'), undefined)
  },
  'expire of a key that is not there fails': async (kit) => {
    const { expire, set } = await pairs(kit)
    await missing(() => expire('none', 1000))
    await set('over', 1, 20)
    await wait(80)
    await missing(() => expire('over', 1000))
  },
  'set without ttl takes an older one away': async (kit) => {
    const { set, ttl } = await pairs(kit)
    await set('k', 1, 60_000)
    await set('k', 2)
    assert.equal(await ttl('k'), undefined)
  },
  'keys gives all keys, each once': async (kit) => {
    const { set, keys } = await pairs(kit)
    for (let index = 0; index < 250; index++) await set(`k${index}`, index)
    assert.equal(new Set(await keys()).size, 250)
    assert.equal((await keys()).length, 250)
  },
  'keys of nothing gives nothing': async (kit) => {
    assert.deepEqual(await (await pairs(kit)).keys(), [])
  },
  ...globs({
    '* matches any text': ['b*', ['bar', 'baz', 'b', 'b/x']],
    '? matches one character': ['ba?', ['bar', 'baz']],
    '[…] matches one of some': ['ba[rx]', ['bar']],
    '[^…] matches one of the others': ['ba[^r]', ['baz']],
    'no sign matches the whole key': ['ba', []],
    'signs of regular expressions are literal': ['a.c', ['a.c']],
    'an escaped sign is literal': ['st\\*r', ['st*r']],
    'any key by *': ['*', ['bar', 'baz', 'b', 'b/x', 'foo', 'a.c', 'abc', 'st*r', 'star']],
  }),
  'a glob of many * ends soon': async (kit) => {
    const { set, keys } = await pairs(kit)
    await set('a'.repeat(200), 1)
    const started = performance.now()
    const error = await thrownBy(async () => assert.deepEqual(await keys(`${'*a'.repeat(90)}*b`), []))
    if (error) assert.equal(typeof (error as { code?: unknown }).code, 'string', String(error))
    assert.ok(performance.now() - started < 2000, 'it took over two seconds')
  },
  'delete tells whether there was a value': async (kit) => {
    const { set, get, delete: remove } = await pairs(kit)
    await set('k', 1)
    assert.deepEqual([await remove('k'), await remove('k'), await get('k')], [true, false, undefined])
  },
  'deleteAll removes every value and tells how many': async (kit) => {
    const { set, keys, deleteAll } = await pairs(kit)
    await set('a', 1)
    await set('b', 2, 60_000)
    assert.deepEqual([await deleteAll(), await keys(), await deleteAll()], [2, [], 0])
  },
  'entities do not mix': async (kit) => {
    const [one, other] = [await pairs(kit), await pairs(kit, otherEntity)]
    await one.set('k', 1)
    await other.set('k', 2)
    await one.deleteAll()
    assert.deepEqual([await one.get('k'), await other.get('k')], [undefined, 2])
  },
  'fifty writers at once lose nothing': async (kit) => {
    const { set, get } = await pairs(kit)
    await Promise.all(Array.from({ length: 50 }, (_, index) => set(`k${index}`, index)))
    const found = await Promise.all(Array.from({ length: 50 }, (_, index) => get(`k${index}`)))
    assert.deepEqual(
      found,
      Array.from({ length: 50 }, (_, index) => index),
    )
  },
})

function globs(cases: Readonly<Record<string, readonly [pattern: string, keys: readonly string[]]>>) {
  const stored = ['bar', 'baz', 'b', 'b/x', 'foo', 'a.c', 'abc', 'st*r', 'star']
  return Object.fromEntries(
    Object.entries(cases).map(([title, [pattern, expected]]) => [
      `keys: ${title}`,
      async (kit: Kit) => {
        const { set, keys } = await pairs(kit)
        for (const key of stored) await set(key, 1)
        assert.deepEqual(await keys(pattern), [...expected].sort())
      },
    ]),
  )
}
