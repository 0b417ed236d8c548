import { runtimeOf, type JugglerOptions } from '@reloop/juggler'
import type { HttpContext } from '@reloop/remoting'
import { awaited } from '../legacy'
import type { SharedModel } from '../types'
import { setNamedHeader } from './named-header'
import { requestOptions } from './request-options'

/** Counts what a list would have without limit and skip. */
type Count = (where: unknown, options: JugglerOptions, context: HttpContext) => Promise<unknown>

/**
 * After a list: how many rows there are in all, in the header `X-Total-Count`. Counted where the request says `Prefer: count=exact` or the
 * model's setting `totalCount` is true; with the options of the list, and so under the same rules.
 */
export function totalCount(Model: SharedModel, count: Count): (context: HttpContext) => void | Promise<void> {
  return (context) => {
    const { prefer } = context.request.headers
    if (prefer === undefined && Model.settings.totalCount !== true) return
    if (Model.settings.totalCount !== true && !/(^|[,;\s])count=exact\b/i.test(String(prefer))) return
    return tell(Model, count, context)
  }
}

async function tell(Model: SharedModel, count: Count, context: HttpContext): Promise<void> {
  const { filter, options } = context.args as { filter?: { where?: unknown } | null; options?: JugglerOptions }
  const total = await count(filter?.where, options ?? requestOptions(Model, context), context)
  setNamedHeader(context, 'X-Total-Count', String(total))
}

/** Counts the rows of a class. */
export function countRows(Model: SharedModel): Count {
  return (where, options) => Promise.resolve(runtimeOf(Model).rows.count(where ?? undefined, options))
}

/** Counts through the method of a relation or scope. */
export function countThrough(method: string): Count {
  return (where, options, context) => awaited(context.scope as object, method, [where, options])
}
