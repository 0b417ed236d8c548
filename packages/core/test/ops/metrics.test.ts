import { metrics } from '../../src/ops/metrics'
import { notesApp, start } from './app'

describe('metrics', () => {
  it('counts requests by method and status, never by their URL', async () => {
    const app = notesApp()
    metrics(app, { prefix: 'notes_' })
    const url = await start(app)
    await fetch(`${url}/api/Notes`)
    await fetch(`${url}/api/Notes/4711`)
    await fetch(`${url}/api/Nothing/4711`)
    const page = await fetch(`${url}/metrics`)
    expect(page.headers.get('content-type')).toContain('text/plain')
    const text = await page.text()
    expect(text).toContain('notes_http_request_duration_seconds_count{verb="GET",method="Note.find",status="200"} 1')
    expect(text).toContain('notes_http_request_duration_seconds_count{verb="GET",method="Note.findById",status="404"} 1')
    expect(text).not.toContain('4711')
    expect(text).toContain('notes_process_cpu_seconds_total')
    await app.stop()
  })
})
