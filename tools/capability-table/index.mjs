// Usage: node tools/capability-table [FOLDER] [--check]
// Writes the tables of docs/reference/connectors.md from the reports of the conformance kit in FOLDER, or says what is stale. Without a folder
// it runs the kit over every connector first.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../run/command.mjs'
import { file, readReports, staleLines, withTables } from './page.mjs'

const [folder] = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const reports = readReports(folder ?? runKit())

if (!process.argv.includes('--check')) writeFileSync(file, withTables(readFileSync(file, 'utf8'), reports))
else {
  const stale = staleLines(reports)
  for (const line of stale) console.error(`docs/reference/connectors.md is stale: run node tools/capability-table. It lacks\n  ${line}`)
  if (stale.length) process.exitCode = 1
}

function runKit() {
  const into = mkdtempSync(join(tmpdir(), 'reloop-conformance-'))
  process.once('exit', () => rmSync(into, { recursive: true, force: true }))
  const env = { ...process.env, RELOOP_CONFORMANCE_REPORT: into }
  const jest = join(root, 'node_modules/jest/bin/jest.js')
  const { status } = spawnSync(process.execPath, [jest, '-w', '2', 'conformance', 'legacy-connector/sqlite3'], {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
  return into
}
