import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { EventLog, lastEventId, type HttpContext } from '../../src'
import { listen } from '../listen'
import { closeAll, serve } from '../serve'

const executablePath = process.env.RELOOP_TEST_CHROMIUM ?? '/usr/bin/chromium'
const found = existsSync(executablePath)
// Under CI a missing browser fails instead of hiding the test.
const inBrowser = found || process.env.CI === 'true' ? it : it.skip

afterAll(closeAll)

inBrowser(
  `EventSource of a browser reads a stream, and resumes it by itself when the connection breaks${found ? '' : ` (skipped: no browser at ${executablePath})`}`,
  async () => {
    const log = new EventLog<number>()
    const places: (string | undefined)[] = []
    let breakOff = () => {}
    const server = await serve({
      Note: {
        page: {
          accepts: { arg: 'res', type: 'object', http: { source: 'res' } },
          http: { verb: 'get' },
          fn: (res: { type(type: string): { send(body: string): void } }) => res.type('html').send('<!doctype html><title>empty</title>'),
        },
        changes: {
          accepts: [
            { arg: 'after', type: 'string', http: lastEventId },
            { arg: 'ctx', type: 'object', http: { source: 'context' } },
          ],
          returns: { arg: 'changes', type: 'ReadableStream', json: true },
          http: { verb: 'get' },
          fn: (after: string | undefined, ctx: HttpContext) => {
            places.push(after)
            breakOff = () => ctx.reply.raw.destroy()
            return log.subscribe({ after, signal: ctx.signal })
          },
        },
      },
    })
    const origin = await listen(server)
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    try {
      const page = await browser.newPage()
      await page.goto(`${origin}/api/Note/page`)
      await page.evaluate(`
      window.seen = []
      const source = new EventSource('/api/Note/changes')
      source.addEventListener('data', (event) => window.seen.push(JSON.parse(event.data)))
      new Promise((resolve) => source.addEventListener('open', resolve, { once: true }))
    `)
      log.publish(1)
      await page.waitForFunction('window.seen.length === 1')
      breakOff()
      log.publish(2)
      await page.waitForFunction('window.seen.length === 2', undefined, { timeout: 15_000 })
      expect(await page.evaluate('window.seen')).toEqual([1, 2])
      expect(places[0]).toBeUndefined()
      expect(places[1]).toMatch(/-1$/)
    } finally {
      await browser.close()
    }
  },
  60_000,
)
