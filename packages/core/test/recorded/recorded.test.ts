import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Profile } from '@reloop/compat'
import { createApplication, createRegistry, type Application } from '../../src'
import { isKnown } from './differences'
import type { Answer, Asked } from './scenario'

const scenario = require('./scenario.js') as { build(app: unknown): void; requests: readonly Asked[] }
const { exchange, follow } = require('../../../../tools/parity/exchange.js') as {
  exchange(port: number, request: Asked): Promise<Answer>
  follow(requests: readonly Asked[], send: (request: Asked) => Promise<Answer>): Promise<Answer[]>
}

describe.each(['3.x', '2.x'] as const)('profile %s', (profile) => {
  const recorded = JSON.parse(readFileSync(join(__dirname, `${profile}.json`), 'utf8')) as Answer[]
  let server: Server
  let answers: Answer[]

  beforeAll(async () => {
    server = createServer(application(profile))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    answers = await follow(scenario.requests, (request) => exchange((server.address() as AddressInfo).port, request))
  })
  afterAll(() => void server.close())

  it.each(scenario.requests.map((asked, index) => [`${index} ${asked.verb} ${decodeURIComponent(asked.path)} ${asked.body ?? ''}`, index] as const))('answers %s as LoopBack does', (_title, index) => {
    const ours = comparable(answers[index]!)
    const theirs = comparable(recorded[index]!)
    if (JSON.stringify(ours) === JSON.stringify(theirs) || isKnown(profile, scenario.requests[index]!, { ours, theirs })) return
    expect(ours).toEqual(theirs)
  })
})

function application(profile: Profile): Application {
  const app = createApplication({ registry: createRegistry({ compat: profile }) })
  app.set('remoting', { errorHandler: { log: false, disableStackTrace: true } })
  app.dataSource('db', { connector: 'memory' })
  scenario.build(app)
  return app
}

/** What belongs to the wire contract; properties in no order, and no text of the JSON parser. */
function comparable({ status, body }: Answer): Pick<Answer, 'status' | 'body'> {
  const error = (body as { error?: Record<string, unknown> } | undefined)?.error
  if (typeof error?.message === 'string') error.message = error.message.replace(/(Error: ).*JSON.*$/, '$1…')
  return { status, body: sorted(body) }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]))
}
