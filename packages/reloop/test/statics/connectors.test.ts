import { inherits } from 'node:util'
import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import reloop = require('../../src')

const loaded = () => (global as { mailLoaded?: number }).mailLoaded ?? 0
const home = process.cwd()
let folder: string

/** A project that has packages of the names of the connectors that applications install. */
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'connectors-')))
  const mail = join(folder, 'node_modules/@reloop/connector-mail')
  mkdirSync(mail, { recursive: true })
  const remote = join(folder, 'node_modules/@reloop/connector-remote')
  mkdirSync(remote)
  writeFileSync(join(remote, 'index.js'), 'exports.connector = { name: "remote" }')
  writeFileSync(join(mail, 'index.js'), 'global.mailLoaded = (global.mailLoaded ?? 0) + 1; exports.connector = { name: "mail" }')
  process.chdir(folder)
})
afterAll(() => {
  process.chdir(home)
  rmSync(folder, { recursive: true })
})

describe('app.connectors', () => {
  it('holds those of LoopBack under their names, and loads one when it is read', () => {
    const app = reloop({ localRegistry: true })
    const names = ['memory', 'Memory', 'kv-memory', 'kvMemory', 'KvMemory', 'remote', 'Remote', 'mail', 'Mail']
    expect(Object.keys(app.connectors)).toEqual(names)
    expect(loaded()).toBe(0)
    expect(app.connectors.mail).toEqual({ name: 'mail' })
    expect([app.connectors.Mail, loaded()]).toEqual([{ name: 'mail' }, 1])
    expect(app.connectors.memory).toBe(reloop.Memory)
    expect(app.connectors['kv-memory']).toMatchObject({ name: 'kv-memory' })
  })

  it('gives way to what the application registers', async () => {
    const app = reloop({ localRegistry: true })
    const source = app.dataSource('db', { connector: 'memory' })
    expect(source.settings.connector).toBe('memory')
    const given: unknown = app.connectors['kv-memory']
    app.connector('memory', given)
    expect([app.connectors.memory, app.connectors.Memory]).toEqual([given, given])
    expect(app.dataSource('keys', { connector: 'memory' }).connector.name).toBe('kv-memory')
    await app.stop()
  })
})

describe('the statics', () => {
  it('give connectors', () => {
    expect(reloop.Mail).toEqual({ name: 'mail' })
    expect(reloop.Remote).toMatchObject({ name: 'remote' })
    expect(reloop.Memory).toMatchObject({ name: 'memory' })
  })

  it('have a base for connectors of both kinds of classes', () => {
    class Modern extends reloop.Connector {}
    function Old(this: object, options: object) {
      ;(reloop.Connector as unknown as Function).call(this, options)
    }
    inherits(Old, reloop.Connector)
    for (const made of [new Modern({ a: 1 }), new (Old as never as typeof Modern)({ a: 1 })]) {
      expect(made).toBeInstanceOf(EventEmitter)
      expect(made.options).toEqual({ a: 1 })
      const heard = jest.fn()
      made.on('x', heard).emit('x', 1)
      expect(heard).toHaveBeenCalledWith(1)
    }
  })

  it('know an icon', () => {
    expect([...readFileSync(reloop.faviconFile).subarray(0, 4)]).toEqual([0, 0, 1, 0])
    expect(reloop.DataModel).toBe(reloop.PersistedModel)
  })
})
