import type { HttpContext, RemoteObjects } from '../../src'
import { EventLog } from '../../src'
import type { Shared } from '../serve'

export const log = new EventLog<number>()

export const notes: Record<string, Record<string, Shared>> = {
  Note: {
    add: {
      aliases: ['plus'],
      accepts: [
        { arg: 'a', type: 'number', required: true },
        { arg: 'b', type: 'number', http: { source: 'query' } },
        { arg: 'options', type: 'object', http: (ctx: HttpContext) => ({ user: (ctx.req as { user?: string }).user ?? 'nobody' }) },
      ],
      returns: { arg: 'sum', type: 'object', root: true },
      fn: (a: number, b: number | undefined, options: object) => ({ sum: a + (b ?? 0), options }),
    },
    when: { accepts: { arg: 'at', type: 'date' }, returns: { arg: 'at', type: 'date', root: true }, fn: (at: Date) => at },
    flag: { accepts: { arg: 'on', type: 'boolean' }, returns: { arg: 'on', type: 'any', root: true }, fn: (on: unknown) => on },
    pair: {
      returns: [
        { arg: 'a', type: 'number' },
        { arg: 'b', type: 'number' },
      ],
      fn: () => [1, 2],
    },
    nothing: { fn: () => undefined },
    fail: { fn: () => Promise.reject(Object.assign(new Error('No such note'), { statusCode: 404, code: 'NOTE_UNKNOWN' })) },
    crash: { fn: () => Promise.reject(new Error('password of the database')) },
    hidden: { shared: false, fn: () => 'secret' },
    ticks: { returns: { arg: 'ticks', type: 'ReadableStream', json: true, root: true }, fn: () => log.subscribe() },
    'prototype.rename': {
      accepts: { arg: 'name', type: 'string' },
      returns: { arg: 'result', type: 'string', root: true },
      fn(this: { id: unknown }, name: string) {
        return `${String(this.id)}:${name}`
      },
    },
  },
}

/** Refuses a method to everybody but Ada. */
export function guard(remotes: RemoteObjects): void {
  remotes.authorization = (ctx: HttpContext) => {
    if (ctx.methodString === 'Note.when' && ctx.req.get('x-user') !== 'ada') {
      return Promise.reject(Object.assign(new Error('Authorization Required'), { statusCode: 401, code: 'AUTHORIZATION_REQUIRED' }))
    }
    return Promise.resolve()
  }
}
