import { defineErrors, type CodedError } from '../../src'

const errors = defineErrors({
  WITH: { message: (p: { port: number }) => `${p.port}` },
  WITHOUT: { message: 'x', status: 404 },
  HINTED: { message: 'x', hint: (p: { name: string }) => p.name },
})
const error: CodedError = errors.WITH({ port: 1 }, { details: {} })
errors.WITHOUT()
errors.WITHOUT(undefined, { cause: error })
errors.HINTED({ name: 'x' })
// @ts-expect-error parameters are required
errors.WITH()
// @ts-expect-error of the right type
errors.WITH({ port: '1' })
// @ts-expect-error this one has no parameters
errors.WITHOUT({ port: 1 })
// @ts-expect-error no such code
errors.OTHER()
// @ts-expect-error a code is permanent
error.code = 'X'
