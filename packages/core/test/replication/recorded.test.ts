import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Profile } from '@reloop/compat'
import { createApplication, createRegistry, type Application } from '../../src'
import { expectedOf } from './recorded/differences'

interface Step {
  readonly title: string
  readonly answer: unknown
}

const scenario = require('./recorded/scenario.js') as { run(app: unknown): Promise<Step[]> }

describe.each(['3.x', '2.x'] as const)('profile %s', (profile) => {
  const recorded = JSON.parse(readFileSync(join(__dirname, `recorded/${profile}.json`), 'utf8')) as Step[]
  let answers: ReadonlyMap<string, unknown>

  beforeAll(async () => {
    const app = application(profile)
    answers = new Map((await scenario.run(app)).map(({ title, answer }) => [title, withoutOurCode(answer)]))
    await app.stop()
  })

  it.each(recorded.map((step) => [step.title, step] as const))('answers as LoopBack does: %s', (title, { answer }) => {
    expect(answers.get(title)).toEqual(expectedOf(profile, title, answer))
  })
})

function application(profile: Profile): Application {
  const app = createApplication({ registry: createRegistry({ compat: profile }) })
  app.set('remoting', { errorHandler: { log: false, disableStackTrace: true } })
  for (const name of ['source', 'target', 'filtered']) app.dataSource(name, { connector: 'memory' })
  return app
}

/** Errors have a code of their own in JavaScript. */
function withoutOurCode(answer: unknown): unknown {
  const { error } = (answer ?? {}) as { error?: { code?: unknown } }
  if (typeof error?.code === 'string' && error.code.startsWith('REPLICATION_')) delete error.code
  return answer
}
