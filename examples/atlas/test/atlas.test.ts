import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

interface Atlas {
  models: { City: { nearest(lat: number, lng: number, limit?: number): Promise<{ name: string; countryCode: string }[]> } }
  listen(port: number, host: string): import('node:http').Server
  stop(): Promise<void>
}

const browserPath = process.env.RELOOP_TEST_CHROMIUM ?? '/usr/bin/chromium'
const browserFound = existsSync(browserPath)

let app: Atlas
let base: string

beforeAll(async () => {
  process.env.ATLAS_FILE = ':memory:'
  app = await require('../server/server')({ listen: false })
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`
}, 120_000)

afterAll(() => app?.stop())

const filtered = (model: string, filter: object) => `${base}/api/${model}?filter=${encodeURIComponent(JSON.stringify(filter))}`

async function get(url: string): Promise<any> {
  const reply = await fetch(url)
  expect(reply.status).toBe(200)
  return reply.json()
}

describe('the atlas', () => {
  it('holds every country and city of its data set', async () => {
    expect(await get(`${base}/api/Countries/count`)).toEqual({ count: 250 })
    expect(await get(`${base}/api/Cities/count`)).toEqual({ count: 135233 })
  })

  it('leaves a database alone that is seeded', async () => {
    await require('../server/boot/01-seed')(app)
    expect(await get(`${base}/api/Cities/count`)).toEqual({ count: 135233 })
    expect(await get(`${base}/api/Countries/count`)).toEqual({ count: 250 })
  })

  it('filters, orders and projects', async () => {
    const cities = await get(
      filtered('Cities', { where: { countryCode: 'IS' }, order: 'population DESC', limit: 2, fields: ['name', 'population'] }),
    )
    expect(cities[0]).toEqual({ name: 'Reykjavík', population: 118918 })
    expect(cities).toHaveLength(2)
  })

  it('includes the cities of a country, cut and ordered for each country', async () => {
    const include = { relation: 'cities', scope: { order: 'population DESC', limit: 2, fields: ['name', 'countryCode'] } }
    const countries = await get(filtered('Countries', { where: { code: { inq: ['AT', 'CH'] } }, include, fields: ['code'] }))
    expect(countries.map((country: any) => [country.code, ...country.cities.map((city: any) => city.name)])).toEqual([
      ['AT', 'Vienna', 'Graz'],
      ['CH', 'Zürich', 'Genève'],
    ])
  })

  it('finds the nearest cities of all, nearest first, from the first radius that holds enough', async () => {
    const nearest = await get(`${base}/api/Cities/nearest?lat=47.37&lng=8.54`)
    expect(nearest).toHaveLength(10)
    expect(nearest[0]).toMatchObject({ countryCode: 'CH', name: expect.stringContaining('Zürich') })
  })

  it('finds the nearest cities of a point in the middle of an ocean', async () => {
    const cities = await app.models.City.nearest(-48.88, -123.39)
    expect(cities).toHaveLength(10)
  })

  it('answers a new city that is not valid with what is wrong with each property', async () => {
    const reply = await fetch(`${base}/api/Cities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ countryCode: 'Atlantis', location: { lat: 31, lng: -24 } }),
    })
    const { error } = (await reply.json()) as any
    expect(reply.status).toBe(422)
    expect(error.name).toBe('ValidationError')
    expect(error.details.codes).toMatchObject({ name: ['presence'], countryCode: ['format'] })
  })

  it.each([
    ['an unknown property in where', { where: { populaton: 1 } }, /populaton/],
    ['an unknown property in order', { order: 'populaton DESC' }, /populaton/],
    ['a limit that is no number', { limit: '1;--' }, /limit/],
  ])('refuses %s and names it', async (_, filter, message) => {
    const reply = await fetch(filtered('Cities', filter))
    expect(reply.status).toBe(400)
    expect(((await reply.json()) as any).error.message).toMatch(message)
  })
})

const inBrowser = browserFound || process.env.CI === 'true' ? describe : describe.skip

inBrowser(browserFound ? 'the explorer in a browser' : `the explorer in a browser (skipped: no Chromium at ${browserPath})`, () => {
  let browser: Browser

  beforeAll(async () => {
    const args = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ]
    browser = await chromium.launch({ executablePath: browserPath, args })
  }, 60_000)

  afterAll(() => browser?.close())

  it('opens, runs GET /Cities and shows its answer', async () => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 1400 } })
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(String(error)))
    await page.goto(`${base}/explorer/`)
    const operation = page
      .locator('.opblock-tag-section:has(h3[data-tag="City"]) .opblock-get', { has: page.locator('[data-path="/Cities"]') })
      .first()
    if (!(await operation.isVisible())) await page.click('h3[data-tag="City"]')
    await operation.locator('.opblock-summary-control').click()
    await operation.locator('tr[data-param-name="filter"] :is(input, textarea)').fill('{"where":{"name":"Reykjavík"},"limit":1}')
    await operation.locator('.execute').click()
    const answer = operation.locator('.live-responses-table .response-col_description')
    await answer.last().waitFor()
    expect(await answer.last().innerText()).toContain('Reykjavík')
    if (process.env.RELOOP_TEST_SCREENSHOTS) await page.screenshot({ path: `${process.env.RELOOP_TEST_SCREENSHOTS}/atlas-explorer.png` })
    expect(problems).toEqual([])
  }, 60_000)
})
