import { bold, dim, green, red, yellow } from './step.mjs'

/** Adds a list of results to the counts of suites. */
export function addResults(counts, suite, results) {
  if (results.length === 0) return
  const before = counts.get(suite) ?? { passed: 0, failed: 0, skipped: 0 }
  const passed = results.filter((result) => result.passed).length
  counts.set(suite, { ...before, passed: before.passed + passed, failed: before.failed + results.length - passed })
}

/** The table of all suites; its last line is `N passed, N failed`. */
export function summary(counts) {
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
  const width = Math.max(...rows.map(([suite]) => suite.length))
  const lines = rows.map(([suite, { passed, failed, skipped }]) => {
    const more = [failed && red(`${failed} failed`), skipped && yellow(`${skipped} skipped`)].filter(Boolean).join(', ')
    return `${failed ? red('✗') : green('✓')} ${suite.padEnd(width)} ${String(passed).padStart(6)} ${dim('passed')} ${more}`.trimEnd()
  })
  const total = { passed: sum(rows, 'passed'), failed: sum(rows, 'failed') }
  return { text: ['', bold('Summary'), ...lines, `${total.passed} passed, ${total.failed} failed`].join('\n'), failed: total.failed }
}

const sum = (rows, key) => rows.reduce((total, [, count]) => total + count[key], 0)
