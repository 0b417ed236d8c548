import type { SettingsSchema } from '@reloop/connector'

/** One way to send mails: `type`, and what nodemailer's transport of this type takes. */
export interface MailTransport {
  /** `smtp`, `sendmail`, `stub` (sends nothing and answers with the mail), or the name of a nodemailer plugin. @default 'smtp' */
  readonly type?: string
  /** Name by which a mail chooses the transport. @default its type */
  readonly alias?: string
  readonly [option: string]: unknown
}

/** Settings of a data source that sends mails. */
export interface MailSettings {
  /** The first one is used where a mail does not choose. */
  readonly transports?: readonly MailTransport[]
  readonly transport?: MailTransport
  /** Refuse mails whose content is to be read from files. @default true */
  readonly disableFileAccess?: boolean
  /** Refuse mails whose content is to be read from URLs. @default true */
  readonly disableUrlAccess?: boolean
}

const transport = {
  type: 'object',
  properties: { type: { type: 'string', minLength: 1 }, alias: { type: 'string', minLength: 1 } },
} as const

/** What the settings must look like. */
export const settings: SettingsSchema = Object.freeze({
  type: 'object',
  properties: {
    transports: { type: 'array', items: transport },
    transport,
    disableFileAccess: { type: 'boolean' },
    disableUrlAccess: { type: 'boolean' },
  },
})
