import { capabilities, type ServiceConnector } from '@reloop/connector'
import { checkMessage } from './check-message'
import { errors } from './errors'
import { legacySend } from './legacy-send'
import type { MailSettings, MailTransport } from './settings'
import { createTransport, type Sent, type Transport } from './transports'

/** A mail as `send` takes it: nodemailer's properties, and the alias of the transport. */
export interface Mail {
  readonly to?: unknown
  readonly from?: unknown
  readonly subject?: string
  readonly text?: unknown
  readonly html?: unknown
  /** Alias of the transport. @default the first one */
  readonly transport?: string
  readonly [further: string]: unknown
}

/** What is needed beside the settings. */
export interface MailContext {
  /** Loads packages of the application. */
  readonly load: (name: string) => unknown
}

/** Sends mails through transports of nodemailer, which is loaded when the first mail is sent. */
export class MailConnector implements ServiceConnector {
  readonly name = 'mail'
  readonly capabilities = capabilities()
  /** What models of this connector can do: `Model.send(mail[, callback])`. */
  readonly methods: ServiceConnector['methods']
  readonly #settings: MailSettings
  readonly #load: MailContext['load']
  readonly #transports = new Map<string, { readonly setting: MailTransport; made?: Transport }>()

  constructor(settings: MailSettings, { load }: MailContext) {
    this.#settings = settings
    this.#load = load
    for (const setting of [...(settings.transports ?? []), ...(settings.transport ? [settings.transport] : [])])
      this.setupTransport(setting)
    this.methods = Object.freeze({ send: legacySend((mail) => this.send(mail)) })
  }

  connect(): void {}

  disconnect(): void {
    for (const entry of this.#transports.values()) {
      entry.made?.close()
      entry.made = undefined
    }
  }

  /** Asks the default transport for its server. */
  async ping(): Promise<void> {
    await this.defaultTransport()?.verify?.()
  }

  /** Adds a transport; one of the same name is replaced. */
  setupTransport(setting: MailTransport): void {
    const name = setting.alias ?? setting.type ?? 'smtp'
    this.#transports.get(name)?.made?.close()
    this.#transports.set(name, { setting: Object.freeze({ ...setting }) })
  }

  /** The transport of a name: its alias, else its type. Undefined when there is none. */
  transportForName(name: string): Transport | undefined {
    const entry = this.#transports.get(name) ?? this.#transports.get(name.toLowerCase())
    if (!entry) return undefined
    const { disableFileAccess = true, disableUrlAccess = true } = this.#settings
    return (entry.made ??= createTransport(entry.setting, { disableFileAccess, disableUrlAccess }, this.#load))
  }

  /** The first transport; undefined when there is none. */
  defaultTransport(): Transport | undefined {
    const [name] = this.#transports.keys()
    return name === undefined ? undefined : this.transportForName(name)
  }

  /**
   * Sends a mail.
   *
   * @param mail nodemailer's properties; others are left out
   * @returns what the transport answered; the mail itself where there is no transport, with a warning
   * @throws MAIL_HEADER_INVALID, MAIL_CONTENT_REFUSED, MAIL_TRANSPORT_UNKNOWN, MAIL_TRANSPORT_INVALID, and what the server answers
   */
  async send(mail: Mail): Promise<Sent> {
    const { disableFileAccess = true, disableUrlAccess = true } = this.#settings
    const message = checkMessage(mail, { files: !disableFileAccess, urls: !disableUrlAccess })
    const transport = this.#chosen(mail.transport)
    if (transport) return transport.sendMail({ ...message, disableFileAccess, disableUrlAccess })
    process.emitWarning('No mail transport is set up: the mail was not sent. Name one in the settings "transports" of the data source.')
    return mail
  }

  #chosen(name: unknown): Transport | undefined {
    if (name === undefined || name === null || name === '') return this.defaultTransport()
    const found = this.transportForName(String(name))
    if (found) return found
    throw errors.MAIL_TRANSPORT_UNKNOWN({ name: String(name), known: [...this.#transports.keys()] })
  }
}
