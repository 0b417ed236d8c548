import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { createApplication, createRegistry, type Application } from '../../src'
import { comparable } from './comparable'
import { differenceOf, differences, type Difference } from './differences'
import type { Answer, World } from './scenario'

const { worlds } = require('./world/index.js') as { worlds: readonly World[] }
const { play } = require('./play.js') as { play(chapters: World['chapters'], port: number): Promise<Record<string, Answer[]>> }

describe.each(['3.x', '2.x'] as const)('profile %s', (profile) => {
  const recorded = JSON.parse(readFileSync(join(__dirname, 'recorded', `${profile}.json`), 'utf8')) as Record<string, Answer[]>
  const answers: Record<string, Answer[]> = {}
  const found = new Set<Difference>()

  beforeAll(async () => {
    for (const { build, chapters } of worlds) {
      const app = application(profile)
      await build(app, profile)
      const server: Server = createServer(app)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      Object.assign(answers, await play(chapters, (server.address() as AddressInfo).port))
      server.close()
      await app.stop()
    }
  }, 120_000)

  describe.each(worlds.flatMap(({ chapters }) => chapters))('$title', ({ title, requests }) => {
    const asked = requests.map((request, index) => {
      const text = `${request.verb} ${decodeURIComponent(request.path)} ${request.body ?? ''}${request.as ? ` as ${request.as}` : ''}`
      return { text, index }
    })
    it.each(asked)('answers $index $text as LoopBack does, or otherwise on purpose', ({ text, index }) => {
      const pair = { ours: comparable(answers[title]![index]!), theirs: comparable(recorded[title]![index]!) }
      if (isDeepStrictEqual(pair.ours, pair.theirs)) return
      const difference = differenceOf({ profile, text, pair })
      if (difference) found.add(difference)
      else expect(pair.ours).toEqual(pair.theirs)
    })
  })

  it('answers otherwise in everything that is listed', () => {
    const listed = differences.filter(({ only }) => (only ?? profile) === profile)
    expect(listed.filter((difference) => !found.has(difference)).map(({ why }) => why)).toEqual([])
  })
})

function application(profile: '2.x' | '3.x'): Application {
  const app = createApplication({ registry: createRegistry({ compat: profile }) })
  app.set('logoutSessionsOnSensitiveChanges', true)
  app.set('remoting', { errorHandler: { log: false, disableStackTrace: true } })
  return app
}
