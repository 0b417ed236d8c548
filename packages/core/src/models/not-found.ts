import type { HttpContext } from '@reloop/remoting'
import { errors } from '../errors'

/** After reading one record: nothing found is a 404. */
export function refuseMissing(context: HttpContext): void {
  if (context.result !== null && context.result !== undefined) return
  const model = context.method.sharedClass?.name ?? ''
  throw errors.MODEL_NOT_FOUND({ model, id: idOf(context) })
}

/** HEAD of a record that is not there is a 404; GET says so in its body. */
export function refuseAbsent(context: HttpContext): void {
  const { exists } = (context.result ?? {}) as { exists?: boolean }
  if (context.request.raw.method === 'GET' || exists) return
  const model = context.method.sharedClass?.name ?? ''
  throw errors.MODEL_NOT_FOUND({ model, id: idOf(context) })
}

/** The id as the client wrote it. */
function idOf({ params, args }: HttpContext): unknown {
  return params.id ?? args.id
}
