import { createApplication } from '@reloop/core'
import { boot } from '../../src'
import { project } from '../project'

const factory = 'module.exports = (options) => Object.assign((req, res, next) => next(), { options })'

/** An application that notes what it is given; how it is used is the core's business. */
function noting() {
  const noted: { phases: unknown[]; entries: { factory: unknown; config: unknown }[] } = { phases: [], entries: [] }
  const app = Object.assign(createApplication(), {
    defineMiddlewarePhases: (phases: unknown) => noted.phases.push(phases),
    middlewareFromConfig: (given: unknown, config: unknown) => noted.entries.push({ factory: given, config }),
  })
  return { app, noted }
}

describe('middleware', () => {
  it('reaches the application as factories, and by the names that it knows itself, in order', async () => {
    const { app, noted } = noting()
    await boot(
      app,
      project({
        'middleware.json': {
          initial: { cors: { params: { origin: '${restApiRoot}' } }, './mine': { paths: ['${restApiRoot}'] } },
          routes: { 'pack#part': { methods: ['GET'] } },
        },
        'mine.js': factory,
        'node_modules/pack/package.json': { name: 'pack', main: 'index.js' },
        'node_modules/pack/index.js': 'exports.part = function part() {}',
      }),
    )
    expect(noted.phases).toEqual([['initial', 'routes']])
    expect(noted.entries.map(({ factory: made, config }) => [typeof made === 'function' ? 'a factory' : made, config])).toEqual([
      ['cors', { phase: 'initial', params: { origin: '/api' } }],
      ['a factory', { phase: 'initial', paths: ['/api'] }],
      ['a factory', { phase: 'routes', methods: ['GET'] }],
    ])
    expect((noted.entries[2]!.factory as { name: string }).name).toBe('part')
  })

  it('must export a function', async () => {
    const folder = project({ 'middleware.json': { initial: { './x': {} } }, 'x.js': 'module.exports = {}' })
    await expect(boot(noting().app, folder)).rejects.toMatchObject({
      code: 'MODULE_INVALID',
      message: expect.stringContaining('x.js') as string,
    })
  })
})
