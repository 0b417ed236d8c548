import type { Connector } from './connector'

/** JSON Schema (draft 2020-12 subset that Ajv reads) of a connector's settings. */
export type SettingsSchema = Readonly<Record<string, unknown>>

/** What a data source gives to a connector when it makes one. */
export interface ConnectorContext {
  /** Name of the data source, for messages. */
  readonly dataSource: string
  /** Loads a package from the application's folder; throws CONNECTOR_DRIVER_MISSING. */
  readonly load: (driver: string) => unknown
  /** Tells what a statement was and how many milliseconds it took. */
  readonly log?: (statement: string, milliseconds: number) => void
}

/** A kind of connector: its name, the schema of its settings, and how one is made. */
export interface ConnectorDefinition<S = Record<string, unknown>> {
  readonly name: string
  readonly settings: SettingsSchema
  readonly create: (settings: S, context: ConnectorContext) => Connector
}

/**
 * Declares a kind of connector; a connector package exports the result as `connector` and as its default.
 *
 * @param definition name, settings schema and factory; settings reach `create` already checked
 * @returns the same definition, frozen and marked as ours
 * @example
 * export const connector = defineConnector({ name: 'memory', settings: schema, create: (settings) => new MemoryConnector(settings) })
 */
export function defineConnector<S>(definition: ConnectorDefinition<S>): ConnectorDefinition<S> {
  return Object.freeze({ ...definition, [mark]: true })
}

const mark = Symbol.for('@reloop/connector')

/**
 * Whether a module's export was made by `defineConnector` (also by another copy of this package).
 *
 * @example isConnectorDefinition(require('@reloop/connector-memory').connector) // true
 */
export function isConnectorDefinition(value: unknown): value is ConnectorDefinition {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[mark] === true
}
