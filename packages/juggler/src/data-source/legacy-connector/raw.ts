/** A connector of LoopBack: whatever its module made. */
export interface RawConnector {
  name?: unknown
  settings?: unknown
  relational?: unknown
  dataSource?: unknown
  DataAccessObject?: unknown
  [member: string]: unknown
}

/** What a connector package of LoopBack exports: `initialize`, a class, or a connector made already. */
export type LegacyModule =
  { initialize(dataSource: object, callback: (error?: unknown, result?: unknown) => void): unknown } | Function | RawConnector

/** What the door needs of a data source. */
export interface LegacyHost {
  readonly name?: unknown
  readonly modelBuilder?: { readonly models?: Readonly<Record<string, unknown>> }
  log?(statement: string, started: number): void
}

/** Whether a connector has a method. */
export function has(raw: RawConnector, method: string): boolean {
  return typeof raw[method] === 'function'
}

/** Whether models over it find and create rows; a connector whose own methods for models have neither hides what it has of that. */
export function storesRows(raw: RawConnector): boolean {
  const { DataAccessObject: own } = raw
  const hides = typeof own === 'function' && !('find' in own) && !('create' in own)
  return has(raw, 'all') && has(raw, 'create') && !hides
}

/**
 * What a connector makes of conditions. One that updates by condition understands them (`all`); a service over HTTP may use or ignore
 * them (`hints`); the others find rows by their id and little else (`ids`).
 */
export type Conditions = 'all' | 'hints' | 'ids'

/** What the connector makes of conditions, by what it has. */
export function conditionsOf(raw: RawConnector): Conditions {
  if (typesOf(raw).includes('rest')) return 'hints'
  return has(raw, 'update') || has(raw, 'updateAll') ? 'all' : 'ids'
}

/** Whether its rows are in tables of a relational database. */
export function isRelational(raw: RawConnector): boolean {
  return raw.relational === true || typesOf(raw).includes('rdbms')
}

function typesOf(raw: RawConnector): readonly unknown[] {
  const types = has(raw, 'getTypes') ? (raw.getTypes as () => unknown)() : raw.getTypes
  return Array.isArray(types) ? types : []
}
