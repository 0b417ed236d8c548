import { shedding } from '../../src/ops/shedding'
import { notesApp, start } from './app'

describe('shedding', () => {
  it('answers as usual while there is room', async () => {
    const app = notesApp()
    shedding(app)
    const url = await start(app)
    expect((await fetch(`${url}/api/Notes`)).status).toBe(200)
    await app.stop()
  })

  it('turns requests away with 503 and Retry-After when the bound of the heap is passed', async () => {
    const app = notesApp()
    shedding(app, { heap: 0.000001, sampleInterval: 10, retryAfter: 7 })
    const url = await start(app)
    let reply = await fetch(`${url}/api/Notes`)
    for (let tries = 0; reply.status === 200 && tries < 200; tries++) reply = await fetch(`${url}/api/Notes`)
    expect(reply.status).toBe(503)
    expect(reply.headers.get('retry-after')).toBe('7')
    expect(await reply.json()).toMatchObject({ error: { statusCode: 503 } })
    await app.stop()
  })
})
