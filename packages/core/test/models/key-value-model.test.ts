import { createRegistry } from '../../src'

describe('key-value models', () => {
  it.each([
    ['modern', ['get', 'set', 'expire', 'keys', 'ttl']],
    ['2.x', ['get', 'set', 'expire', 'keys']],
  ] as const)('of %s share %j', (compat, names) => {
    const registry = createRegistry({ compat })
    const Cache = registry.createModel('Cache', {}, { base: 'KeyValueModel' })
    expect(Cache.sharedClass.methods().map(({ name }) => name)).toEqual(names)
    expect(
      Cache.sharedClass
        .methods()
        .flatMap((method) => method.endpoints().map(({ verb, path }) => `${verb} ${path}`))
        .slice(0, 4),
    ).toEqual(['get /:key', 'put /:key', 'put /:key/expire', 'get /keys'])
  })
})
