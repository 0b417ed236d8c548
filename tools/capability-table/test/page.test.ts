import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readReports, staleLines, withTables } from '../page.mjs'

const folder = mkdtempSync(join(tmpdir(), 'reloop-capability-table-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const report = (more: object = {}) => ({
  capabilities: { transactions: 'savepoints', related: true, perParent: true, near: false, unique: true, change: ['inc', 'mul'] },
  methods: ['upsert', 'migrate'],
  skipped: [
    { test: 'migrate: one', reason: 'makes no two' },
    { test: 'migrate: two', reason: 'makes no two' },
    { test: 'ids: three', reason: 'makes no two' },
  ],
  ...more,
})
const place = 'before\n<!-- capabilities: made by node tools/capability-table -->\nold\n<!-- end of capabilities -->\nafter\n'

describe('the table of capabilities', () => {
  writeFileSync(join(folder, 'box-file-.json'), JSON.stringify(report()))
  writeFileSync(join(folder, 'shelf.json'), JSON.stringify(report({ methods: [], skipped: [] })))
  const reports = readReports(folder)
  const page = withTables(place, reports)

  it('has a row for each report, and what fails by its reason', () => {
    expect(page).toContain('| `box-file` | savepoints | yes | yes | – | yes | 2 operators | yes | – | – | yes | – | – |')
    expect(page).toContain('| `shelf` | savepoints | yes | yes | – | yes | 2 operators | – | – | – | – | – | – |')
    expect(page).toContain('- `box-file` makes no two (migrate, ids)')
  })

  it('stands in its place, and nothing else changes', () => {
    expect(page.startsWith('before\n')).toBe(true)
    expect(page.endsWith('after\n')).toBe(true)
    expect(page).not.toContain('old')
    expect(withTables(page, reports)).toBe(page)
    expect(() => withTables('nothing', reports)).toThrow('has no place for the tables')
  })

  it('is stale when a report says otherwise, and not for a store without a report', () => {
    expect(staleLines(reports, page)).toEqual([])
    expect(staleLines(new Map(), page)).toEqual([])
    const changed = new Map([['shelf', report({ methods: ['stream'], skipped: [] })]])
    expect(staleLines(changed, page)).toEqual([expect.stringContaining('`shelf`')])
  })
})
