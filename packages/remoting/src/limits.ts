/** Bounds of one request; sizes in bytes. */
export interface Limits {
  readonly url: number
  readonly headers: number
  readonly body: { readonly json: number; readonly depth: number }
  readonly query: { readonly parameters: number; readonly depth: number; readonly list: number }
  readonly multipart: { readonly file: number; readonly files: number; readonly parts: number; readonly field: number }
  /** Open streams: milliseconds between heart-beats and between checks, bytes that wait for a slow client, streams of one client. */
  readonly stream: { readonly heartbeat: number; readonly buffer: number; readonly perClient: number; readonly recheck: number }
  /** Requests in one `POST /$batch`, and calls in one JSON-RPC batch. */
  readonly batch: { readonly parts: number; readonly rpc: number }
}

/** Bounds as a user gives them: any part may be left out. */
export type LimitSettings = { readonly [Area in keyof Limits]?: Limits[Area] extends number ? number : Partial<Limits[Area]> }

const kilobyte = 1024

/** The bounds that hold where nothing else is set. */
export const defaultLimits: Limits = Object.freeze({
  url: 16 * kilobyte,
  headers: 16 * kilobyte,
  body: Object.freeze({ json: 100 * kilobyte, depth: 32 }),
  query: Object.freeze({ parameters: 1000, depth: 10, list: 1000 }),
  multipart: Object.freeze({ file: 10 * kilobyte * kilobyte, files: 10, parts: 100, field: 64 * kilobyte }),
  stream: Object.freeze({ heartbeat: 15_000, buffer: kilobyte * kilobyte, perClient: 20, recheck: 5000 }),
  batch: Object.freeze({ parts: 100, rpc: 50 }),
})

/**
 * The bounds that hold: the given ones over the defaults.
 *
 * @param settings any part of the bounds
 * @param bodySize LoopBack's own setting of the body's size (`remoting.json.limit`): bytes, or text such as '100kb'
 */
export function limitsOf(settings: LimitSettings = {}, bodySize?: number | string): Limits {
  const json = settings.body?.json ?? (bodySize === undefined ? defaultLimits.body.json : bytes(bodySize))
  return Object.freeze({
    url: settings.url ?? defaultLimits.url,
    headers: settings.headers ?? defaultLimits.headers,
    body: Object.freeze({ ...defaultLimits.body, ...settings.body, json }),
    query: Object.freeze({ ...defaultLimits.query, ...settings.query }),
    multipart: Object.freeze({ ...defaultLimits.multipart, ...settings.multipart }),
    stream: Object.freeze({ ...defaultLimits.stream, ...settings.stream }),
    batch: Object.freeze({ ...defaultLimits.batch, ...settings.batch }),
  })
}

const units: Readonly<Record<string, number>> = { b: 1, kb: kilobyte, mb: kilobyte ** 2, gb: kilobyte ** 3 }

function bytes(size: number | string): number {
  if (typeof size === 'number') return size
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*(b|kb|mb|gb)?\s*$/i.exec(size) ?? []
  if (amount === undefined) throw new TypeError(`Size "${size}" must be a number of bytes or text such as "100kb".`)
  return Math.floor(Number(amount) * units[(unit ?? 'b').toLowerCase()]!)
}
