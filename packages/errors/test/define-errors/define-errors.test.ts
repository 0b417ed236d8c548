import { CodedError, defineErrors } from '../../src'

const errors = defineErrors({
  PORT_IN_USE: {
    message: (p: { port: number }) => `Port ${p.port} is in use.`,
    hint: (p: { port: number }) => `Set PORT to another than ${p.port}.`,
  },
  NOT_READY: { message: 'Not ready.', status: 503, name: 'StateError' },
})

describe('defineErrors', () => {
  it('makes an error with code, status, message and hint; it does not throw it', () => {
    const error = errors.PORT_IN_USE({ port: 3000 })
    expect(error).toBeInstanceOf(CodedError)
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ code: 'PORT_IN_USE', statusCode: 500, message: 'Port 3000 is in use.', name: 'Error' })
    expect(error.hint).toBe('Set PORT to another than 3000.')
  })

  it('needs no parameters where the message has none', () => {
    expect(errors.NOT_READY()).toMatchObject({ statusCode: 503, name: 'StateError', message: 'Not ready.' })
    expect(errors.NOT_READY().hint).toBeUndefined()
  })

  it('keeps cause and details, the cause out of sight', () => {
    const cause = new Error('socket')
    const error = errors.NOT_READY(undefined, { cause, details: { since: 1 } })
    expect(error.cause).toBe(cause)
    expect(error.details).toEqual({ since: 1 })
    expect(Object.keys(error)).toEqual(['code', 'statusCode', 'details'])
    expect('cause' in errors.NOT_READY()).toBe(false)
  })

  it('lets the stack begin where the error was asked for, under its name', () => {
    const lines = errors.NOT_READY().stack!.split('\n')
    expect(lines[0]).toBe('StateError: Not ready.')
    expect(lines[1]).toContain('define-errors.test')
  })

  it('shows the catalogue, frozen', () => {
    expect(errors.NOT_READY.entry).toEqual({ message: 'Not ready.', status: 503, name: 'StateError' })
    expect(Object.isFrozen(errors)).toBe(true)
    expect(Object.isFrozen(errors.NOT_READY.entry)).toBe(true)
  })

  it.each(['lower', 'Mixed_CASE', 'TWO__BARS', '_FIRST', 'LAST_', '1ST', '__proto__'])('refuses the code %s', (code) => {
    expect(() => defineErrors({ [code]: { message: 'x' } })).toThrow(`Error code "${code}" must be UPPER_SNAKE_CASE.`)
  })

  it.each([200, 399, 600, 404.5, NaN])('refuses the status %d', (status) => {
    expect(() => defineErrors({ X: { message: 'x', status } })).toThrow(`Status of error X must be from 400 to 599, not ${status}.`)
  })
})
