import * as surface from '../src'

it('exports these names and no others', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'Operand',
    'createSqlConnector',
    'join',
    'jsonReader',
    'literal',
    'place',
    'sql',
    'valuesOf',
  ])
})
