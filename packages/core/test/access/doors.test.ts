import { closeAll } from '../notes'
import { allow, deny, scene, type Scene } from './scene'

afterAll(closeAll)

type Answer = { error?: { data?: { code?: string; statusCode?: number } }; result?: unknown }

/** Owners' notes, closed logs, and authors who lead to both; served over every door. */
async function serve(): Promise<Scene & { rpc(user: unknown, method: string, params: unknown): Promise<Answer> }> {
  const found = await scene()
  const { add, as } = found
  await add({ name: 'Log', properties: { text: 'string' }, acls: [deny('$everyone'), allow('admin')] }, [{ text: 'secret' }])
  await add(
    {
      name: 'Note',
      properties: { text: 'string', userId: 'string', logId: 'number' },
      acls: [deny('$everyone'), allow('$owner')],
      relations: { log: { type: 'belongsTo', model: 'Log', foreignKey: 'logId' } },
    },
    [
      { text: 'a', userId: 'ann', logId: 1 },
      { text: 'b', userId: 'bob', logId: 1 },
    ],
  )
  const rpc = async (user: unknown, method: string, params: unknown) =>
    (await as(user, 'POST', '/api/jsonrpc', { jsonrpc: '2.0', id: 1, method, params })).body as Answer
  return { ...found, rpc }
}

describe('over JSON-RPC', () => {
  const status = (answer: Answer) => answer.error?.data?.statusCode ?? answer.error ?? 200

  it('48. a closed model and the ways to it stay closed', async () => {
    const { rpc } = await serve()
    expect([status(await rpc(undefined, 'Log.find', {})), status(await rpc('ann', 'Log.find', {}))]).toEqual([401, 401])
    expect(status(await rpc('ann', 'Note.find', { filter: { include: 'log' } }))).toBe(401)
    expect(status(await rpc('ann', 'Note.find', { filter: { where: { 'log.text': 'secret' } } }))).toBe(401)
    expect(status(await rpc('admin', 'Log.find', {}))).toBe(200)
  })

  it('51. owners’ rows are those of the arguments', async () => {
    const { rpc } = await serve()
    expect((await rpc('ann', 'Note.find', {})).result).toHaveLength(1)
    expect([status(await rpc('ann', 'Note.findById', { id: 1 })), status(await rpc('ann', 'Note.findById', { id: 2 }))]).toEqual([200, 401])
    expect(status(await rpc('ann', 'Note.create', { data: { text: 'x', userId: 'bob' } }))).toBe(401)
  })

  it('55. options of the client are not the server’s', async () => {
    const { rpc } = await serve()
    expect(status(await rpc(undefined, 'Note.find', { options: { skipAcl: true, accessToken: { userId: 'ann' } } }))).toBe(401)
  })
})

describe('over a batch', () => {
  it('every part meets its own decision', async () => {
    const { as } = await serve()
    const requests = [
      { method: 'GET', path: '/Notes/1' },
      { method: 'GET', path: '/Notes/2' },
      { method: 'GET', path: '/Logs' },
      { method: 'GET', path: '/Notes?filter={"include":"log"}' },
    ]
    const { body } = await as('ann', 'POST', '/api/$batch', { requests })
    expect((body as { responses: { status: number }[] }).responses.map(({ status }) => status)).toEqual([200, 401, 401, 401])
  })
})

describe('47. a property that a role may not read', () => {
  it('stays hidden where rows become instances, and in what server code returns', async () => {
    const { add, as } = await scene()
    const Page = await add(
      { name: 'Page', properties: { text: 'string', secret: 'string' }, acls: [allow('admin', { fields: ['secret'] })] },
      [{ text: 'a', secret: 's' }],
    )
    Object.assign(Page.prototype, {
      toJSON(this: { toObject(): object }) {
        return { ...this.toObject(), shown: true }
      },
    })
    Object.assign(Page, { first: async (options: object) => (Page.findOne as Function)({}, options) })
    Page.remoteMethod('first', {
      accepts: { arg: 'options', type: 'object', http: 'optionsFromRequest' as never },
      returns: { arg: 'page', type: 'object', root: true },
      http: { verb: 'get' },
    })
    for (const path of ['', '/1', '/first']) {
      const text = JSON.stringify((await as(1, 'GET', `/api/Pages${path}`)).body)
      expect([path, text.includes('"shown":true'), text.includes('"secret"')]).toEqual([path, true, false])
    }
    expect((await as('admin', 'GET', '/api/Pages/1')).body).toMatchObject({ secret: 's' })
  })
})
