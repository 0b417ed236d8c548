interface Reply {
  status: number
  body: any
}

let app: { listen(port: number, host: string): import('node:http').Server; stop(): Promise<void> }
let base: string
const tokens: Record<string, string> = {}
const ids: Record<string, number> = {}

beforeAll(async () => {
  app = await require('../server/server')({ listen: false })
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}/api`
  for (const username of ['ann', 'ben', 'eve']) {
    const { body } = await ask('', 'POST', '/Members/login', { username, password: 'correct horse battery' })
    tokens[username] = body.id
    ids[username] = body.userId
  }
}, 60_000)

afterAll(() => app?.stop())

async function ask(as: string, method: string, path: string, body?: object): Promise<Reply> {
  const reply = await fetch(base + path, {
    method,
    headers: { ...(as && { authorization: tokens[as] }), ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  })
  const text = await reply.text()
  return { status: reply.status, body: text && JSON.parse(text) }
}

const titles = async (as: string) => (await ask(as, 'GET', '/Invoices')).body.map((invoice: any) => invoice.title)

describe('access control', () => {
  it('shows nothing without a token', async () => {
    expect((await ask('', 'GET', '/Invoices')).status).toBe(401)
  })

  it('shows members their own invoices, and accountants those of the company', async () => {
    expect(await titles('ann')).toEqual(['Paint'])
    expect(await titles('ben')).toEqual(['Paint', 'Wood'])
    expect(await titles('eve')).toEqual(['Glass'])
    expect((await ask('ann', 'GET', '/Invoices/count')).body).toEqual({ count: 1 })
  })

  it('answers 404 for the row of another member, and of another company', async () => {
    expect((await ask('ann', 'GET', '/Invoices/2')).status).toBe(404)
    expect((await ask('ben', 'GET', '/Invoices/3')).status).toBe(404)
  })

  it('shows the margin to accountants only, and lets nobody else ask for it', async () => {
    expect((await ask('ann', 'GET', '/Invoices/1')).body).not.toHaveProperty('margin')
    expect((await ask('ben', 'GET', '/Invoices/1')).body).toHaveProperty('margin', 30)
    const sly = await ask('ann', 'GET', `/Invoices?filter=${encodeURIComponent('{"where":{"margin":{"gt":1}}}')}`)
    expect([400, 401, 403]).toContain(sly.status)
  })

  it('lets a member change his own row, not its margin, nor give it away', async () => {
    expect((await ask('ann', 'PATCH', '/Invoices/1', { amount: 130 })).body).toMatchObject({ amount: 130 })
    expect((await ask('ann', 'PATCH', '/Invoices/1', { margin: 1 })).status).toBeGreaterThanOrEqual(400)
    expect((await ask('ann', 'PATCH', '/Invoices/1', { memberId: ids.ben })).status).toBeGreaterThanOrEqual(400)
    expect((await ask('ben', 'GET', '/Invoices/1')).body).toMatchObject({ amount: 130, margin: 30, memberId: ids.ann })
  })

  it('gives new rows the company of the request, and no other', async () => {
    const { body } = await ask('ben', 'POST', '/Invoices', { title: 'Nails', amount: 5, memberId: ids.ann })
    expect(body).toMatchObject({ title: 'Nails', company: 'north' })
    expect((await ask('ben', 'POST', '/Invoices', { title: 'Nails', amount: 5, company: 'south' })).status).toBeGreaterThanOrEqual(400)
    expect(await titles('eve')).toEqual(['Glass'])
  })
})
