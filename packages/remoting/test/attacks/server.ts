import { EventLog, type HttpContext, type RemoteObjects, type RequestView } from '../../src'
import { serveEverywhere, type Everywhere } from '../transports'
import type { Shared } from '../serve'

/** Tokens that are valid at present. */
export const tokens = new Set<string>()
/** Names of the methods that ran. */
export const ran: string[] = []
export const log = new EventLog<number>()

const root = { arg: 'x', type: 'any', root: true }

const echo = (type: string): Shared => ({
  accepts: { arg: 'x', type },
  returns: root,
  fn: (x: unknown) => {
    ran.push(type)
    return { got: x === undefined ? 'nothing' : x }
  },
})

const notes: Record<string, Shared> = {
  any: echo('any'),
  object: echo('object'),
  string: echo('string'),
  number: echo('number'),
  boolean: echo('boolean'),
  date: echo('date'),
  secret: {
    aliases: ['covert'],
    returns: root,
    fn: () => {
      ran.push('secret')
      return 'the secret'
    },
  },
  who: {
    accepts: [
      { arg: 'a', type: 'number' },
      {
        arg: 'options',
        type: 'object',
        http: (ctx: HttpContext) => ({ user: (ctx.req.accessToken as { id?: string } | null)?.id ?? 'nobody' }),
      },
      { arg: 'ctx', type: 'object', http: { source: 'context' } },
    ],
    returns: root,
    fn: (a: number | undefined, options: object, ctx: HttpContext) => ({
      a,
      options,
      method: ctx.methodString,
      tokenType: typeof ctx.req.accessToken,
    }),
  },
  slow: { returns: root, fn: () => new Promise((resolve) => setTimeout(() => resolve('slow'), 100)) },
  ticks: { returns: { arg: 'x', type: 'ReadableStream', json: true, root: true }, fn: () => log.subscribe() },
  'prototype.read': { returns: root, fn: () => 'read' },
}

async function identify(req: RequestView): Promise<void> {
  if (req.accessToken !== undefined) return
  await Promise.resolve()
  const sent = req.get('authorization') ?? (req.query.access_token as string | undefined)
  if (sent === 'forged') throw Object.assign(new Error('Invalid Access Token'), { statusCode: 401, code: 'INVALID_TOKEN' })
  req.accessToken = sent !== undefined && tokens.has(sent) ? { id: sent } : null
}

function protect(remotes: RemoteObjects): void {
  remotes.identify = identify
  remotes.authorizationOf = (method) => {
    if (method.name !== 'secret') return undefined
    return (ctx: HttpContext) => {
      if (!ctx.req.accessToken)
        throw Object.assign(new Error('Authorization Required'), { statusCode: 401, code: 'AUTHORIZATION_REQUIRED' })
    }
  }
}

/** A server under attack, reached in all ways: two pages may call it, one token is valid. */
export function attacked(): Promise<Everywhere> {
  return serveEverywhere(
    { Note: notes },
    {
      prepare: protect,
      options: {
        limits: { stream: { recheck: 30 } },
        cors: { origin: ['https://good.com', /^https:\/\/\w+\.good\.com$/], credentials: true },
      },
    },
  )
}
