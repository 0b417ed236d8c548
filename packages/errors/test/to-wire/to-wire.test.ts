import fc from 'fast-check'
import { CodedError, defineErrors, statusOf, toWire } from '../../src'

const errors = defineErrors({
  NOTE_LOCKED: { status: 409, name: 'LockError', message: (p: { id: number }) => `Note ${p.id} is locked.`, hint: 'Unlock it.' },
  STORE_DOWN: { message: 'The store at 10.0.0.1 is down.' },
})

/** Whatever reaches a client has been through JSON. */
const sent = (error: unknown, options?: Parameters<typeof toWire>[1]) =>
  JSON.parse(JSON.stringify(toWire(error, options))) as Record<string, unknown>

describe('statusOf', () => {
  it.each([
    [{ statusCode: 404 }, undefined, 404],
    [{ status: 422 }, undefined, 422],
    [{ statusCode: 404, status: 422 }, undefined, 404],
    [{}, 403, 403],
    [{ statusCode: 404 }, 403, 404],
    [{ statusCode: 200 }, undefined, 500],
    [{ statusCode: '404' }, undefined, 500],
    [{ statusCode: 999 }, undefined, 500],
    [undefined, 200, 500],
    ['text', undefined, 500],
  ])('of %j with %j on the reply is %d', (error, fallback, status) => {
    expect(statusOf(error, fallback)).toBe(status)
  })
})

describe('toWire in the shape of 3.x', () => {
  it('shows what a client did wrong', () => {
    expect(sent(errors.NOTE_LOCKED({ id: 9 }, { details: { by: 'Ann' }, cause: new Error('row lock') }))).toEqual({
      statusCode: 409,
      name: 'LockError',
      message: 'Note 9 is locked.',
      code: 'NOTE_LOCKED',
      details: { by: 'Ann' },
    })
  })

  it('masks what went wrong inside', () => {
    expect(sent(errors.STORE_DOWN(undefined, { details: { host: '10.0.0.1' } }))).toEqual({
      statusCode: 500,
      message: 'Internal Server Error',
    })
    expect(sent(Object.assign(new Error('pg: no route'), { statusCode: 503 }))).toEqual({ statusCode: 503, message: 'Service Unavailable' })
    expect(sent('a text with a password')).toEqual({ statusCode: 500, message: 'Internal Server Error' })
  })

  it('shows safe fields of any error', () => {
    const error = Object.assign(new Error('no'), { requestId: 7, secret: 'x' })
    expect(sent(error, { safeFields: ['requestId', 'absent', '__proto__'] })).toEqual({
      statusCode: 500,
      message: 'Internal Server Error',
      requestId: 7,
    })
  })

  it('uses the status of the reply when the error has none', () => {
    expect(sent(new Error('no'), { status: 401 })).toEqual({ statusCode: 401, name: 'Error', message: 'no' })
  })

  it('has a message when the error has none', () => {
    expect(sent({ statusCode: 400 })).toEqual({ statusCode: 400, name: 'Error', message: 'An unknown error occurred' })
  })

  it('shows every property, and the stack last, in debug mode', () => {
    const error = Object.assign(new Error('no'), { statusCode: 200, query: 'SELECT 1' })
    const wire = toWire(error, { debug: true })
    expect(wire).toEqual({ statusCode: 500, name: 'Error', message: 'no', query: 'SELECT 1', stack: error.stack })
    expect(Object.keys(wire).at(-1)).toBe('stack')
  })

  it('lists several errors, each masked by its own status', () => {
    expect(sent([errors.NOTE_LOCKED({ id: 1 }), new Error('inside'), null])).toEqual({
      statusCode: 500,
      message: 'Failed with multiple errors, see `details` for more information.',
      details: [
        { statusCode: 409, name: 'LockError', message: 'Note 1 is locked.', code: 'NOTE_LOCKED' },
        { statusCode: 500, message: 'Internal Server Error' },
        null,
      ],
    })
  })
})

describe('toWire in the shape of 2.x', () => {
  it('shows every enumerable property, inherited ones included', () => {
    class OldError extends Error {}
    Object.assign(OldError.prototype, { family: 'old' })
    const error = Object.assign(new OldError('no'), { statusCode: 404, code: 'GONE' })
    expect(sent(error, { shape: '2.x' })).toEqual({
      name: 'Error',
      status: 404,
      message: 'no',
      statusCode: 404,
      code: 'GONE',
      family: 'old',
    })
  })

  it('lets the status of the reply win over that of the error', () => {
    const error = Object.assign(new Error('no'), { status: 404 })
    expect(sent(error, { shape: '2.x', status: 401 })).toMatchObject({ status: 401 })
    expect(sent(error, { shape: '2.x', status: 200 })).toMatchObject({ status: 404 })
  })

  it('shows the stack only when asked to', () => {
    const error = new Error('no')
    expect(sent(error, { shape: '2.x' })).not.toHaveProperty('stack')
    expect(sent(error, { shape: '2.x', stack: true })).toHaveProperty('stack', error.stack)
    expect(sent({ message: 'no', stack: 'own' }, { shape: '2.x' })).not.toHaveProperty('stack')
  })

  it('never shows the cause', () => {
    expect(sent({ message: 'no', cause: 'secret' }, { shape: '2.x' })).not.toHaveProperty('cause')
  })

  it('lists several errors without their statusCode', () => {
    expect(sent([Object.assign(new Error('a'), { statusCode: 404 }), null], { shape: '2.x' })).toEqual({
      name: 'Error',
      status: 500,
      message: 'Failed with multiple errors, see `details` for more information.',
      details: [{ name: 'Error', status: 404, message: 'a' }, null],
    })
  })
})

describe('toWire, whatever is thrown', () => {
  const keys = fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'stack',
    'cause',
    'message',
    'name',
    'statusCode',
    'status',
    'code',
    'details',
    'extra',
  )
  const options = fc.record({
    shape: fc.constantFrom('3.x' as const, '2.x' as const),
    status: fc.option(fc.integer({ min: 100, max: 700 }), { nil: undefined }),
  })
  const secret = 'S3CRET-inside'

  const thrown = fc.dictionary(keys, fc.jsonValue(), { noNullPrototype: false }).map((fields) => {
    const error = new Error('outside', { cause: new Error(secret) })
    for (const [key, value] of Object.entries(fields))
      Object.defineProperty(error, key, { value, enumerable: true, configurable: true, writable: true })
    Object.defineProperty(error, 'stack', { value: secret, enumerable: true })
    return error
  })

  it('never shows stack or cause, and reaches no prototype', () => {
    fc.assert(
      fc.property(thrown, options, (error, how) => {
        const wire = toWire(error, how)
        expect(Object.getPrototypeOf(wire)).toBe(Object.prototype)
        expect(Object.keys(wire)).not.toEqual(expect.arrayContaining(['stack']))
        expect(Object.keys(wire)).not.toEqual(expect.arrayContaining(['cause']))
        expect(JSON.stringify(wire)).not.toContain(secret)
        expect(({} as Record<string, unknown>).polluted).toBeUndefined()
      }),
    )
  })

  it('always gives something that can be sent', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
        options,
        (value, how) => {
          const wire = sent(value, how)
          expect(typeof wire.message).toBe('string')
        },
      ),
    )
  })

  it('masks server errors completely', () => {
    fc.assert(
      fc.property(thrown, (error) => {
        Object.defineProperty(error, 'statusCode', { value: 500 })
        expect(toWire(error)).toEqual({ statusCode: 500, message: 'Internal Server Error' })
      }),
    )
  })

  it('cuts cycles and writes what JSON cannot', () => {
    const details: Record<string, unknown> = {
      big: 1n,
      at: new Date(0),
      fn: () => {},
      list: [undefined, () => {}],
      bad: { toJSON: () => JSON.parse('{') },
    }
    details.self = details
    const error = Object.assign(new Error('no'), { statusCode: 400, details })
    expect(sent(error).details).toEqual({ big: '1', at: '1970-01-01T00:00:00.000Z', list: [null, null], self: '[Circular]' })
  })

  it('drops __proto__ keys of details', () => {
    const details: unknown = JSON.parse('{"__proto__":{"admin":true},"a":1}')
    const wire = toWire(new CodedError({ code: 'X', message: 'no', statusCode: 400 }, { details }))
    expect(JSON.stringify(wire.details)).toBe('{"a":1}')
    expect((wire.details as { admin?: boolean }).admin).toBeUndefined()
  })
})
