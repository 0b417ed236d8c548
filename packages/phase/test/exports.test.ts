import * as phase from '../src'

it('exports these names and no others', () => {
  expect(Object.keys(phase).sort()).toEqual(['Phase', 'PhaseList', 'Pipeline', 'mergePhaseNameLists'])
})
