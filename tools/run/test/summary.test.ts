import { addResults, summary } from '../summary.mjs'

describe('summary of npm test', () => {
  const counts = new Map([['packages/errors', { passed: 55, failed: 0, skipped: 2 }]])
  addResults(counts, 'checks', [
    { name: 'lint', passed: true },
    { name: 'types', passed: false },
  ])
  addResults(counts, 'nothing', [])

  it('ends with the sum over every suite, checks included', () => {
    expect(summary(counts).text.split('\n').at(-1)).toBe('56 passed, 1 failed')
    expect(summary(counts).failed).toBe(1)
  })

  it('has a line per suite that had something to say', () => {
    const { text } = summary(counts)
    expect(text).toMatch(/packages\/errors +55 passed 2 skipped/)
    expect(text).toMatch(/checks +1 passed 1 failed/)
    expect(text).not.toContain('nothing')
  })
})
