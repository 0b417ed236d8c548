/** A document in plain JSON, whose keys are in a fixed order. */
export type Document = { readonly [key: string]: unknown }

/** What a document says about the API besides its contract. Of what OpenAPI allows in `info`. */
export interface DocumentInfo {
  readonly title?: string
  readonly version?: string
  readonly description?: string
  readonly termsOfService?: string
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string }
  readonly license?: { readonly name: string; readonly url?: string }
}

/** How a document is made. */
export interface DocumentOptions {
  /** Replaces what the contract says about itself. */
  readonly info?: DocumentInfo
  /** Host and port, when the document is read from elsewhere. @default the host that serves the document */
  readonly host?: string
  /** Only with `host`. @default 'https' */
  readonly protocol?: 'http' | 'https'
  /** Declare that requests may carry an access token. @default true */
  readonly security?: boolean
}

/** The title, version and description that a document shows. */
export function infoOf(contract: { readonly info: DocumentInfo }, options: DocumentOptions): DocumentInfo {
  const { title, version, description, termsOfService, contact, license } = { ...contract.info, ...options.info }
  return defined({
    title: title ?? 'Reloop',
    version: version ?? '1.0.0',
    description: description === undefined ? undefined : markdown(description),
    termsOfService,
    contact,
    license,
  })
}

/** A copy without keys whose value is undefined. */
export function defined<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T
}

/**
 * Text as the CommonMark that descriptions are: tags of HTML become text, so that nothing in a description can be more than text.
 * Code spans are text already.
 */
export function markdown(text: string): string {
  return text
    .split(/(`+[^`]+`+)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/<(?=[a-z/!?])/gi, '&lt;')))
    .join('')
}

/** Names as keys of components: what OpenAPI does not allow in them becomes `_`, and no two become the same. */
export function componentNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  const taken = new Set<string>()
  for (const name of [...names].sort()) {
    let key = name.replace(/[^\w.-]/g, '_') || '_'
    while (taken.has(key)) key += '_'
    taken.add(key)
    keys.set(name, key)
  }
  return keys
}

/** Whether the reply or argument is more than JSON: a file or a stream of events. */
export function mediaOf(type: unknown): string | undefined {
  if (type === 'file') return 'application/octet-stream'
  return type === 'ReadableStream' ? 'text/event-stream' : undefined
}
