import { CodedError } from '@reloop/errors'
import { defineSchema, type Problem } from '../../src'

interface Settings {
  readonly host: string
  readonly port: number
  readonly ssl?: boolean
  readonly pool: { readonly min: number; readonly max: number }
}

const settings = defineSchema<Settings>({
  type: 'object',
  properties: {
    host: { type: 'string' },
    port: { type: 'integer', minimum: 1, maximum: 65535, default: 3306 },
    ssl: { type: 'boolean' },
    password: { type: 'string' },
    charset: { enum: ['utf8', 'latin1'] },
    pool: {
      type: 'object',
      default: {},
      properties: { min: { type: 'integer', default: 0 }, max: { type: 'integer', default: 10 } },
      additionalProperties: false,
    },
    models: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
    fetch: { typeof: 'function' },
    url: { anyOf: [{ type: 'string' }, { type: 'object', properties: { href: { type: 'string' } }, required: ['href'] }] },
  },
  required: ['host'],
  additionalProperties: false,
})

function failure(act: () => unknown): CodedError & { details: { problems: readonly Problem[] } } {
  try {
    act()
  } catch (error) {
    if (error instanceof CodedError) return error as never
    throw error
  }
  throw new Error('nothing was refused')
}

const problems = (value: unknown) => failure(() => settings.check(value)).details.problems

describe('defineSchema', () => {
  it('fills in defaults, at any depth', () => {
    expect(settings.check({ host: 'db' })).toEqual({ host: 'db', port: 3306, pool: { min: 0, max: 10 } })
    expect(settings.check({ host: 'db', pool: { max: 2 } }).pool).toEqual({ min: 0, max: 2 })
  })

  it('gives a deeply frozen copy and leaves what was given untouched', () => {
    const given = { host: 'db', pool: { max: 2 }, models: [{ name: 'Note' }] }
    const checked = settings.check(given) as Settings & typeof given
    expect(given).toEqual({ host: 'db', pool: { max: 2 }, models: [{ name: 'Note' }] })
    expect([given, given.pool, given.models].some(Object.isFrozen)).toBe(false)
    expect([checked, checked.pool, checked.models, checked.models[0]].every(Object.isFrozen)).toBe(true)
  })

  it('hands functions and instances of classes through as they are', () => {
    const open = defineSchema({ type: 'object', properties: { fetch: { typeof: 'function' }, agent: { type: 'object' } } })
    class Agent {
      sockets = 0
    }
    const given = { fetch: () => {}, agent: new Agent(), key: Buffer.from('key') }
    const checked = open.check(given)
    expect(checked.fetch).toBe(given.fetch)
    expect(checked.agent).toBe(given.agent)
    expect(checked.key).toBe(given.key)
    expect(Object.isFrozen(given.agent)).toBe(false)
  })

  it('names the file, the key, what was expected and what was found', () => {
    const error = failure(() => settings.check({ host: 'db', port: 'many' }, { file: 'datasources.json', at: 'db' }))
    expect(error.code).toBe('SCHEMA_INVALID')
    expect(error.message).toBe('datasources.json is not valid: db.port must be integer, not "many"')
  })

  it('lists all problems in one error, in the order of their keys', () => {
    const error = failure(() =>
      settings.check({ prot: 80, ssl: 'yes', pool: { maxx: 1 }, models: [{}, { name: 'a' }, { name: 3 }] }, { file: 'a.json' }),
    )
    expect(error.message).toBe(
      [
        'a.json is not valid, 6 problems:',
        '  - host is missing',
        '  - models[0].name is missing',
        '  - models[2].name must be string, not 3',
        '  - pool.maxx is an unknown key; did you mean "max"?',
        '  - prot is an unknown key; did you mean "port"?',
        '  - ssl must be boolean, not "yes"',
      ].join('\n'),
    )
    expect(error.details).toMatchObject({ file: 'a.json' })
  })

  it.each([
    [
      { host: 'db', port: 0 },
      { at: 'port', problem: 'must be at least 1, not 0' },
    ],
    [
      { host: 'db', charset: 'utf' },
      { at: 'charset', problem: 'must be one of "utf8", "latin1", not "utf"', nearest: 'utf8' },
    ],
    [
      { host: 'db', fetch: 1 },
      { at: 'fetch', problem: 'must be function, not 1' },
    ],
    [
      { host: 'db', url: 1 },
      { at: 'url', problem: 'must be string or object, not 1' },
    ],
    [
      { host: 'db', url: {} },
      { at: 'url.href', problem: 'is missing' },
    ],
    [
      { host: 'db', url: { href: 1 } },
      { at: 'url.href', problem: 'must be string, not 1' },
    ],
    [{ host: null }, { at: 'host', problem: 'must be string, not null' }],
    [{ host: ['a', 'b'] }, { at: 'host', problem: 'must be string, not an array of 2' }],
    ['text', { at: '', problem: 'must be object, not "text"' }],
    [undefined, { at: '', problem: 'is missing' }],
  ])('refuses %j', (value, problem) => {
    expect(problems(value)).toEqual([problem])
  })

  it('does not show the values of keys that hold secrets', () => {
    const error = failure(() => settings.check({ host: 'db', password: 1234567 }))
    expect(error.message).toBe('The value is not valid: password must be string, not a number')
  })

  it('shortens long values', () => {
    expect(problems({ host: 'db', port: 'x'.repeat(500) })[0]!.problem.length).toBeLessThan(100)
  })

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s at any depth', (key) => {
    const open = defineSchema({ type: 'object' })
    const value: unknown = JSON.parse(`{ "a": [{ "b": { "${key}": { "polluted": true } } }] }`)
    expect(failure(() => open.check(value)).details.problems).toEqual([{ at: `a[0].b.${key}`, problem: 'is a key that is not allowed' }])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('refuses a value that refers to itself', () => {
    const value: Record<string, unknown> = {}
    value.self = value
    expect(failure(() => defineSchema({ type: 'object' }).check(value)).message).toContain('refers to itself')
  })

  it('leaves ${NAME} untouched in the place of any type', () => {
    const given = { host: '${DB_HOST}', port: '${DB_PORT}', ssl: '${DB_SSL}', url: '${DB_URL}', pool: '${POOL}' }
    expect(settings.check(given)).toEqual(given)
    const nested = defineSchema({ anyOf: [{ type: 'object', properties: { port: { type: 'number' } } }, { type: 'string' }] })
    expect(nested.check({ port: '${PORT}' })).toEqual({ port: '${PORT}' })
  })

  it('still reports what is wrong beside a ${NAME}', () => {
    expect(problems({ host: '${DB_HOST}', port: '${DB_PORT}', ssl: 3 })).toEqual([{ at: 'ssl', problem: 'must be boolean, not 3' }])
  })

  it('coerces text to numbers and booleans only when asked to', () => {
    const shape = { type: 'object', properties: { port: { type: 'integer' }, ssl: { type: 'boolean' } } }
    expect(defineSchema(shape, { coerce: true }).check({ port: '5432', ssl: 'true' })).toEqual({ port: 5432, ssl: true })
    expect(() => defineSchema(shape).check({ port: '5432' })).toThrow('port must be integer, not "5432"')
    expect(() => defineSchema(shape, { coerce: true }).check({ port: '5432x' })).toThrow('port must be integer, not "5432x"')
    const given = { port: '1' }
    defineSchema(shape, { coerce: true }).check(given)
    expect(given).toEqual({ port: '1' })
  })

  it('reads $defs and formats', () => {
    const schema = defineSchema({ $defs: { mail: { type: 'string', format: 'email' } }, type: 'array', items: { $ref: '#/$defs/mail' } })
    expect(schema.check(['a@example.com'])).toEqual(['a@example.com'])
    expect(() => schema.check(['nope'], { at: 'to' })).toThrow('to is not valid: to[0] must be a string of format email, not "nope"')
  })

  it('compiles on first use: a schema that is wrong itself fails then', () => {
    const wrong = defineSchema({ type: 'strnig' })
    expect(() => wrong.check('x')).toThrow('schema is invalid')
  })

  it('takes schemas of the same $id more than once', () => {
    const make = () => defineSchema({ $id: 'same', type: 'number' })
    expect([make().check(1), make().check(2)]).toEqual([1, 2])
  })
})
