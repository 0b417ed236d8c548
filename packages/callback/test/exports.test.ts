import * as door from '../src'

it('exports these names and no others', () => {
  expect(Object.keys(door).sort()).toEqual(['acceptCallback', 'fromCallback', 'fromMiddleware', 'isResults', 'results'])
})
