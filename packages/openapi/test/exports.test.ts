import * as openapi from '../src'

it('exports these names and no others', () => {
  expect(Object.keys(openapi).sort()).toEqual(['toOpenApi', 'toSwagger'])
})
