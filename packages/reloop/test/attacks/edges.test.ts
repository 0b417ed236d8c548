import { createHmac } from 'node:crypto'
import { call } from './calls'
import { clean } from './server'
import { allow, deny } from './models'
import { doors, parse, password, unharmed, world, type Call, type Door, type Who, type World } from './world'

const secret = 'a secret that has more than thirty-two bytes'
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const read = (text: string) => parse(Buffer.from(text, 'base64url').toString()) as object

/** A web token with parts of it replaced, signed with a key or with nothing. */
function forged(token: string, given: { header?: object; payload?: object; key?: string }): string {
  const [header, payload] = token.split('.')
  const text = `${part({ ...read(header!), ...given.header })}.${part({ ...read(payload!), ...given.payload })}`
  return `${text}.${given.key === undefined ? '' : createHmac('sha256', given.key).update(text).digest('base64url')}`
}

describe.each(doors)('groups E, F and H at their edges, through %s', (door: Door) => {
  let at: World
  beforeAll(async () => {
    at = await world(
      { connector: 'memory' },
      {
        remoting: { errorHandler: { log: false }, cors: { origin: ['https://good.com'], credentials: true } },
        limits: { time: { resolver: 30 }, stream: { recheck: 40, perClient: 200 } },
      },
    )
  })
  afterAll(() => at.close())
  afterEach(() => unharmed(at, door))
  const as = (who: Who, one: Call) => at.through(door, who, one)

  it(`57 (${door}): a role that fails, hangs or answers nonsense is nobody's`, async () => {
    const Role = at.app.registry.getModel('Role') as any
    Role.registerResolver('throws', () => {
      throw new Error('no')
    })
    Role.registerResolver('rejects', () => Promise.reject(new Error('no')))
    Role.registerResolver('hangs', () => new Promise(() => undefined))
    Role.registerResolver('texts', () => Promise.resolve('yes'))
    for (const role of ['throws', 'rejects', 'hangs', 'texts']) {
      const name = `Kept${role}${doors.indexOf(door)}`
      at.app.model(at.app.registry.createModel({ name, properties: {}, acls: [deny('$everyone'), allow(role)] }), {
        dataSource: 'db',
      })
      expect([role, (await as('ann', call.find(name))).status]).toEqual([role, 401])
    }
  })

  it(`57 (${door}): a token that is not valid is nobody, and opens no socket`, async () => {
    for (const token of ['nonsense', '{"userId":3}', 'x'.repeat(2_000)])
      expect((await as(token, call.find('Note', { where: { ownerId: 1, published: false } }))).body ?? []).not.toMatchObject([{ id: 1 }])
    if (door === 'WebSocket') await expect(at.socket('nonsense')).rejects.toThrow('401')
  })

  it(`60 (${door}): an edited cursor is refused`, async () => {
    const { headers } = await at.http('GET', `/Notes?filter=${encodeURIComponent('{"order":"id","limit":1,"after":""}')}`, undefined, {
      authorization: at.tokens.admin,
    })
    const url = new URL(/<([^>]+)>; rel="next"/.exec(headers.get('link')!)![1]!, at.base)
    const { after } = JSON.parse(url.searchParams.get('filter')!) as { after: string }
    const page = (cursor: unknown, more: object = {}) => call.find('Note', { order: 'id', limit: 1, after: cursor, ...more })
    expect((await as('admin', page(after))).body).toMatchObject([{ id: 2 }])
    const swap = (text: string, place: number) => text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1)
    for (const cursor of [
      swap(after, 2),
      swap(after, after.length - 3),
      `${after}A`,
      after.slice(0, -4),
      part({ values: [0] }),
      { gt: 0 },
      5,
    ]) {
      const reply = await as('admin', page(cursor))
      expect([cursor, reply.status]).toEqual([cursor, 400])
      clean(reply)
    }
    expect((await as('admin', page(after, { order: 'stars' }))).status).toBe(400)
    expect((await as('admin', page(after, { where: { stars: 1 } }))).status).toBe(400)
    for (const row of ((await as('ann', page(after))).body ?? []) as { id: number }[]) expect(row.id).not.toBe(2)
  })

  it(`71 (${door}): a web token that is wrong in anything is nobody's`, async () => {
    at.models.Session.settings.jwt = { secret }
    try {
      const { id: token } = (await at.models.Person.login({ email: 'ann@example.com', password })) as { id: string }
      expect((await as(token, call.findById('Note', 1))).body).toMatchObject({ title: 'of ann' })
      const now = Math.floor(Date.now() / 1_000)
      for (const wrong of [
        forged(token, { header: { alg: 'none' } }),
        forged(token, { header: { alg: 'RS256' }, key: secret }),
        forged(token, { key: 'another secret' }),
        forged(token, { payload: { iss: 'evil' }, key: secret }),
        forged(token, { payload: { aud: 'evil' }, key: secret }),
        forged(token, { payload: { exp: now - 60 }, key: secret }),
        forged(token, { payload: { nbf: now + 600 }, key: secret }),
        forged(token, { header: { kid: '../../../dev/null' }, key: '' }),
        forged(token, { header: { kid: "x' union select 'key" }, key: 'key' }),
        `${token.split('.')[0]!}.${part({ ...read(token.split('.')[1]!), sub: '3' })}.${token.split('.')[2]!}`,
        `${token}${'x'.repeat(10_000)}`,
      ]) {
        const { status, text } = await as(wrong, call.findById('Note', 1))
        // A text that is too long to be a token is not looked at: its sender is nobody, for whom the row is not there.
        expect([wrong.slice(0, 90), status]).toEqual([wrong.slice(0, 90), wrong.length > 5_000 ? 404 : 401])
        expect(text).not.toContain('of ann')
      }
    } finally {
      delete at.models.Session.settings.jwt
    }
  })

  it(`82 (${door}): replication writes no foreign rows, and keeps no forged revision or checkpoint`, async () => {
    const { Doc } = at.models
    const before = JSON.stringify(await Doc.findById('b'))
    const revOf = async (id: string) => (await Doc.findLastChange(id)).rev as string
    const change = (modelId: string, more: object = {}) => ({
      modelName: 'Doc',
      modelId,
      rev: 'forged',
      prev: null,
      checkpoint: 99,
      ...more,
    })
    const bulk = (updates: unknown) => call.post('Doc', 'bulk-update', ['bulkUpdate', { updates }])
    for (const type of ['update', 'delete', 'create'])
      expect(
        (await as('ann', bulk([{ type, change: change('b', { prev: await revOf('b') }), data: { id: 'b', title: 'x', userId: 1 } }])))
          .status,
      ).toBeGreaterThanOrEqual(400)
    expect(
      (await as('ann', bulk([{ type: 'update', change: change('a', { prev: await revOf('a') }), data: { userId: 2 } }]))).status,
    ).toBeGreaterThanOrEqual(400)
    expect([JSON.stringify(await Doc.findById('b')), (await Doc.findById('a')).userId]).toEqual([before, 1])
    const id = `new-${doors.indexOf(door)}`
    expect((await as('ann', bulk([{ type: 'create', change: change(id), data: { id, title: 'mine', userId: 1 } }]))).status).toBeLessThan(
      300,
    )
    const kept = await Doc.findLastChange(id)
    expect([/^[0-9a-f]{64}$/.test(kept.rev), kept.checkpoint < 99]).toEqual([true, true])
    for (const name of ['rev', 'checkpoint', 'modelId'])
      expect(
        (
          await as('ann', {
            verb: 'PUT',
            path: '/Docs/a/changes/last',
            body: { [name]: 0 },
            method: 'Doc.updateLastChange',
            params: { id: 'a', data: { [name]: 0 } },
          })
        ).status,
      ).toBeGreaterThanOrEqual(400)
    for (const updates of ['all', [{}], [null], [{ type: 'update', change: { modelId: { neq: null } } }]])
      expect((await as('ann', bulk(updates))).status).toBe(400)
    const { text } = await as(
      'ann',
      call.post('Doc', 'create-updates', ['createUpdates', { deltas: [change('a'), change('b')] }], [change('a'), change('b')]),
    )
    expect(text).not.toMatch(/alpha|beta|"grade"|"B"/)
    expect((await as('ann', call.own('Doc', 'changes', { since: -1 }))).text).not.toContain('"modelId":"b"')
    await Doc.destroyById(id)
  })
})
