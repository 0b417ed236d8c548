import { errors } from './errors'

type Message = Readonly<Record<string, unknown>>

/** What of an object is a mail; everything else that callers put into it (a user, a template) stays out. */
const known: readonly string[] = [
  'from',
  'sender',
  'to',
  'cc',
  'bcc',
  'replyTo',
  'inReplyTo',
  'references',
  'subject',
  'text',
  'html',
  'amp',
  'watchHtml',
  'icalEvent',
  'attachments',
  'alternatives',
  'envelope',
  'messageId',
  'date',
  'encoding',
  'textEncoding',
  'priority',
  'headers',
  'list',
  'attachDataUrls',
]

/** Parts whose texts may have several lines. */
const bodies: ReadonlySet<string> = new Set(['text', 'html', 'amp', 'watchHtml', 'content'])
/** Parts that hold content, or say where it is. */
const contents: ReadonlySet<string> = new Set([...bodies, 'icalEvent', 'attachments', 'alternatives'])

/** What may be read to make a mail. */
export interface MessageRules {
  readonly files: boolean
  readonly urls: boolean
}

/**
 * The mail in an object, checked: no line breaks where headers are made of it, and no places to read content from, unless allowed.
 *
 * @param given properties of a mail, and others, which are left out
 * @param rules what may be read
 * @throws MAIL_HEADER_INVALID, MAIL_CONTENT_REFUSED
 */
export function checkMessage(given: Message, rules: MessageRules): Message {
  if (given.raw !== undefined && given.raw !== null) throw errors.MAIL_CONTENT_REFUSED({ property: 'raw' })
  const message: Record<string, unknown> = {}
  for (const name of known) {
    const value = given[name]
    if (value === undefined || value === null) continue
    checkPart(value, { name, path: name, isContent: contents.has(name), rules })
    message[name] = value
  }
  return message
}

interface Part {
  readonly name: string
  readonly path: string
  readonly isContent: boolean
  readonly rules: MessageRules
}

function checkPart(value: unknown, part: Part): void {
  if (typeof value === 'string') {
    if (!bodies.has(part.name) && /[\r\n\0]/.test(value)) throw errors.MAIL_HEADER_INVALID({ property: part.path })
    return
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => checkPart(item, { ...part, path: `${part.path}[${index}]` }))
    return
  }
  if (typeof value !== 'object' || value === null || isBytes(value)) return
  if (part.isContent) checkPlaces(value as Message, part)
  for (const [name, inner] of Object.entries(value)) {
    if (/[\r\n\0]/.test(name)) throw errors.MAIL_HEADER_INVALID({ property: part.path })
    // In headers every name is one of theirs, also `text`.
    const known = part.isContent ? name : ''
    checkPart(inner, { ...part, name: known, path: `${part.path}.${name}` })
  }
}

function checkPlaces({ path, href, raw, filename }: Message, part: Part): void {
  const isUrl = typeof path === 'string' && /^(https?|ftp):/i.test(path)
  // A data URL holds what it stands for.
  const isData = typeof path === 'string' && /^data:/i.test(path)
  if (path !== undefined && !isData && !(isUrl ? part.rules.urls : part.rules.files))
    throw errors.MAIL_CONTENT_REFUSED({ property: `${part.path}.path` })
  if (href !== undefined && !part.rules.urls) throw errors.MAIL_CONTENT_REFUSED({ property: `${part.path}.href` })
  if (raw !== undefined) throw errors.MAIL_CONTENT_REFUSED({ property: `${part.path}.raw` })
  if (filename !== undefined && filename !== false && typeof filename !== 'string')
    throw errors.MAIL_CONTENT_REFUSED({ property: `${part.path}.filename` })
}

function isBytes(value: object): boolean {
  return value instanceof Uint8Array || value instanceof Date || typeof (value as { pipe?: unknown }).pipe === 'function'
}
