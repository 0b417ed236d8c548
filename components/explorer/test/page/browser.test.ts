import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { addExplorer, notesApp, type NotesApp } from '../app/notes'

const executablePath = process.env.RELOOP_TEST_CHROMIUM ?? '/usr/bin/chromium'
const missing = !existsSync(executablePath)
if (missing && process.env.CI === 'true') throw new Error(`No browser at ${executablePath}; set RELOOP_TEST_CHROMIUM.`)
const args =
  '--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  )

const suite = missing ? describe.skip : describe
suite(`the page in a browser${missing ? ` (skipped: no browser at ${executablePath}, set RELOOP_TEST_CHROMIUM)` : ''}`, () => {
  let app: NotesApp
  let browser: Browser
  let page: Page
  let origin: string
  let requests: string[]
  let complaints: string[]

  beforeAll(async () => {
    app = notesApp()
    addExplorer(app)
    origin = await app.listen()
    browser = await chromium.launch({ executablePath, args })
  })
  afterAll(async () => {
    await browser?.close()
    await app?.fastify.close()
  })
  beforeEach(async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    page = await context.newPage()
    requests = []
    complaints = []
    page.on('request', (request) => requests.push(request.url()))
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
  })
  afterEach(() => page.context().close())

  const open = async (query = '') => {
    await page.goto(`${origin}/explorer/${query}`)
    await page.waitForSelector('.opblock-tag')
  }
  const execute = async (tag: string, verb: string) => {
    const block = page.locator(`.opblock-tag-section:has(h3[data-tag="${tag}"]) .opblock-${verb}`).first()
    if (!(await block.isVisible())) await page.click(`h3[data-tag="${tag}"]`)
    if (!(await block.locator('.execute').isVisible())) await block.locator('.opblock-summary-control').click()
    await block.locator('.execute').click()
    const status = block.locator('.live-responses-table .response-col_status').last()
    await status.waitFor()
    return { status: (await status.innerText()).trim().split(/\s/)[0], text: await block.locator('.live-responses-table').innerText() }
  }

  it('shows the API by its models, without a complaint of the browser and without asking any other host', async () => {
    await open()
    expect(await page.title()).toBe('Notes & <friends> – API explorer')
    expect(await page.locator('.top h1').innerText()).toBe('Notes & <friends>')
    expect(
      await page
        .locator('.opblock-tag')
        .evaluateAll((tags) => tags.map((tag) => (tag as unknown as { dataset: { tag: string } }).dataset.tag)),
    ).toEqual(['Note', 'User'])
    expect(requests.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([])
    expect(complaints).toEqual([])
  })

  it('sends the token of its box, and stops when it is cleared', async () => {
    await open()
    expect((await execute('Note', 'get')).status).toBe('401')
    await page.fill('#token', ' secret-token ')
    await page.press('#token', 'Enter')
    expect(await page.locator('#token-state').innerText()).toBe('The token is sent with every request.')
    const reply = await execute('Note', 'get')
    expect(reply.status).toBe('200')
    expect(reply.text).toContain('Milk')
    await page.reload()
    await page.waitForSelector('.opblock-tag')
    expect(await page.inputValue('#token')).toBe('secret-token')
    await page.click('#token-clear')
    expect((await execute('Note', 'get')).status).toBe('401')
  })

  it('takes the token of a login', async () => {
    await open()
    expect((await execute('User', 'post')).status).toBe('200')
    expect(await page.inputValue('#token')).toBe('secret-token')
    expect((await execute('Note', 'get')).status).toBe('200')
  })

  it.each(['?url=//evil.example/spec.json', '?configUrl=//evil.example/config.json', '?urls.primaryName=x&url=http://evil.example'])(
    'does not follow %s',
    async (query) => {
      await open(query)
      expect(await page.locator('.top h1').innerText()).toBe('Notes & <friends>')
      expect(requests.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([])
    },
  )

  it('shows scripts in descriptions as text', async () => {
    await open()
    await page.click('h3[data-tag="Note"]')
    for (const control of await page.locator('.opblock-summary-control').all()) await control.click()
    await page.waitForSelector('.opblock-description')
    expect(await page.locator('.opblock-description').first().innerText()).toContain('<script>window.hacked = 1</script>')
    expect(await page.locator('#explorer script, #explorer img[onerror], #explorer a[href^="javascript:"]').count()).toBe(0)
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(complaints).toEqual([])
  })

  it('does not run a script that was put into the page', async () => {
    await open()
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.hacked = 1">')`)
    await page.evaluate(
      `{ const script = document.createElement('script'); script.textContent = 'window.hacked = 1'; document.body.append(script) }`,
    )
    await page.waitForTimeout(100)
    expect(await page.evaluate('window.hacked')).toBeUndefined()
  })

  it('cannot be framed', async () => {
    await page.goto(`${origin}/api/notes`)
    await page.setContent(`<iframe src="${origin}/explorer/"></iframe>`)
    await page.waitForTimeout(200)
    expect(complaints.join()).toContain('frame-ancestors')
  })
})
