import { context, propagation, trace, type TextMapPropagator } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { tracing } from '../../src/ops/tracing'
import { notesApp, start } from './app'

/** Reads the first two fields of a `traceparent` (https://www.w3.org/TR/trace-context/). */
const traceParent: TextMapPropagator = {
  inject: () => undefined,
  fields: () => ['traceparent'],
  extract(around, carrier, getter) {
    const [, traceId, spanId] = String(getter.get(carrier, 'traceparent') ?? '').split('-')
    return traceId && spanId ? trace.setSpanContext(around, { traceId, spanId, traceFlags: 1, isRemote: true }) : around
  },
}

describe('tracing', () => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })

  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    propagation.setGlobalPropagator(traceParent)
  })
  afterAll(() => {
    context.disable()
    propagation.disable()
  })

  it('makes a span per request that continues the caller’s trace and is active in hooks', async () => {
    const app = notesApp()
    tracing(app, { provider })
    let active: string | undefined
    app.models.Note!.beforeRemote('find', async () => {
      active = trace.getActiveSpan()?.spanContext().spanId
    })
    const url = await start(app)
    await fetch(`${url}/api/Notes?access_token=secret`, {
      headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
    })
    await app.stop()
    const [span] = exporter.getFinishedSpans()
    expect(span!.name).toBe('GET Note.find')
    expect(span!.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c')
    expect(span!.attributes).toMatchObject({ 'http.route': 'Note.find', 'http.response.status_code': 200, 'url.path': '/api/Notes' })
    expect(active).toBe(span!.spanContext().spanId)
    expect(JSON.stringify(span!.attributes)).not.toContain('secret')
  })
})
