import { defineConnector } from '@reloop/connector'
import { MailConnector } from './mail-connector'
import { settings, type MailSettings } from './settings'

/**
 * Sends mails: `{ "connector": "mail", "transports": [{ "type": "smtp", "host": "localhost" }] }`.
 *
 * @example
 * const mail = new DataSource({ connector: 'mail', transports: [{ type: 'smtp', host: 'localhost' }] })
 */
export const connector = defineConnector<MailSettings>({
  name: 'mail',
  settings,
  create: (given, { load }) => new MailConnector(given, { load }),
})

export default connector

// For direct use
export { MailConnector, type Mail, type MailContext } from './mail-connector'
export type { MailSettings, MailTransport } from './settings'
export type { Sent, Transport } from './transports'

// Errors
export { errors } from './errors'
