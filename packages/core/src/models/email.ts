import { errors } from '../errors'
import { callable } from '../legacy'
import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'

type Send = (mail: object, ...rest: unknown[]) => unknown

/**
 * Makes the built-in model of mails: `Email.send(message[, callback])` and `email.send([callback])`, over a data source of the connector `mail`.
 */
export function makeEmail(registry: Registry): SharedModel {
  const Email = registry.createModel(
    'Email',
    {
      to: { type: 'string', required: true },
      from: { type: 'string', required: true },
      subject: { type: 'string', required: true },
      text: 'string',
      html: 'string',
    },
    { base: 'Model', idInjection: false },
  )
  Email.send = unattached
  Object.defineProperty(Email.prototype, 'send', { value: sendThis, writable: true, configurable: true, enumerable: false })
  return Email
}

/** Gives way to the connector's own, once the class is attached. */
const unattached = Object.assign(
  callable(async function send(this: SharedModel) {
    throw errors.EMAIL_NOT_ATTACHED({ model: this.modelName })
  }),
  { _delegate: true },
)

function sendThis(this: object, ...rest: unknown[]): unknown {
  const Model = this.constructor as unknown as { send: Send }
  return Model.send(this, ...rest)
}
