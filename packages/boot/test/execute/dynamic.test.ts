import { resolveDynamic } from '../../src/execute/dynamic'
import { warningsOf } from '../project'

const settings: Record<string, unknown> = { port: 3000, pool: { max: 5 }, restApiRoot: '/api' }
const modern = { get: (name: string) => settings[name], interpolate: true, file: 'datasources.json: db' }

describe('dynamic values', () => {
  beforeEach(() => {
    process.env.RELOOP_TEST_HOST = 'db.example'
  })
  afterEach(() => {
    delete process.env.RELOOP_TEST_HOST
  })

  it('come from the environment before the settings, at any depth', () => {
    settings.RELOOP_TEST_HOST = 'not this'
    expect(resolveDynamic({ host: '${RELOOP_TEST_HOST}', list: ['${port}', { deep: '${pool}' }] }, modern)).toEqual({
      host: 'db.example',
      list: [3000, { deep: { max: 5 } }],
    })
  })

  it('stand anywhere in a text', () => {
    expect(resolveDynamic('https://${RELOOP_TEST_HOST}:${port}/x', modern)).toBe('https://db.example:3000/x')
  })

  it('replace the whole text in the profiles of LoopBack, from its end alone', () => {
    const old = { ...modern, interpolate: false }
    expect(resolveDynamic('prefix-${port}', old)).toBe(3000)
    expect(resolveDynamic('${port}-suffix', old)).toBe('${port}-suffix')
  })

  it('leave instances of classes as they are', () => {
    const date = new Date(0)
    const pattern = /\${port}/
    expect(resolveDynamic({ date, pattern }, modern)).toEqual({ date, pattern })
  })

  it('warn of a name without a value, and show no other value', async () => {
    const warnings = await warningsOf(() =>
      expect(resolveDynamic({ password: '${RELOOP_TEST_NOTHING}', host: '${RELOOP_TEST_HOST}' }, modern)).toEqual({
        password: undefined,
        host: 'db.example',
      }),
    )
    expect(warnings).toEqual([
      'datasources.json: db: ${RELOOP_TEST_NOTHING} has no value: it is neither an environment variable nor a setting.',
    ])
  })
})
