import type { Connector } from '../connector'
import { writeReport, type Outcome } from './report'
import type { KitTest, Group } from './group'
import { kitOver, type Kit } from './kit'

/** A connector to test: itself, or with the way to close what stands behind it. */
export type Created = Connector | { readonly connector: Connector; close(): Promise<void> | void }

/** A test of the kit that a connector does not pass yet, and why. */
export interface Skip {
  /** Group and title, as the kit prints them: `where: gt does not match null`. */
  readonly test: string
  readonly reason: string
}

/** What the kit needs to know of a connector. */
export interface ConformanceOptions {
  /** Name of the suite and of its report. */
  readonly name: string
  /** Gives a connected connector over an empty store; called once, before the first test. Without `close` it is disconnected at the end. */
  readonly create: () => Promise<Created> | Created
  /** Tests that fail for now. A name that no test has fails, and so does a test that would pass. @default [] */
  readonly skip?: readonly Skip[]
  /** Runs after each test, for checks of the connector's own (no connection is left, …). */
  readonly afterEach?: (connector: Connector) => Promise<void> | void
  /** Where tests are registered. @default describe, it and afterAll (or after) of the global scope */
  readonly runner?: ConformanceRunner
}

/** The functions of a test runner that the kit calls. */
export interface ConformanceRunner {
  describe(title: string, body: () => void): unknown
  it(title: string, body: () => Promise<void>): unknown
  afterAll?(body: () => Promise<void>): unknown
}

/** Registers the tests of all groups for one connector. */
export function register(groups: readonly Group[], options: ConformanceOptions): void {
  const { name, skip = [], runner = globalRunner() } = options
  const suite = new Suite(options)
  runner.describe(name, () => {
    runner.it('skips only tests that exist, each with a reason', async () => checkSkips(groups, skip))
    for (const { name: area, tests } of groups) {
      runner.describe(area, () => {
        for (const test of tests) {
          const skipped = skip.find((one) => one.test === test.name)
          runner.it(skipped ? `${test.title} (skipped: ${skipped.reason})` : test.title, () => suite.run(test, skipped))
        }
      })
    }
    runner.afterAll?.(() => suite.close())
  })
}

function checkSkips(groups: readonly Group[], skip: readonly Skip[]): void {
  const known = new Set(groups.flatMap(({ tests }) => tests.map((test) => test.name)))
  for (const { test, reason } of skip) {
    if (!known.has(test)) throw new Error(`No test of the kit is called "${test}". Take it out of skip, or correct the name.`)
    if (!reason) throw new Error(`The skipped test "${test}" has no reason.`)
  }
}

/** The connector is made before the first test and serves all of them. */
class Suite {
  readonly #options: ConformanceOptions
  readonly #outcomes: Outcome[] = []
  #created: Promise<{ readonly kit: Kit; readonly close: () => unknown }> | undefined

  constructor(options: ConformanceOptions) {
    this.#options = options
  }

  async run(test: KitTest, skipped: Skip | undefined): Promise<void> {
    const { kit } = await this.#open()
    const missing = test.needs.map((need) => need(kit.connector)).find((reason) => reason !== undefined)
    if (missing !== undefined) return this.#declared(test, missing, skipped)
    if (skipped) return this.#expectFailure(test, { kit, skipped })
    await this.#recorded(test, async () => {
      await test.run(kit)
      await this.#options.afterEach?.(kit.connector)
    })
  }

  async close(): Promise<void> {
    // When there never was a connector, each test has told so.
    const opened = await this.#created?.catch(() => undefined)
    if (!opened) return
    const { kit, close } = opened
    await close()
    writeReport(this.#options.name, { connector: kit.connector, outcomes: this.#outcomes })
  }

  #open() {
    this.#created ??= Promise.resolve(this.#options.create()).then((created) => {
      const connector = 'connector' in created ? created.connector : created
      const close = 'connector' in created ? () => created.close() : () => connector.disconnect()
      return { kit: kitOver(connector), close }
    })
    return this.#created
  }

  #declared(test: KitTest, reason: string, skipped: Skip | undefined): void {
    this.#outcomes.push({ test: test.name, outcome: 'declared', reason })
    if (skipped) throw new Error(`"${test.name}" does not concern this connector, which ${reason}. Take it out of skip.`)
  }

  async #expectFailure(test: KitTest, { kit, skipped }: { readonly kit: Kit; readonly skipped: Skip }): Promise<void> {
    this.#outcomes.push({ test: test.name, outcome: 'skipped', reason: skipped.reason })
    try {
      await test.run(kit)
    } catch {
      return
    }
    throw new Error(`"${test.name}" passes. Take it out of skip.`)
  }

  async #recorded(test: KitTest, run: () => Promise<void>): Promise<void> {
    try {
      await run()
      this.#outcomes.push({ test: test.name, outcome: 'passed' })
    } catch (error) {
      this.#outcomes.push({ test: test.name, outcome: 'failed' })
      throw error
    }
  }
}

function globalRunner(): ConformanceRunner {
  const { describe, it, afterAll, after } = globalThis as unknown as Partial<ConformanceRunner> & {
    readonly after?: ConformanceRunner['afterAll']
  }
  if (!describe || !it) throw new Error('The conformance kit needs describe and it in the global scope, or a runner among its options.')
  return { describe, it, afterAll: afterAll ?? after }
}
