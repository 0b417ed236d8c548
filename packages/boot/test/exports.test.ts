import * as all from '../src'

it('exports these names and no others', () => {
  expect(Object.keys(all).sort()).toEqual(['boot', 'compile', 'errors', 'flags'])
  expect(Object.keys(all.boot).sort()).toEqual(['compile', 'execute'])
})
