import { statusOf, toWire, type WireError } from '@reloop/errors'
import type { RemoteObjects } from '../contract/remote-objects'
import { withOriginalCodes } from './original-codes'

/** What a client is shown of an error, in the shape of the profile. */
export function wireErrorOf(remotes: RemoteObjects, error: unknown, status = statusOf(error)): WireError {
  const { flags } = remotes
  const { debug, safeFields, disableStackTrace } = remotes.options.errorHandler ?? {}
  const stack = !(disableStackTrace ?? process.env.NODE_ENV === 'production')
  const wire = toWire(error, { shape: flags.errorShape, status, stack, debug, safeFields })
  return flags.errorCodes ? wire : withOriginalCodes(wire, error)
}
