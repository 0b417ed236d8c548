import { join } from 'node:path'
import { boot } from '../../src'
import { project } from '../project'

const middleware = (folder: string, options: object = {}) => boot.compile({ appRootDir: folder, env: 'test', ...options }).middleware

const factory = 'module.exports = () => (req, res, next) => next()'

describe('middleware instructions', () => {
  it('keep the order of phases and entries, and find the modules', () => {
    const folder = project({
      'middleware.json': {
        'initial:before': { 'loopback#favicon': {} },
        initial: { compression: {}, './first': { paths: ['/a'], methods: 'GET' } },
        'routes:after': { 'some-package': { params: { a: 1 } } },
        routes: { 'loopback#rest': { paths: ['${restApiRoot}'] } },
      },
      'first.js': factory,
      'node_modules/some-package/package.json': { name: 'some-package', main: 'main.js' },
      'node_modules/some-package/main.js': factory,
    })
    expect(middleware(folder)).toEqual({
      phases: ['initial', 'routes'],
      middleware: [
        { ref: 'loopback#favicon', config: { phase: 'initial:before' } },
        { ref: 'compression', config: { phase: 'initial' } },
        { ref: './first', sourceFile: join(folder, 'first.js'), config: { phase: 'initial', paths: ['/a'], methods: 'GET' } },
        {
          ref: 'some-package',
          sourceFile: join(folder, 'node_modules/some-package/main.js'),
          config: { phase: 'routes:after', params: { a: 1 } },
        },
        { ref: 'loopback#rest', config: { phase: 'routes', paths: ['${restApiRoot}'] } },
      ],
    })
  })

  it('take several entries of one middleware', () => {
    const folder = project({
      'middleware.json': {
        files: {
          'loopback#static': [
            { name: 'a', params: 'x' },
            { name: 'b', params: 'y' },
          ],
        },
      },
    })
    expect(middleware(folder).middleware.map(({ config }) => config.name)).toEqual(['a', 'b'])
  })

  it('leave out what is switched off, whether it is there or not', () => {
    expect(
      middleware(project({ 'middleware.json': { initial: { nowhere: { enabled: false }, cors: { enabled: false } } } })).middleware,
    ).toEqual([])
  })

  it('resolve paths from the folder of the file', () => {
    const folder = project({
      'server/middleware.json': { files: { 'loopback#static': { params: ['$!../client', { root: '$!./x', other: 'y' }] } } },
    })
    expect(middleware(join(folder, 'server')).middleware[0]?.config.params).toEqual([
      join(folder, 'client'),
      { root: join(folder, 'server/x'), other: 'y' },
    ])
  })

  it('find a fragment among the exports, or in the module’s folder of middleware', () => {
    const folder = project({
      'middleware.json': { initial: { 'pack#first': {}, 'pack#second': {}, 'pack#third': {} } },
      'node_modules/pack/package.json': { name: 'pack', main: 'index.js' },
      'node_modules/pack/index.js': 'exports.first = () => {}; exports.third = 3',
      'node_modules/pack/server/middleware/second.js': factory,
      'node_modules/pack/middleware/third.js': factory,
    })
    expect(middleware(folder).middleware.map(({ sourceFile, fragment }) => [sourceFile?.slice(folder.length), fragment])).toEqual([
      ['/node_modules/pack/index.js', 'first'],
      ['/node_modules/pack/server/middleware/second.js', undefined],
      ['/node_modules/pack/middleware/third.js', undefined],
    ])
  })

  it('name a module that is not there, unless it is optional', () => {
    expect(middleware(project({ 'middleware.json': { initial: { nowhere: { optional: true } } } })).middleware).toEqual([])
    expect(() => middleware(project({ 'middleware.json': { initial: { nowhere: {} } } }))).toThrow(
      expect.objectContaining({ code: 'MODULE_MISSING', hint: 'Run: npm install nowhere' }),
    )
  })

  it('are changed by the environment’s file, which may add nothing', () => {
    const files = { 'middleware.json': { initial: { cors: { params: { origin: true } } } } }
    expect(middleware(project({ ...files, 'middleware.test.json': { initial: { cors: { enabled: false } } } })).middleware).toEqual([])
    expect(() => middleware(project({ ...files, 'middleware.test.json': { initial: { helmet: { enabled: false } } } }))).toThrow(
      /Cannot apply .*middleware\.test\.json: The middleware "helmet" in phase "initial" is not defined in the main config\./,
    )
  })
})

describe('component instructions', () => {
  const components = (folder: string) => boot.compile({ appRootDir: folder, env: 'test' }).components

  it('keep the order and leave out what is switched off', () => {
    const folder = project({
      'component-config.json': { './b': { x: 1 }, './a': true, './off': false, './none': null },
      'a.js': factory,
      'b.js': factory,
    })
    expect(components(folder)).toEqual([
      { ref: './b', sourceFile: join(folder, 'b.js'), config: { x: 1 } },
      { ref: './a', sourceFile: join(folder, 'a.js'), config: true },
    ])
  })

  it('put ours in the place of LoopBack’s that are not installed', () => {
    const folder = project({
      'component-config.json': { 'loopback-component-explorer': { mountPath: '/explorer' } },
      'node_modules/@reloop/component-explorer/package.json': { name: '@reloop/component-explorer', main: 'x.js' },
      'node_modules/@reloop/component-explorer/x.js': factory,
    })
    expect(components(folder)[0]?.sourceFile).toBe(join(folder, 'node_modules/@reloop/component-explorer/x.js'))
  })

  it('name what is not there', () => {
    expect(() => components(project({ 'component-config.json': { './gone': {} } }))).toThrow(/Component "\.\/gone" was not found from /)
  })
})
