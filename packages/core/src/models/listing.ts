import { runtimeOf, type Filter, type JugglerOptions } from '@reloop/juggler'
import { wantsLines, type HttpContext } from '@reloop/remoting'
import type { SharedModel } from '../types'
import { setNamedHeader } from './named-header'

/** A filter that may ask for a page by cursor. */
type ListFilter = Filter & { readonly after?: unknown; readonly before?: unknown }

/** Rows of a page, with the cursors of the pages beside it. */
interface Page {
  readonly rows: readonly unknown[]
  readonly next?: string
  readonly previous?: string
}

/** What a list is read of. */
interface Listed {
  readonly filter: ListFilter | undefined
  readonly options: JugglerOptions
  readonly context: HttpContext
}

/** How rows are read: all at once, by page, or one after the other. */
interface Reader {
  find(filter: Filter | undefined, options: JugglerOptions): unknown
  page(filter: Filter, options: JugglerOptions): Promise<Page>
  stream(filter: Filter | undefined, options: JugglerOptions): AsyncIterable<unknown>
}

/** Reads rows in wire shape. */
export function wireReader(Model: SharedModel): Reader {
  // What the runtime reads rows with changes with hooks and properties: it is asked each time.
  const runtime = runtimeOf(Model)
  return {
    find: (filter, options) => runtime.rows.find(filter, options),
    page: (filter, options) => runtime.rows.page(filter, options),
    stream: (filter, options) => runtime.rows.stream(filter, options),
  }
}

/** Reads instances, for hooks to see. */
export function instanceReader(Model: SharedModel, { find, page, stream }: Readonly<Record<string, Function>>): Reader {
  return {
    find: (filter, options) => find!.call(Model, filter, options) as unknown,
    page: (filter, options) => page!.call(Model, filter, options) as Promise<Page>,
    stream: (filter, options) => stream!.call(Model, filter, options) as AsyncIterable<unknown>,
  }
}

/**
 * The rows that a request lists: whole; one page where the filter has `after` or `before`, or where `limits.page` bounds a list without a
 * limit, with the pages beside it in the header `Link`; or as they are read, where the client accepts lines.
 */
export function list(Model: SharedModel, reader: Reader, { filter, options, context }: Listed): unknown {
  const most = runtimeOf(Model).limits.page
  const bounded = most !== undefined && filter?.limit === undefined
  if (filter?.after === undefined && filter?.before === undefined && !bounded) {
    return isLines(context) ? opened(reader.stream(filter, options)) : reader.find(filter, options)
  }
  return onePage(reader, { filter: bounded ? { ...filter, limit: most } : filter!, options, context })
}

/** Only a request is answered with lines: who calls by message gets one reply. */
function isLines(context: HttpContext): boolean {
  const { headers, raw } = context.request
  const named = raw.url?.includes('_format=') ? context.query._format : undefined
  if (named === undefined && headers.accept === undefined) return false
  return context.given === undefined && wantsLines(named, headers)
}

/** The first row is awaited, so that a request that cannot be answered is refused before the reply begins. */
async function opened(rows: AsyncIterable<unknown>): Promise<AsyncIterable<unknown>> {
  const iterator = rows[Symbol.asyncIterator]()
  const first = await iterator.next()
  return (async function* () {
    try {
      for (let item = first; !item.done; item = await iterator.next()) yield item.value
    } finally {
      await iterator.return?.()
    }
  })()
}

async function onePage(
  reader: Reader,
  { filter, options, context }: Listed & { readonly filter: ListFilter },
): Promise<readonly unknown[]> {
  const { rows, next, previous } = await reader.page(filter, options)
  const links = [
    ...(next === undefined ? [] : [link(context, 'next', { after: next })]),
    ...(previous === undefined ? [] : [link(context, 'prev', { before: previous })]),
  ]
  if (links.length > 0) setNamedHeader(context, 'Link', links.join(', '))
  return rows
}

/** The same request at another place. Relative: whom the client called is not ours to tell. */
function link(context: HttpContext, rel: string, place: { readonly after?: string; readonly before?: string }): string {
  const [path = '', search = ''] = (context.request.raw.url ?? '').split('?')
  const parameters = new URLSearchParams(search)
  for (const name of [...parameters.keys()]) if (name === 'filter' || name.startsWith('filter[')) parameters.delete(name)
  const { after: _, before: __, ...filter } = sentFilter(context)
  parameters.set('filter', JSON.stringify({ ...filter, ...place }))
  return `<${path}?${parameters.toString()}>; rel="${rel}"`
}

/** The filter as the client sent it, without what hooks have added. */
function sentFilter(context: HttpContext): Record<string, unknown> {
  const sent = context.sent('filter')
  if (typeof sent === 'object' && sent !== null) return sent as Record<string, unknown>
  return typeof sent === 'string' && sent !== '' ? ((JSON.parse(sent) ?? {}) as Record<string, unknown>) : {}
}
