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

/** Whether its rows are in tables of a relational database. */
export function isRelational(raw: RawConnector): boolean {
  if (raw.relational === true) return true
  const types = has(raw, 'getTypes') ? (raw.getTypes as () => unknown)() : raw.getTypes
  return Array.isArray(types) && types.includes('rdbms')
}
