import { health } from '../../src/ops/health'
import { notesApp, start } from './app'

describe('health', () => {
  it('says that the process answers and that requests can be served', async () => {
    const app = notesApp()
    health(app, { details: true })
    const url = await start(app)
    const alive = await fetch(`${url}/health`)
    expect(alive.status).toBe(200)
    expect(await alive.json()).toMatchObject({ status: 'ok' })
    const ready = await fetch(`${url}/ready`)
    expect(ready.status).toBe(200)
    expect(ready.headers.get('cache-control')).toBe('no-store')
    expect(await ready.json()).toEqual({ status: 'ready', dataSources: { db: 'ok' } })
    await app.stop()
  })

  it.each([
    ['fails', () => Promise.reject(new Error('secret-host is down'))],
    ['hangs', () => new Promise<void>(() => undefined)],
  ])('is not ready while the ping of a data source %s, and does not say why', async (_what, ping) => {
    const app = notesApp()
    health(app, { timeout: 50 })
    Object.assign(app.dataSources.db!, { ping })
    const url = await start(app)
    const ready = await fetch(`${url}/ready`)
    expect(ready.status).toBe(503)
    expect(await ready.json()).toEqual({ status: 'unavailable' })
    expect((await fetch(`${url}/health`)).status).toBe(200)
    await app.stop()
  })
})
