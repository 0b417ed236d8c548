import type { ModelDefinition } from '../../definition/model-definition'
import { has, type LegacyHost, type RawConnector } from './raw'

/** A data source as its connector sees it, and what the connector did to it. */
export interface LegacyView {
  /** Passes for the data source, `instanceof` included, but has the connector of LoopBack as its `connector`. */
  readonly dataSource: object
  readonly raw: () => RawConnector | undefined
  readonly setConnected: (connected: boolean) => void
}

/** What definitions are looked up in before the data source is asked. */
export type LookUp = (model: string) => ModelDefinition | undefined

/**
 * Makes the view that a module of LoopBack is given instead of the data source. Its writes to `connector`, `connected` and the like
 * stay in the view, because the data source keeps a connector of ours there; everything else reaches the data source.
 */
export function legacyView(host: LegacyHost, settings: object, lookUp: LookUp): LegacyView {
  const own: Record<PropertyKey, unknown> = { settings, connector: undefined, connected: false, connecting: false, initialized: false }
  const bound = new Map<Function, Function>()
  const added = additions(own, lookUp)

  const read = (key: PropertyKey): unknown => {
    const value: unknown = Reflect.get(host, key, host)
    if (typeof value !== 'function' || key === 'constructor' || Object.hasOwn(host, key)) return value
    let method = bound.get(value)
    if (!method) bound.set(value, (method = value.bind(host) as Function))
    return method
  }

  const dataSource = new Proxy(host, {
    get(_, key) {
      if (key === 'adapter') return own.connector
      if (Object.hasOwn(own, key)) return own[key]
      const extra = added[key as string]
      return (extra && extra(read(key))) ?? read(key)
    },
    set(_, key, value) {
      if (key === 'adapter') own.connector = value
      else if (Object.hasOwn(own, key)) own[key] = value
      else return Reflect.set(host, key, value, host)
      return true
    },
  })

  return {
    dataSource,
    raw: () => own.connector as RawConnector | undefined,
    setConnected: (connected) => Object.assign(own, { connected, connecting: false, initialized: true }),
  }
}

/** Members that connectors ask for: given the data source's own, if it has one, each answers what the connector shall see. */
function additions(own: Record<PropertyKey, unknown>, lookUp: LookUp): Record<string, (theirs: unknown) => unknown> {
  const name = () => String((own.connector as RawConnector | undefined)?.name)
  const over = (answer: (definition: ModelDefinition, ...args: string[]) => unknown) => (theirs: unknown) => {
    return (model: string, ...args: string[]) => {
      const definition = lookUp(model)
      return definition ? answer(definition, ...args) : (theirs as ((...args: unknown[]) => unknown) | undefined)?.(model, ...args)
    }
  }
  return {
    getModelDefinition: over((definition) => definition),
    idName: over((definition) => definition.idName()),
    idNames: over((definition) => definition.idNames()),
    idProperty: over((definition) => definition.ids()[0]?.property),
    idColumnName: over((definition) => definition.idColumnName(name())),
    tableName: over((definition) => definition.tableName(name())),
    columnName: over((definition, property) => definition.columnName(name(), property)),
    columnMetadata: over((definition, property) => definition.columnMetadata(name(), property)),
    columnNames: over((definition) => definition.columnNames(name())),
    isRelational: () => () => Boolean((own.connector as RawConnector | undefined)?.relational),
    getMaxOfflineRequests: (theirs) => theirs ?? (() => 16),
    juggler: (theirs) => theirs ?? { KeyValueAccessObject },
  }
}

/** Stands for LoopBack's class of that name, which key-value connectors name as theirs. */
function KeyValueAccessObject(): void {}

/** Whether a connector said that it stores values under keys. */
export function isKeyValue(raw: RawConnector): boolean {
  const named = (raw.DataAccessObject as { name?: unknown } | undefined)?.name
  return has(raw, 'get') && has(raw, 'set') && (named === 'KeyValueAccessObject' || !has(raw, 'all'))
}
