import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connector } from '../connector'

/** How one test ended; `declared`: the connector says that it cannot do what the test is about. */
export interface Outcome {
  readonly test: string
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'declared'
  readonly reason?: string
}

/** Writes `<name>.json` into the folder that RELOOP_CONFORMANCE_REPORT names; documentation is made from it. */
export function writeReport(
  name: string,
  { connector, outcomes }: { readonly connector: Connector; readonly outcomes: readonly Outcome[] },
): void {
  const folder = process.env.RELOOP_CONFORMANCE_REPORT
  if (!folder) return
  const of = (outcome: Outcome['outcome']) => outcomes.filter((one) => one.outcome === outcome)
  const named = (outcome: Outcome['outcome']) => of(outcome).map(({ test }) => test)
  const reasoned = (outcome: Outcome['outcome']) => of(outcome).map(({ test, reason }) => ({ test, reason }))
  // JSON knows no Infinity, and that is what `maxValues` is by default.
  const capabilities = Object.fromEntries(
    Object.entries(connector.capabilities).map(([key, value]) => [key, value === Infinity ? null : value]),
  )
  const report = {
    connector: connector.name,
    capabilities,
    methods: ['upsert', 'aggregate', 'stream', 'prepare', 'begin', 'execute', 'migrate', 'discover'].filter(
      (method) => method in connector,
    ),
    passed: named('passed'),
    failed: named('failed'),
    skipped: reasoned('skipped'),
    declared: reasoned('declared'),
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name.replace(/[^\w.-]+/g, '-')}.json`), `${JSON.stringify(report, null, 2)}\n`)
}
