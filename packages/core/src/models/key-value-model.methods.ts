import type { ArgumentOptions, DirectCall, HttpContext } from '@reloop/remoting'
import type { CoreFlags } from '../compat'
import { errors } from '../errors'
import type { UserFunction } from '../legacy'
import type { SharedModel } from '../types'
import type { MethodTable } from './persisted-model.methods'
import { requestOptions } from './request-options'

const key: ArgumentOptions = { arg: 'key', type: 'string', required: true, http: { source: 'path' }, description: 'The key' }

/** The methods of key-value models, as LoopBack's live route table has them. */
export function keyValueMethods(Model: SharedModel, flags: CoreFlags): MethodTable {
  return {
    get: {
      accessType: 'READ',
      description: 'Fetch the value of the key.',
      accepts: [key],
      returns: { arg: 'value', type: 'any', root: true },
      http: { verb: 'get', path: '/:key' },
      rest: { after: refuseMissing },
    },
    set: {
      accessType: 'WRITE',
      description: 'Persist a value under the key.',
      accepts: [
        key,
        { arg: 'value', type: 'any', required: true, http: { source: 'body' }, description: 'The value' },
        { arg: 'ttl', type: 'number', http: { source: 'query' }, description: 'Milliseconds that the value lives' },
      ],
      http: { verb: 'put', path: '/:key' },
    },
    expire: {
      accessType: 'WRITE',
      description: 'Set the time that the value of the key has left.',
      accepts: [key, { arg: 'ttl', type: 'number', required: true, http: { source: 'form' }, description: 'Milliseconds' }],
      http: { verb: 'put', path: '/:key/expire' },
    },
    keys: {
      accessType: 'READ',
      description: 'List all keys.',
      accepts: [{ arg: 'filter', type: 'object', http: { source: 'query' }, description: 'Glob that keys must match' }],
      returns: { arg: 'keys', type: ['string'], root: true },
      http: { verb: 'get', path: '/keys' },
    },
    ...(flags.keyValueTtl
      ? {
          ttl: {
            accessType: 'READ',
            description: 'The time that the value of the key has left.',
            accepts: [key],
            returns: { arg: 'value', type: 'any', root: true },
            http: { verb: 'get', path: '/:key/ttl' },
            direct: untilGone(Model),
          },
        }
      : {}),
  }
}

/** A value that does not expire has no time left: nothing to reply, where a callback without a value would be {}. */
function untilGone(Model: SharedModel): DirectCall | undefined {
  const replaces = Model.ttl
  if (typeof replaces !== 'function') return undefined
  const call: DirectCall['call'] = (args, context) =>
    (replaces as UserFunction).call(Model, args.key, args.options ?? requestOptions(Model, context))
  return { replaces, call, whole: call }
}

function refuseMissing(context: HttpContext): void {
  if (context.result !== null && context.result !== undefined) return
  throw errors.KEY_NOT_FOUND({ model: context.method.sharedClass?.name ?? '' })
}
