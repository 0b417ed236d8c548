import * as errors from '../src'

it('exports these names and no others', () => {
  expect(Object.keys(errors).sort()).toEqual(['CodedError', 'defineErrors', 'nearest', 'statusOf', 'toWire'])
})
