import { isConnectorDefinition, type ConnectorDefinition } from '@reloop/connector'
import { isPlainObject, type PlainObject } from '../value/plain'

/** What a data source is made from, whatever form it was given in. */
export interface Construction {
  readonly name: string
  readonly settings: PlainObject
  /** A connector module or definition that was given itself. */
  readonly module?: unknown
}

/** Reads the forms of construction: name and settings, settings alone, a URL, or a connector module and settings. */
export function readConstruction(first: unknown, second: unknown): Construction {
  if (isModule(first)) {
    const settings = { ...(isPlainObject(second) ? second : {}) }
    return { name: String(settings.name ?? nameOf(first)), settings, module: first }
  }
  if (typeof first === 'string' && first.includes('://')) return fromSettings(undefined, parseUrl(first))
  if (typeof first === 'string') return fromSettings(first, typeof second === 'string' ? parseUrl(second) : second)
  return fromSettings(undefined, typeof first === 'object' && first !== null ? first : {})
}

function fromSettings(name: string | undefined, given: unknown): Construction {
  const settings: PlainObject = { ...(given as PlainObject | undefined) }
  if (typeof settings.url === 'string' && settings.connector === undefined)
    Object.assign(settings, { ...parseUrl(settings.url), ...settings })
  if (settings.connector === undefined) settings.connector = settings.adapter ?? name
  const module = typeof settings.connector === 'string' ? undefined : settings.connector
  const own = settings.initialize ? settings : module
  const title = name ?? settings.name ?? (typeof settings.connector === 'string' ? settings.connector : nameOf(own))
  return { name: String(title), settings, module: own }
}

function isModule(value: unknown): boolean {
  if (typeof value === 'function' || isConnectorDefinition(value)) return true
  if (typeof value !== 'object' || value === null) return false
  const module = value as PlainObject
  return typeof module.initialize === 'function' && module.connector === undefined
}

function nameOf(module: unknown): string {
  return String((module as { name?: unknown } | undefined)?.name ?? 'db')
}

/** Settings from a URL: connector, host, port, user, password, database, and each part of the query. */
function parseUrl(url: string): PlainObject {
  const parsed = new URL(url)
  const settings: PlainObject = { connector: parsed.protocol.replace(/:$/, ''), url }
  if (parsed.hostname) settings.host = settings.hostname = decodeURIComponent(parsed.hostname)
  if (parsed.port) settings.port = Number(parsed.port)
  if (parsed.username) settings.user = settings.username = decodeURIComponent(parsed.username)
  if (parsed.password) settings.password = decodeURIComponent(parsed.password)
  const database = parsed.pathname.split('/')[1]
  if (database) settings.database = decodeURIComponent(database)
  for (const [key, value] of parsed.searchParams) put(settings, key, value)
  return settings
}

/** `a[b]=c` nests. */
function put(settings: PlainObject, key: string, value: string): void {
  const parts = key.split(/\[|\]\[?/).filter((part) => part !== '')
  if (parts.some((part) => part === '__proto__' || part === 'constructor' || part === 'prototype')) return
  let at = settings
  for (const part of parts.slice(0, -1)) at = isPlainObject(at[part]) ? at[part] : (at[part] = {})
  at[parts.at(-1)!] = value
}

/** Settings that the data source reads itself; a connector never sees them. */
const own: ReadonlySet<string> = new Set([
  'name',
  'connector',
  'adapter',
  'debug',
  'connectionTimeout',
  'lazyConnect',
  'compat',
  'limits',
  'initialize',
  'normalizeUndefinedInQuery',
  'maxOfflineRequests',
  'inqLimit',
  'cursorSecret',
  'maxDepthOfQuery',
  'maxDepthOfData',
  'prohibitHiddenPropertiesInQuery',
  'allowExtendedOperators',
])

/** What is left for the connector; keys of ours that its schema names are left too. */
export function connectorSettings(settings: PlainObject, definition: ConnectorDefinition): PlainObject {
  const named = isPlainObject(definition.settings.properties) ? definition.settings.properties : {}
  const fromUrl = settings.url === undefined ? [] : ['url', 'hostname', 'username']
  return Object.fromEntries(
    Object.entries(settings).filter(([key]) => Object.hasOwn(named, key) || !(own.has(key) || fromUrl.includes(key))),
  )
}
