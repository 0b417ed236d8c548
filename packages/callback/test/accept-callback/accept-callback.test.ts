import { execFileSync } from 'node:child_process'
import { acceptCallback, results } from '../../src'

const called = <T extends unknown[]>(start: (callback: (...args: T) => void) => unknown) =>
  new Promise<T>((resolve) => start((...args) => resolve(args)))

describe('acceptCallback', () => {
  const find = acceptCallback(async (filter?: { limit: number }, _options?: object) => ({ filter }))

  it('returns a promise when no function trails', async () => {
    await expect(find({ limit: 1 })).resolves.toEqual({ filter: { limit: 1 } })
    await expect(find()).resolves.toEqual({ filter: undefined })
    await expect(find({ limit: 1 }, undefined)).resolves.toEqual({ filter: { limit: 1 } })
  })

  it('returns exactly the promise of the function', () => {
    const promise = Promise.resolve(1)
    expect(acceptCallback(() => promise)()).toBe(promise)
  })

  it('calls back once, with null and the result, and returns undefined', async () => {
    let returned: unknown = 'untouched'
    const args = await called((callback) => (returned = find({ limit: 2 }, {}, callback)))
    expect(args).toEqual([null, { filter: { limit: 2 } }])
    expect(returned).toBeUndefined()
  })

  it('takes a callback in the place of optional arguments', async () => {
    expect(await called((callback) => find(callback))).toEqual([null, { filter: undefined }])
    expect(await called((callback) => find({ limit: 3 }, callback))).toEqual([null, { filter: { limit: 3 } }])
  })

  it('finds the callback before arguments that are undefined, as wrappers of old code pass them', async () => {
    const loose = find as unknown as (...args: unknown[]) => unknown
    expect(await called((callback) => loose(callback, undefined, undefined))).toEqual([null, { filter: undefined }])
  })

  it('calls back with the error alone', async () => {
    const error = new Error('no')
    const fail = acceptCallback(() => Promise.reject(error))
    expect(await called((callback) => fail(callback))).toEqual([error])
  })

  it('calls back with null alone when there is no result', async () => {
    expect(await called((callback) => acceptCallback(async () => {})(callback))).toEqual([null])
    expect(await called((callback) => acceptCallback(async () => null)(callback))).toEqual([null, null])
  })

  it('gives an error to the callback even when the promise was rejected without a reason', async () => {
    const [error] = await called((callback) =>
      acceptCallback(async () => {
        throw undefined as unknown
      })(callback),
    )
    expect(error).toBeInstanceOf(Error)
  })

  it('spreads marked results for a callback and resolves a promise to them', async () => {
    const findOrCreate = acceptCallback(async (name: string) => results({ name }, true))
    expect(await called((callback) => findOrCreate('Lamp', callback))).toEqual([null, { name: 'Lamp' }, true])
    const [instance, created] = await findOrCreate('Lamp')
    expect([instance, created]).toEqual([{ name: 'Lamp' }, true])
  })

  it('does not spread an array that is the result', async () => {
    expect(await called((callback) => acceptCallback(async () => [1, 2])(callback))).toEqual([null, [1, 2]])
  })

  it('hands this through and keeps name and length', async () => {
    const model = {
      title: 'Product',
      find: acceptCallback(async function findAll(this: { title: string }, _filter: object) {
        return this.title
      }),
    }
    await expect(model.find({})).resolves.toBe('Product')
    expect(await called((callback) => model.find({}, callback))).toEqual([null, 'Product'])
    expect(model.find).toHaveLength(1)
    expect((model.find as unknown as Function).name).toBe('findAll')
  })

  it('calls back after the caller has gone on', async () => {
    const order: string[] = []
    await new Promise<void>((resolve) => {
      find(() => {
        order.push('callback')
        resolve()
      })
      order.push('caller')
    })
    expect(order).toEqual(['caller', 'callback'])
  })

  it.each(['success', 'failure'])('leaves an error thrown by the callback uncaught, after %s', (outcome) => {
    const door = require.resolve('../../src/accept-callback')
    const script = `
      process.on('uncaughtException', (error) => { console.log('uncaught', error.message); process.exit(0) })
      process.on('unhandledRejection', () => { console.log('rejection'); process.exit(0) })
      const { acceptCallback } = require('./door')
      let calls = 0
      acceptCallback(async () => { if ('${outcome}' === 'failure') throw new Error('no') })(() => { calls++; throw new Error('mine ' + calls) })`
    expect(run(door, script)).toBe('uncaught mine 1\n')
  })
})

/** Runs a script in a process of its own, with the room's compiled source as `./door`. */
function run(source: string, script: string): string {
  const loader = `
    const { readFileSync } = require('node:fs'), { dirname, resolve } = require('node:path'), { transformSync } = require(${JSON.stringify(require.resolve('@swc/core'))})
    const load = (file) => { const module = { exports: {} }; const { code } = transformSync(readFileSync(file, 'utf8'), { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } })
      new Function('module', 'exports', 'require', code)(module, module.exports, (id) => load(resolve(dirname(file), id + '.ts'))); return module.exports }
    new Function('require', 'process', ${JSON.stringify(script)})(() => load(${JSON.stringify(source)}), process)`
  return execFileSync(process.execPath, ['-e', loader], { encoding: 'utf8' })
}
