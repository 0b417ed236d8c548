import * as core from '../src'

it('exports these names and no others', () => {
  expect(Object.keys(core).sort()).toEqual(['Registry', 'createApplication', 'createRegistry', 'errors', 'flags'])
})
