import explorer = require('../src')

it('is the component itself, and has it under its name', () => {
  expect(typeof explorer).toBe('function')
  expect(explorer.explorer).toBe(explorer)
  expect(explorer.default).toBe(explorer)
  expect(Object.keys(explorer).sort()).toEqual(['default', 'explorer'])
})
