import type { AddressInfo } from 'node:net'
import type { Profile } from '@reloop/compat'
import { createApplication } from '../../src/app/create-app'
import type { Application } from '../../src/app/application'
import { identifyFor } from '../../src/identity/identify'
import type { TokenOptions } from '../../src/identity/token-sources'
import { stored, type Stored } from '../../src/identity/stored'
import type { Settings } from '../../src/types'

/** What a request was answered with. */
export interface Reply {
  readonly status: number
  readonly headers: Headers

  readonly body: any
}

export interface SiteOptions {
  readonly compat?: Profile
  /** Settings of the user model. */
  readonly user?: Settings
  /** Settings of the token model. */
  readonly token?: Settings
  /** Settings of the application. */
  readonly app?: Settings
  readonly dataSource?: Settings
  readonly identify?: TokenOptions
  /** Further models and steps before the start. */
  readonly prepare?: (app: Application) => void
}

/** An application with users and tokens that listens; ended by `close`. */
export interface Site {
  readonly app: Application
  readonly User: Stored
  readonly Token: Stored
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  post(path: string, body?: unknown, token?: string): Promise<Reply>
  get(path: string, token?: string): Promise<Reply>
  /** Who a request with these headers and this query is: a user's id, or null. */
  who(headers?: Record<string, string>, query?: string): Promise<unknown>
  close(): Promise<void>
}

export async function openSite(options: SiteOptions = {}): Promise<Site> {
  const app = createApplication({ compat: options.compat ?? 'modern', settings: options.app })
  app.dataSource('db', { connector: 'memory', ...options.dataSource })
  const User = app.registry.createModel({ name: 'Customer', base: 'User', ...options.user })
  const relations = { user: { type: 'belongsTo', model: 'Customer', foreignKey: 'userId' }, ...(options.token?.relations as object) }
  const Token = app.registry.createModel({ name: 'Session', base: 'AccessToken', ...options.token, relations })
  const toTokens = (User.settings.relations as Record<string, Settings>).accessTokens!
  toTokens.model = 'Session'
  app.model(Token, { dataSource: 'db', public: false })
  app.model(User, { dataSource: 'db' })
  User.remoteMethod('whoami', {
    http: { verb: 'get' },
    accepts: [{ arg: 'req', type: 'object', http: { source: 'req' } }],
    returns: { arg: 'userId', type: 'any' },
  })
  Object.assign(User, { whoami: async (req: { accessToken?: { userId: unknown } | null }) => req.accessToken?.userId ?? null })
  app.remotes().identify = identifyFor(app, options.identify)
  options.prepare?.(app)
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return siteOf(app, `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, { User: stored(User), Token: stored(Token) })
}

function siteOf(app: Application, base: string, { User, Token }: { User: Stored; Token: Stored }): Site {
  const call: Site['call'] = async (method, path, body, headers = {}) => {
    const reply = await fetch(base + path, {
      method,
      redirect: 'manual',
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await reply.text()
    return { status: reply.status, headers: reply.headers, body: text === '' ? undefined : parsed(text) }
  }
  const auth = (token?: string): Record<string, string> => (token === undefined ? {} : { authorization: token })
  return {
    app,
    User,
    Token,
    call,
    post: (path, body, token) => call('POST', path, body, auth(token)),
    get: (path, token) => call('GET', path, undefined, auth(token)),
    async who(headers, query = '') {
      const { status, body } = await call('GET', `/Customers/whoami${query}`, undefined, headers)
      return status === 200 ? (body as { userId: unknown }).userId : status
    },
    close: () => app.stop(),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Waits until something holds; for work behind an answer. */
export async function until(holds: () => unknown): Promise<void> {
  for (let turn = 0; turn < 500 && !holds(); turn++) await new Promise((resolve) => setTimeout(resolve, 4))
  if (!holds()) throw new Error('It does not come to hold.')
}
