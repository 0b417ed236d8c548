/** Who the client is to the server. */
export interface ClientAuth {
  readonly username?: string
  readonly password?: string
  /** Token that is sent as `Authorization: Bearer …`. */
  readonly bearer?: string
  readonly sendImmediately?: boolean
}

/** How a client talks to a server. */
export interface ClientOptions {
  readonly auth?: ClientAuth
  /** Headers of every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds until a call is given up; streams must begin within them. @default 60000 */
  readonly timeout?: number
  /** Further attempts of GET and HEAD when the server cannot be reached or answers 502, 503 or 504. @default 2 */
  readonly retries?: number
  /** Bytes of a reply that are read at most. @default 10 MiB */
  readonly maxReply?: number
  /** Sends the requests. @default the global fetch */
  readonly fetch?: typeof globalThis.fetch
}

/** Client options with every default filled in. */
export interface Connection {
  /** Origin and base path, without a slash at the end. */
  readonly base: string
  /** For messages: no credentials. */
  readonly host: string
  readonly headers: Readonly<Record<string, string>>
  readonly timeout: number
  readonly retries: number
  readonly maxReply: number
  readonly fetch: typeof globalThis.fetch
}

/**
 * Fills in the defaults of a connection.
 *
 * @param url of the API: `http://user:password@localhost:3000/api`; credentials move to a header
 * @param options how to talk
 * @throws TypeError for anything but an http or https URL
 */
export function connectionOf(url: string, options: ClientOptions = {}): Connection {
  const parsed = new URL(url)
  if (!/^https?:$/.test(parsed.protocol)) throw new TypeError(`URL "${url}" must begin with http: or https:.`)
  const own = parsed.username ? { username: decodeURIComponent(parsed.username), password: decodeURIComponent(parsed.password) } : undefined
  const authorization = authorizationOf(options.auth ?? own)
  return Object.freeze({
    base: parsed.origin + parsed.pathname.replace(/\/+$/, ''),
    host: parsed.host,
    headers: Object.freeze({ ...(authorization ? { authorization } : {}), ...options.headers }),
    timeout: options.timeout ?? 60_000,
    retries: options.retries ?? 2,
    maxReply: options.maxReply ?? 10 * 1024 * 1024,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
  })
}

function authorizationOf({ username, password = '', bearer }: ClientAuth = {}): string | undefined {
  if (bearer !== undefined) return `Bearer ${bearer}`
  return username === undefined ? undefined : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
