import { attemptsInProcess, type Attempt } from '../../src/identity/attempts'
import { attemptsInStore } from '../../src/identity/attempts-in-store'
import { openSite, type Site } from './site'

const ann = { email: 'ann@example.com', username: 'ann', password: 'correct horse' }

let site: Site | undefined

afterEach(async () => {
  await site?.close()
  site = undefined
})

describe('attempts', () => {
  it('let no more than the limit through before one passes', async () => {
    const store = attemptsInProcess()
    let through = 0
    const answers = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const answer = await store.begin('ann', { limit: 10, window: 60_000 })
        if (typeof answer === 'number') return answer
        through++
        await new Promise((resolve) => setImmediate(resolve))
        await answer.end('failed')
        return 0
      }),
    )
    expect(through).toBe(10)
    expect(answers.filter((answer) => answer > 0)).toHaveLength(990)
  })

  it('let any number through that pass', async () => {
    const store = attemptsInProcess()
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const answer = await store.begin('ann', { limit: 3, window: 60_000 })
        if (typeof answer !== 'number') await answer.end('passed')
        return typeof answer
      }),
    )
    expect(new Set(answers)).toEqual(new Set(['object']))
  })

  it('begin anew when the time is over', async () => {
    let now = 0
    const store = attemptsInProcess(() => now)
    const fail = async () => {
      const answer = await store.begin('ann', { limit: 1, window: 1000 })
      if (typeof answer !== 'number') await answer.end('failed')
      return answer
    }
    await fail()
    expect(await fail()).toBe(1000)
    now = 400
    expect(await fail()).toBe(600)
    now = 1001
    expect(typeof (await fail())).toBe('object')
  })

  it.each(['memory', 'sqlite'])('are counted exactly in a store on %s, by several processes', async (connector) => {
    site = await openSite({ dataSource: connector === 'memory' ? { connector } : { connector, file: ':memory:' } })
    const store = attemptsInStore(site.app.dataSources.db!)
    await site.app.dataSources.db!.autoupdate(['LoginAttempt'])
    const bound = { limit: 10, window: 60_000 }
    const begun = await Promise.all(Array.from({ length: 100 }, () => store.begin('ann', bound)))
    const through = begun.filter((answer): answer is Attempt => typeof answer !== 'number')
    expect(through).toHaveLength(10)
    await through[0]!.end('void')
    expect(typeof (await store.begin('ann', bound))).toBe('object')
    expect(typeof (await store.begin('ann', bound))).toBe('number')
    await through[1]!.end('passed')
    expect(typeof (await store.begin('ann', bound))).toBe('object')
  })
})

describe('logins that fail too often', () => {
  it('are refused with 429 and the time to wait, also with the right password, whether the account exists or not', async () => {
    site = await openSite()
    await site.User.create(ann)
    const { post } = site
    const tries = async (email: string) => {
      const answers = await Promise.all(Array.from({ length: 30 }, () => post('/Customers/login', { email, password: 'wrong password' })))
      return answers.map(({ status }) => status).sort()
    }
    const tenThen = [...Array<number>(10).fill(401), ...Array<number>(20).fill(429)]
    expect(await tries(ann.email)).toEqual(tenThen)
    expect(await tries('nobody@example.com')).toEqual(tenThen)
    const known = await post('/Customers/login', ann)
    const unknown = await post('/Customers/login', { email: 'nobody@example.com', password: ann.password })
    expect([known.status, known.body.error.code]).toEqual([429, 'LOGIN_TOO_MANY_ATTEMPTS'])
    expect(known.body).toEqual(unknown.body)
    expect(Number(known.headers.get('retry-after'))).toBeGreaterThan(800)
    expect((await post('/Customers/login', { username: 'ann', password: ann.password })).status).toBe(429)
  })

  it('are counted per address as well', async () => {
    site = await openSite({ app: { limits: { login: { account: 2, address: 5 } } } })
    const { post } = site
    const statuses = []
    for (let n = 0; n < 7; n++) statuses.push((await post('/Customers/login', { email: `user${n}@example.com`, password: 'x' })).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
  })

  it('are forgotten by a login that succeeds', async () => {
    site = await openSite({ app: { limits: { login: { account: 3 } } } })
    await site.User.create(ann)
    const { post } = site
    const wrong = () => post('/Customers/login', { email: ann.email, password: 'wrong password' })
    await wrong()
    await wrong()
    expect((await post('/Customers/login', ann)).status).toBe(200)
    await wrong()
    await wrong()
    expect((await post('/Customers/login', ann)).status).toBe(200)
  })

  it('are not counted in 3.x and 2.x, unless limits.login is set', async () => {
    site = await openSite({ compat: '3.x', app: { limits: { login: { account: 1 } } } })
    await site.User.create(ann)
    expect((await site.post('/Customers/login', { ...ann, password: 'no' })).status).toBe(401)
    expect((await site.post('/Customers/login', { ...ann, password: 'no' })).status).toBe(429)
  })
})
