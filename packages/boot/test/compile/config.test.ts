import { boot } from '../../src'
import { project, warningsOf } from '../project'

const compile = (folder: string, options: object = {}) => boot.compile({ appRootDir: folder, env: 'test', ...options })

describe('configuration files', () => {
  it('take the local file over the main one, and that of the environment over both', () => {
    const folder = project({
      'config.json': { port: 1, host: 'a', restApiRoot: '/x' },
      'config.local.json': { port: 2, host: 'b' },
      'config.test.js': 'module.exports = { port: 3 }',
      'config.production.json': { port: 4 },
    })
    expect(compile(folder).config).toEqual({ port: 3, host: 'b', restApiRoot: '/x' })
  })

  it('prefer a script to JSON', () => {
    const folder = project({ 'config.json': { port: 1 }, 'config.local.json': { port: 2 }, 'config.local.js': 'exports.port = 3' })
    expect(compile(folder).config.port).toBe(3)
  })

  it('may be missing altogether', () => {
    expect(compile(project({}))).toMatchObject({
      config: {},
      dataSources: {},
      models: [],
      components: [],
      middleware: { phases: [], middleware: [] },
      files: { boot: [] },
    })
  })

  it('are ignored with a warning without their main file', async () => {
    const folder = project({ 'config.local.json': { port: 2 } })
    const warnings = await warningsOf(() => expect(compile(folder).config).toEqual({}))
    expect(warnings).toEqual([expect.stringMatching(/config\.local\.json is ignored: there is no .*config\.json/)])
  })

  it('say which file cannot be applied, and where', () => {
    const folder = project({
      'datasources.json': { db: { connector: 'memory' } },
      'datasources.test.json': { db: { connector: { x: 1 } } },
    })
    expect(() => compile(folder)).toThrow(
      /Cannot apply .*datasources\.test\.json: Cannot merge values of incompatible types for the option `db\.connector`\./,
    )
  })

  it('say where a text is not JSON', () => {
    const folder = project({ 'model-config.json': '{\n  "Note": { "dataSource": "db", }\n}' })
    expect(() => compile(folder)).toThrow(/model-config\.json:2:\d+ is not valid JSON/)
  })

  it('may stand in folders of their own', () => {
    const folder = project({ 'etc/config.json': { port: 7 }, 'etc/datasources.json': { db: { connector: 'memory' } } })
    expect(compile(folder, { appConfigRootDir: 'etc', dsRootDir: './etc' })).toMatchObject({
      config: { port: 7 },
      dataSources: { db: { connector: 'memory' } },
    })
  })

  it('may be given as objects', () => {
    const folder = project({ 'config.json': { port: 7 } })
    expect(compile(folder, { config: { port: 8 }, dataSources: { db: { connector: 'memory' } } })).toMatchObject({
      config: { port: 8 },
      dataSources: { db: {} },
    })
  })

  it.each(['__proto__', 'constructor', 'prototype'])('refuse the key %s at any depth, in every profile', (key) => {
    const folder = project({ 'datasources.json': `{ "db": { "connector": "memory", "pool": { "${key}": { "polluted": true } } } }` })
    for (const compat of ['modern', '3.x', '2.x']) {
      expect(() => compile(folder, { compat })).toThrow(
        expect.objectContaining({ code: 'SCHEMA_INVALID', message: expect.stringContaining(key) as string }),
      )
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('give the same instructions after a trip through JSON', () => {
    const folder = project({
      'config.json': { port: 1 },
      'boot/a.js': '',
      'model-config.json': { Note: { dataSource: 'db' } },
      'models/note.json': { name: 'Note' },
    })
    const instructions = compile(folder)
    expect(JSON.parse(JSON.stringify(instructions))).toEqual(instructions)
  })
})

describe('mistyped keys', () => {
  it.each([
    ['model-config.json', { Note: { datasource: 'db' } }, 'Note.datasource is an unknown key; did you mean "dataSource"?'],
    ['model-config.json', { _meta: { source: [] } }, '_meta.source is an unknown key; did you mean "sources"?'],
    ['middleware.json', { routes: { x: { enable: false } } }, 'enable is an unknown key; did you mean "enabled"?'],
    ['config.json', { port: true }, 'port'],
  ])('in %s stop the start, with the nearest name', (file, content, message) => {
    const folder = project({ [file]: content })
    expect(() => compile(folder)).toThrow(
      expect.objectContaining({ code: 'SCHEMA_INVALID', message: expect.stringContaining(file) as string }),
    )
    expect(() => compile(folder)).toThrow(message)
  })

  it('in a model definition stop the start, when they are near to one that exists', () => {
    const folder = project({ 'models/note.json': { name: 'Note', propertys: {} }, 'model-config.json': { Note: { dataSource: null } } })
    expect(() => compile(folder)).toThrow(expect.objectContaining({ code: 'CONFIG_KEY_MISTYPED', hint: 'Did you mean "properties"?' }))
  })

  it('in a model definition are the application’s own otherwise', () => {
    const folder = project({
      'models/note.json': { name: 'Note', searchEngine: { boost: 2 } },
      'model-config.json': { Note: { dataSource: null } },
    })
    expect(compile(folder).models[0]?.definition).toEqual({ name: 'Note', searchEngine: { boost: 2 } })
  })

  it('give warnings in the profiles of LoopBack', async () => {
    const folder = project({ 'model-config.json': { Note: { datasource: 'db', dataSource: 'db' } } })
    const warnings = await warningsOf(() => expect(compile(folder, { compat: '3.x' }).models).toHaveLength(1))
    expect(warnings).toEqual([expect.stringContaining('did you mean "dataSource"')])
  })

  it('in config.json are settings of the application', () => {
    expect(compile(project({ 'config.json': { myOwn: { setting: 1 } } })).config).toEqual({ myOwn: { setting: 1 } })
  })
})
