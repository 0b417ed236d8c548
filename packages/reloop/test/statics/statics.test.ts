import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import reloop = require('../../src')

const ask = async (app: ReturnType<typeof reloop>, url: string) => {
  await app.ready()
  return (await app.fastify.inject(url)).json<unknown>()
}

describe('reloop()', () => {
  it('makes applications over the registry of the process', () => {
    const Shared = reloop.createModel('Shared', { a: 'number' })
    expect(reloop().registry).toBe(reloop().registry)
    expect(reloop().registry.findModel('Shared')).toBe(Shared)
    expect(reloop.registry.modelBuilder).toBe(reloop.modelBuilder)
  })

  it('gives an application a registry of its own when asked to, once or from then on', () => {
    const own = reloop({ localRegistry: true })
    expect(own.registry).not.toBe(reloop.registry)
    expect(own.registry.findModel('Shared')).toBeUndefined()
    reloop.localRegistry = true
    expect(reloop().registry).not.toBe(reloop.registry)
    reloop.localRegistry = false
    expect(reloop({ compat: '2.x' }).registry.profile).toBe('2.x')
  })

  it('serves models that the statics made', async () => {
    const app = reloop()
    const Lamp = reloop.createModel({ name: 'Lamp', properties: { watts: 'number' } })
    app.model(Lamp, { dataSource: reloop.memory() })
    await (Lamp.create as (data: object) => Promise<unknown>)({ watts: 40 })
    expect(await ask(app, '/api/Lamps')).toEqual([{ watts: 40, id: 1 }])
    await app.stop()
  })
})

describe('the statics', () => {
  it('find models as the registry does', () => {
    const A = reloop.createModel('A')
    const B = reloop.createModel('B', {}, { base: 'A' })
    expect([reloop.findModel('A'), reloop.getModel('B'), reloop.getModelByType('A')]).toEqual([A, B, B])
    expect(reloop.findModel('Nothing')).toBeUndefined()
    expect(() => reloop.getModel('Nothing')).toThrow('Model not found: Nothing')
    reloop.configureModel(A, { dataSource: reloop.createDataSource('db', { connector: 'memory' }), options: { plural: 'as' } })
    expect(A.settings.plural).toBe('as')
  })

  it('hold the bases and the classes of the data layer', () => {
    expect(Object.getPrototypeOf(reloop.PersistedModel)).toBe(reloop.Model)
    expect(Object.getPrototypeOf(reloop.KeyValueModel)).toBe(reloop.Model)
    expect(reloop.isServer && !reloop.isBrowser).toBe(true)
    expect(reloop.version).toMatch(/^\d+\.\d+\.\d+/)
    expect(new reloop.GeoPoint({ lat: 1, lng: 2 })).toMatchObject({ lat: 1, lng: 2 })
  })

  it('mark functions as callable from outside', () => {
    const fn = reloop.remoteMethod(() => 1, { returns: { arg: 'x', type: 'number' } })
    expect({ ...fn }).toEqual({ shared: true, http: { verb: 'get' }, returns: { arg: 'x', type: 'number' } })
  })
})

describe('reloop.boot', () => {
  it('starts a project folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reloop-'))
    const write = (name: string, content: unknown) =>
      writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
    mkdirSync(join(folder, 'models'))
    mkdirSync(join(folder, 'boot'))
    write('config.json', { restApiRoot: '/v1' })
    write('datasources.json', { db: { connector: 'memory' } })
    write('model-config.json', { Booted: { dataSource: 'db' } })
    write('models/booted.json', { name: 'Booted', properties: { a: 'number' } })
    write(
      'models/booted.js',
      'module.exports = (Booted) => { Booted.twice = (a) => a * 2; Booted.remoteMethod("twice", { accepts: { arg: "a", type: "number" }, returns: { arg: "x", type: "number", root: true }, http: { verb: "get" } }) }',
    )
    write('boot/seed.js', 'module.exports = async (app) => { await app.models.Booted.create({ a: 1 }) }')
    const app = reloop({ localRegistry: true })
    await reloop.boot(app, folder)
    expect(await ask(app, '/v1/Booteds')).toEqual([{ a: 1, id: 1 }])
    expect(await ask(app, '/v1/Booteds/twice?a=4')).toBe(8)
    await app.stop()
    rmSync(folder, { recursive: true })
  })
})
