import type { HttpContext } from '@reloop/remoting'
import type { Found } from './stored'

/** Where a call of a user's method comes from. */
export interface Origin {
  /** Whether a request stands behind it: then nothing is told that a stranger may not know. */
  readonly outside: boolean
  readonly address?: string
  readonly token?: Found
}

/** A call from the program itself. */
export const inside: Origin = Object.freeze({ outside: false })

/** A call of a client. */
export function outside(context: HttpContext): Origin {
  const { accessToken } = context.request.raw as { accessToken?: Found | null }
  return { outside: true, address: context.request.ip, token: accessToken ?? undefined }
}
