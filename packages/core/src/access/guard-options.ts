import { kGuard } from '@reloop/juggler'
import type { HttpContext } from '@reloop/remoting'
import type { Application } from '../app/application'
import { accessStateOf } from './access-state'
import { guardFor } from './guard'
import { tenantOption } from './tenant-hook'

/** What access control puts into the options of a call; undefined where there is nothing to hold. */
export function guardOptions(app: Application, context: HttpContext): Record<symbol, unknown> | undefined {
  const guard = guardFor(app, context)
  if (!guard) return undefined
  return accessStateOf(app).tenant ? { [kGuard]: guard, ...tenantOption(app, context) } : { [kGuard]: guard }
}
