import { aggregate } from './aggregate'
import { atomic } from './atomic'
import { crud } from './crud'
import { discover } from './discover'
import { register, type ConformanceOptions } from './harness'
import { ids } from './ids'
import { injection } from './injection'
import { keyValue } from './key-value'
import { lifecycle } from './lifecycle'
import { migrate } from './migrate'
import { near } from './near'
import { order, page } from './order-page'
import { partialUnique } from './partial-unique'
import { prepare } from './prepare'
import { relatedRows } from './related'
import { transactions } from './transactions'
import { typesGroup } from './types'
import { unique } from './unique'
import { where, whereLists, whereNested, whereNot } from './where'

export type { ConformanceOptions, ConformanceRunner, Created, Skip } from './harness'

const groups = Object.freeze([
  lifecycle,
  crud,
  where,
  whereLists,
  whereNested,
  whereNot,
  relatedRows,
  near,
  order,
  page,
  ids,
  typesGroup,
  atomic,
  unique,
  partialUnique,
  aggregate,
  prepare,
  transactions,
  injection,
  migrate,
  discover,
  keyValue,
])

/** Names of all tests, group and title: what `skip` may name. */
export const conformanceTests: readonly string[] = Object.freeze(groups.flatMap(({ tests }) => tests.map((test) => test.name)))

/**
 * Tests a connector against everything that Reloop expects of a store.
 *
 * The connector's own capabilities and methods decide which tests concern it. Tests are registered with `describe` and `it` of the global
 * scope (jest, vitest; elsewhere give a `runner`). When the variable RELOOP_CONFORMANCE_REPORT names a folder, what passed, what was
 * skipped and what does not concern the connector is written there.
 *
 * @param options name, factory, and the tests that fail for now
 * @throws Error when there is neither a `describe` in the global scope nor a `runner`
 * @example
 * describeConnector({ name: 'memory', create: async () => connected(new MemoryConnector()) })
 */
export function describeConnector(options: ConformanceOptions): void {
  register(groups, options)
}
