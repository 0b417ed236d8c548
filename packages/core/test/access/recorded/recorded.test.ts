import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Profile } from '@reloop/compat'
import { closeAll, serve } from '../../notes'
import { build, decision, requests } from './scenario'

afterAll(closeAll)

async function decide(profile: Profile): Promise<string[]> {
  const { app, ask } = serve(profile)
  await build(app, profile)
  const decisions: string[] = []
  for (const { verb, path, headers, body } of requests) {
    const reply = await ask(verb, path, body === undefined ? undefined : JSON.parse(body), headers)
    // A client sees no body here; an injected request does.
    decisions.push(decision(verb === 'HEAD' ? { status: reply.status } : reply))
  }
  return decisions
}

const recorded = (profile: string) => JSON.parse(readFileSync(join(__dirname, `${profile}.json`), 'utf8')) as string[]

const named = (decisions: readonly string[]) =>
  decisions.map((decided, index) => {
    const { verb, path, headers } = requests[index]!
    return `${headers.authorization ?? 'nobody'}: ${verb} ${path} → ${decided}`
  })

describe.each(['2.x', '3.x'] as const)('the decisions of LoopBack %s', (profile) => {
  it('are ours, request by request', async () => {
    expect(named(await decide(profile))).toEqual(named(recorded(profile)))
  })
})
