import { persistedPrototype, persistedStatics, runtimeOf, type Filter, type JugglerOptions } from '@reloop/juggler'
import type { DirectCall, HttpContext } from '@reloop/remoting'
import type { CoreFlags } from '../compat'
import { errors } from '../errors'
import type { SharedModel } from '../types'
import { instanceReader, list, wireReader } from './listing'
import { requestOptions } from './request-options'
import { hasCondition } from './where-required'

type Args = Readonly<Record<string, unknown>>
type Call = (args: Args, context: HttpContext) => unknown

/**
 * The shortcuts from a request to the data layer, for one class and profile: rows where nobody needs instances, and calls that carry the options
 * of the request in every profile, also where LoopBack's method does not take them.
 */
export function directTo(Model: SharedModel, flags: CoreFlags) {
  const [statics, prototype] = [persistedStatics, persistedPrototype]
  const options = (args: Args, context: HttpContext) => (args.options ?? requestOptions(Model, context)) as JugglerOptions
  const callStatic = (name: string, names: readonly string[]): Call => {
    const method = statics[name]!
    return (args, context) => method.call(Model, ...names.map((argument) => args[argument]), options(args, context)) as unknown
  }
  const same = (name: string, call: Call): DirectCall => ({ replaces: statics[name]!, call, whole: call })
  return {
    /** A static, called with the named arguments and the options. */
    static: (name: string, ...names: string[]): DirectCall => same(name, callStatic(name, names)),

    /** A method of the instance, called with the named arguments and the options. */
    instance(name: string, ...names: string[]): DirectCall {
      const method = prototype[name]!
      const call: Call = (args, context) =>
        method.call(context.instance, ...names.map((argument) => args[argument]), options(args, context)) as unknown
      return { replaces: method, call, whole: call }
    },

    find(): DirectCall {
      const [rows, instances] = [wireReader(Model), instanceReader(Model, statics)]
      const listed = (args: Args, context: HttpContext) => ({ filter: filterOf(args), options: options(args, context), context })
      return {
        replaces: statics.find!,
        call: (args, context) => list(Model, rows, listed(args, context)),
        whole: (args, context) => list(Model, instances, listed(args, context)),
      }
    },

    /** Without a request, all records are one group. */
    aggregate(): DirectCall {
      const call = callStatic('aggregate', ['filter'])
      return same('aggregate', (args, context) => call({ ...args, filter: args.filter ?? {} }, context))
    },

    findOne: (): DirectCall => ({
      replaces: statics.findOne!,
      async call(args, context) {
        const rows = await runtimeOf(Model).rows.find({ ...filterOf(args), limit: 1 }, options(args, context))
        return rows[0] ?? null
      },
      whole: callStatic('findOne', ['filter']),
    }),

    findById: (): DirectCall => ({
      replaces: statics.findById!,
      call: (args, context) => runtimeOf(Model).rows.findById(args.id, filterOf(args), options(args, context)),
      whole: callStatic('findById', ['id', 'filter']),
    }),

    /** A bulk change needs a where; whether an empty one will do, and the status of the refusal, belong to the profile. */
    bulk(name: 'updateAll' | 'destroyAll', ...names: string[]): DirectCall {
      const call = callStatic(name, names)
      return same(name, (args, context) => {
        const wanted = flags.emptyWhere === 'refuse' ? hasCondition(args.where) : name === 'destroyAll' || isObject(args.where)
        if (wanted) return call(args, context)
        throw Object.assign(errors.WHERE_REQUIRED(), { statusCode: flags.emptyWhere === 'refuse' ? 400 : 500 })
      })
    },
  }
}

function filterOf(args: Args): Filter | undefined {
  return (args.filter ?? undefined) as Filter | undefined
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
