import { acceptCallback } from '@reloop/callback'
import type { Mail } from './mail-connector'
import type { Sent } from './transports'

/** `send(mail[, callback])`: an instance of a model is a mail, too. */
export function legacySend(send: (mail: Mail) => Promise<Sent>): (...args: readonly unknown[]) => Promise<unknown> {
  return acceptCallback(async function (given: unknown) {
    const toObject = (given as { toObject?: () => Mail } | undefined)?.toObject
    return send(typeof toObject === 'function' ? toObject.call(given) : ((given ?? {}) as Mail))
  })
}
