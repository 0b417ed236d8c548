import { describeConnector, type ConformanceOptions, type ConformanceRunner } from '../../src/conformance'

/** Runs the kit without a test runner and gives what failed: title → error. */
export async function runKit(
  options: Omit<ConformanceOptions, 'runner'>,
  wanted: (title: string) => boolean = () => true,
): Promise<ReadonlyMap<string, Error>> {
  const tests: { readonly title: string; readonly body: () => Promise<void> }[] = []
  const endings: (() => Promise<void>)[] = []
  const place: string[] = []
  const runner: ConformanceRunner = {
    describe(title, body) {
      place.push(title)
      body()
      place.pop()
    },
    it: (title, body) => tests.push({ title: [...place.slice(1), title].join(': '), body }),
    afterAll: (body) => endings.push(body),
  }
  describeConnector({ ...options, runner })
  const failed = new Map<string, Error>()
  for (const { title, body } of tests.filter((test) => wanted(test.title))) {
    try {
      await body()
    } catch (error) {
      failed.set(title, error as Error)
    }
  }
  for (const end of endings) await end()
  return failed
}
