import * as schema from '../src'

it('exports these names and no others', () => {
  expect(Object.keys(schema).sort()).toEqual(['defineSchema', 'errors', 'readJsonFile'])
})
