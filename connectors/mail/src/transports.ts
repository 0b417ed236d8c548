import { errors } from './errors'
import type { MailTransport } from './settings'

/** What a transport of nodemailer answers. */
export interface Sent {
  readonly messageId?: string
  readonly response?: unknown
  readonly [further: string]: unknown
}

/** A transport of nodemailer, as far as it is used here. */
export interface Transport {
  sendMail(message: object): Promise<Sent>
  verify?(): Promise<unknown>
  close(): void
}

/** The package nodemailer, as far as it is used here. */
interface Nodemailer {
  createTransport(transport: object, defaults?: object): Transport
}

/** What a transport must refuse by itself, too. */
export interface Access {
  readonly disableFileAccess: boolean
  readonly disableUrlAccess: boolean
}

/**
 * Makes a transport of nodemailer.
 *
 * @param setting as in the settings
 * @param access what it may read
 * @param load loads packages of the application
 * @throws MAIL_TRANSPORT_INVALID, CONNECTOR_DRIVER_MISSING when nodemailer is not installed
 */
export function createTransport(setting: MailTransport, access: Access, load: (name: string) => unknown): Transport {
  const { createTransport: create } = load('nodemailer') as Nodemailer
  const { type = 'smtp', alias: _alias, ...options } = setting
  switch (type.toLowerCase()) {
    case 'smtp':
      return create({ ...options, ...access })
    case 'sendmail':
      return create({ ...options, ...access, sendmail: true })
    case 'stub':
      return stub(create({ ...access, streamTransport: true, buffer: true, newline: 'unix' }))
    default:
      return create(plugin(type, options, load), access)
  }
}

/** Answers with the text of the mail instead of sending it. */
function stub(transport: Transport): Transport {
  return {
    async sendMail(message) {
      const sent = await transport.sendMail(message)
      return { ...sent, response: sent.message }
    },
    close: () => transport.close(),
  }
}

/** A plugin by LoopBack's habit: `nodemailer-<type>-transport`. */
function plugin(type: string, options: object, load: (name: string) => unknown): object {
  if (!/^[a-z0-9-]+$/i.test(type)) throw errors.MAIL_TRANSPORT_INVALID({ type, problem: 'it is no name of a plugin.' })
  try {
    const make = load(`nodemailer-${type.toLowerCase()}-transport`) as (options: object) => object
    return make(options)
  } catch (cause) {
    throw errors.MAIL_TRANSPORT_INVALID({ type, problem: (cause as Error).message }, { cause })
  }
}
