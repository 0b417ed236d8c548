import * as surface from '@reloop/express'

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual(['createExpressBridge', 'express'])
})
