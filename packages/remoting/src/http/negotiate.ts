import type { RemoteObjects } from '../contract/remote-objects'
import type { ReturnOptions } from '../contract/method-options'
import type { HttpContext } from '../invoke/context'
import { toXml } from '../serialize/xml'
import { writeValue } from '../serialize/write'
import { lineTypes } from '../stream/forms'
import { preferred } from './accept'

/** How a reply is written. */
export type Format = 'json' | 'api+json' | 'xml' | 'jsonp' | 'lines' | 'none'

const formats: Readonly<Record<string, Format>> = {
  'application/json': 'json',
  'application/vnd.api+json': 'api+json',
  'application/javascript': 'jsonp',
  'text/javascript': 'jsonp',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'application/x-ndjson': 'lines',
  'application/ndjson': 'lines',
}

const byName: Readonly<Record<string, Format>> = { json: 'json', xml: 'xml', 'vnd.api+json': 'api+json', ndjson: 'lines' }

/** Which form a client wants a result in, and the forms other than JSON. */
export class Negotiation {
  readonly #supported: readonly string[]
  readonly #xml: ReturnOptions['xml']
  readonly #empty: 'text' | 'empty'

  constructor(remotes: RemoteObjects, xml: ReturnOptions['xml']) {
    const { rest } = remotes.options
    const scripts = remotes.flags.jsonp ? ['application/javascript', 'text/javascript'] : []
    const xmlTypes = rest?.xml ? ['application/xml', 'text/xml'] : []
    this.#supported = rest?.supportedTypes ?? ['application/json', ...scripts, ...xmlTypes, ...lineTypes]
    this.#xml = xml
    this.#empty = remotes.flags.xmlEmpty
  }

  /** The form for a request: `?_format=` first, then the Accept header. */
  formatOf({ request, query }: { request: HttpContext['request']; query: HttpContext['query'] }): Format
  formatOf(context: HttpContext): Format {
    const { request } = context
    const { accept } = request.headers
    if (request.raw.url!.includes('_format=')) {
      const asked = context.query._format
      if (typeof asked === 'string') return byName[asked.toLowerCase()] ?? 'none'
    }
    if (accept === undefined || accept === '*/*' || accept === 'application/json') return 'json'
    const type = preferred(accept, this.#supported)
    return type === undefined ? 'none' : (formats[type] ?? 'json')
  }

  /** Replies in a form other than JSON. */
  send(context: HttpContext, format: Format): void {
    const { reply, result } = context
    if (format === 'xml') {
      const { wrapperElement, declaration } = this.#xml ?? {}
      const wrapper = typeof wrapperElement === 'string' ? wrapperElement : undefined
      reply.header('content-type', 'text/xml; charset=utf-8').send(toXml(result, { wrapper, declaration, empty: this.#empty }))
    } else if (format === 'api+json') {
      reply.header('content-type', 'application/vnd.api+json; charset=utf-8').send(writeValue(result))
    } else if (format === 'jsonp') {
      sendScript(context)
    } else {
      reply.code(406).header('content-type', 'text/plain; charset=utf-8').send('Not Acceptable')
    }
  }
}

/** JSONP. The name of the callback is restricted to what a name can be. */
function sendScript({ reply, query, result }: HttpContext): void {
  const callback: unknown = Array.isArray(query.callback) ? query.callback[0] : query.callback
  const text = (writeValue(result) ?? 'null').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
  if (typeof callback !== 'string') {
    reply.header('content-type', 'application/json; charset=utf-8').send(text)
    return
  }
  const name = callback.replace(/[^[\]\w$.]/g, '')
  reply.header('x-content-type-options', 'nosniff').header('content-type', 'text/javascript; charset=utf-8')
  reply.send(`/**/ typeof ${name} === 'function' && ${name}(${text});`)
}
