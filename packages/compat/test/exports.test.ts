import * as compat from '../src'

it('exports these names and no others', () => {
  expect(Object.keys(compat).sort()).toEqual(['announceAlias', 'defineFlags', 'describeFlags', 'isProfile', 'profiles', 'resolveProfile'])
})
