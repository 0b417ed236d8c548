import { join } from 'node:path'
import { boot } from '../../src'
import { project } from '../project'

const compile = (folder: string, options: object = {}) => boot.compile({ appRootDir: folder, env: 'test', ...options })

describe('model instructions', () => {
  it('join definition, script and configuration', () => {
    const folder = project({
      'server/model-config.json': { _meta: { sources: ['../common/models', './models'] }, Note: { dataSource: 'db', public: false } },
      'common/models/note.json': { name: 'Note', properties: { text: 'string' } },
      'common/models/note.js': 'module.exports = function (Note) {}',
      'server/models/unused.json': { name: 'Unused' },
    })
    expect(compile(join(folder, 'server')).models).toEqual([
      {
        name: 'Note',
        definition: { name: 'Note', properties: { text: 'string' } },
        definitionFile: join(folder, 'common/models/note.json'),
        sourceFile: join(folder, 'common/models/note.js'),
        config: { dataSource: 'db', public: false },
      },
    ])
  })

  it('name a definition after its file when it has no name', () => {
    const folder = project({ 'models/coffee-shop.json': { base: 'Model' }, 'model-config.json': { CoffeeShop: { dataSource: null } } })
    expect(compile(folder).models[0]?.definition).toEqual({ name: 'CoffeeShop', base: 'Model' })
  })

  it('put bases first, configured or not', () => {
    const folder = project({
      'model-config.json': { Poodle: { dataSource: 'db' }, Animal: { dataSource: 'db' } },
      'models/poodle.json': { name: 'Poodle', base: 'Dog' },
      'models/dog.json': { name: 'Dog', options: { base: 'Animal' } },
      'models/animal.json': { name: 'Animal' },
    })
    expect(compile(folder).models.map(({ name, config }) => [name, config !== undefined])).toEqual([
      ['Animal', true],
      ['Dog', false],
      ['Poodle', true],
    ])
  })

  it('take rules about rows and fields, and the empty list of methods that generators wrote', () => {
    const definition = {
      name: 'Note',
      acls: [
        { principalType: 'ROLE', principalId: '$authenticated', permission: 'ALLOW', where: { ownerId: '$userId' } },
        { principalType: 'ROLE', principalId: 'admin', permission: 'ALLOW', fields: ['secret'] },
      ],
      methods: [],
    }
    const folder = project({ 'models/note.json': definition, 'model-config.json': { Note: { dataSource: null } } })
    expect(compile(folder).models[0]?.definition).toEqual(definition)
  })

  it('refuse bases in a circle, naming it', () => {
    const folder = project({
      'model-config.json': { A: { dataSource: null } },
      'models/a.json': { name: 'A', base: 'B' },
      'models/b.json': { name: 'B', base: 'C' },
      'models/c.json': { name: 'C', base: 'A' },
    })
    expect(() => compile(folder)).toThrow('Models extend each other in a circle: A → B → C → A')
  })

  it('pass over files that begin with an underscore, and folders that are not there', () => {
    const folder = project({
      'model-config.json': { _meta: { sources: ['loopback/common/models', './models', './nowhere'] }, Draft: { dataSource: null } },
      'models/_draft.json': { name: 'Draft', plural: 'wrong' },
    })
    expect(compile(folder).models).toEqual([{ name: 'Draft', config: { dataSource: null } }])
  })

  it('read definitions from packages', () => {
    const folder = project({
      'model-config.json': { _meta: { sources: ['@our/things/models'] }, Thing: { dataSource: null } },
      'node_modules/@our/things/package.json': { name: '@our/things' },
      'node_modules/@our/things/models/thing.json': { name: 'Thing' },
    })
    expect(compile(folder).models[0]?.definitionFile).toBe(join(folder, 'node_modules/@our/things/models/thing.json'))
  })

  it('take definitions that are given', () => {
    const definitions = [{ definition: { name: 'Note', properties: {} }, sourceFile: 'nowhere.js' }]
    const instructions = compile(project({}), { modelDefinitions: definitions, models: { Note: { dataSource: 'db' } } })
    expect(instructions.models).toEqual([{ name: 'Note', definition: { name: 'Note', properties: {} }, config: { dataSource: 'db' } }])
  })

  it('refuse the layout of LoopBack 1', () => {
    const folder = project({ 'model-config.json': { Note: { dataSource: 'db', properties: { text: 'string' } } } })
    for (const compat of ['modern', '3.x', '2.x'])
      expect(() => compile(folder, { compat })).toThrow(/unsupported 1\.x format: Note has properties/)
  })

  it('leave out what tools noted', () => {
    const folder = project({ 'model-config.json': { Note: { dataSource: 'db', $promise: {}, $resolved: true } } })
    expect(compile(folder).models).toEqual([{ name: 'Note', config: { dataSource: 'db' } }])
  })
})
