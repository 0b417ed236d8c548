import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Span, TracerProvider } from '@opentelemetry/api'
import type { Application } from '../app/application'
import { loadPeer } from './peer'
import { methodOf, rememberMethods } from './observe'

/** Where spans go. */
export interface TracingOptions {
  /** @default the provider that is registered with @opentelemetry/api */
  readonly provider?: TracerProvider
  /** Spans for these only. @default all */
  readonly when?: (request: FastifyRequest) => boolean
}

type Api = typeof import('@opentelemetry/api')

const spans = new WeakMap<FastifyRequest, Span>()

/**
 * Makes a server span for every request, named by its method (`GET Product.find`), with the attributes of OpenTelemetry's semantic conventions for HTTP
 * (https://opentelemetry.io/docs/specs/semconv/http/http-spans/); it continues the trace of the caller and is the active one in hooks, methods and
 * drivers. Needs the package `@opentelemetry/api`; without a provider nothing is recorded. A component.
 *
 * @param app the application
 * @param options provider, filter
 * @throws APP_PEER_MISSING
 * @example require('@reloop/core/tracing').tracing(app)
 */
export function tracing(app: Application, options: TracingOptions = {}): void {
  const api = loadPeer<Api>('@opentelemetry/api')
  const tracer = (options.provider ?? api.trace).getTracer('@reloop/core')
  rememberMethods(app)
  app.fastify.addHook('onRequest', (request, _reply, done) => {
    if (options.when?.(request) === false) return done()
    const parent = api.propagation.extract(api.context.active(), request.headers)
    const span = tracer.startSpan(request.method, { kind: api.SpanKind.SERVER, attributes: attributesOf(request) }, parent)
    spans.set(request, span)
    api.context.with(api.trace.setSpan(parent, span), done)
  })
  app.fastify.addHook('onResponse', (request, reply, done) => {
    end(api, request, reply)
    done()
  })
}

function attributesOf(request: FastifyRequest) {
  return {
    'http.request.method': request.method,
    'url.path': request.url.split('?', 1)[0]!,
    'url.scheme': request.protocol,
    'client.address': request.ip,
  }
}

function end(api: Api, request: FastifyRequest, reply: FastifyReply): void {
  const span = spans.get(request)
  if (!span) return
  const { statusCode } = reply.raw
  const method = methodOf(request)
  span.updateName(`${request.method} ${method}`)
  span.setAttributes({ 'http.route': method, 'http.response.status_code': statusCode })
  if (statusCode >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR })
  span.end()
}
