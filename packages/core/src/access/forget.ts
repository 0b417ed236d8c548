import { forgetCaller } from './caller'
import { forgetTenant } from './tenant'

/** Forgets what was looked up for a request: what it holds open is decided anew. */
export function forgetRequest(raw: object): void {
  forgetCaller(raw)
  forgetTenant(raw)
}
