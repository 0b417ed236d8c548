import type { DiscoveredColumn, Discovery, DiscoveryOptions, SchemaConnector } from '@reloop/connector'
import { errors } from '../errors'
import type { ModelConstructor } from '../model/types'
import type { PlainObject } from '../value/plain'
import type { DataSourceCore } from './core'

/** What a discovery is asked; names of LoopBack's options. */
export interface DiscoverOptions extends DiscoveryOptions {
  readonly schema?: string
  readonly all?: boolean
  readonly relations?: boolean
  readonly associations?: boolean
  readonly disableCamelCase?: boolean
  /** From a name of the database to one of a model; null keeps the names. */
  readonly nameMapper?: ((type: string, name: string) => string) | null
  readonly base?: ModelConstructor
}

/** A model as it was read from a database. */
export interface DiscoveredSchema {
  readonly name: string
  readonly options: PlainObject
  readonly properties: Record<string, PlainObject>
}

/** The discovery of a source's connector; undefined where it has none. */
export async function discoveryOf(source: DataSourceCore): Promise<Discovery | undefined> {
  await source.whenConnected()
  return (source.connector as Partial<SchemaConnector>).discover
}

function words(name: string): readonly string[] {
  return name.split(/[-_]+/).filter((word) => word !== '')
}

function pascal(name: string): string {
  return words(name)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join('')
}

function mapper(options: DiscoverOptions): (type: 'table' | 'column' | 'fk', name: string) => string {
  if (options.nameMapper === null || options.disableCamelCase) return (_type, name) => name
  if (options.nameMapper) return options.nameMapper
  return (type, name) => {
    const joined = pascal(name)
    return type === 'table' ? joined : joined.charAt(0).toLowerCase() + joined.slice(1)
  }
}

/** Schemas of a table and, where relations are asked for, of the tables that it refers to, by `owner.table`. */
export async function discoverSchemas(
  source: DataSourceCore,
  table: string,
  options: DiscoverOptions = {},
): Promise<Record<string, DiscoveredSchema>> {
  const discovery = await discoveryOf(source)
  const found: Record<string, DiscoveredSchema> = {}
  if (!discovery) return found
  const waiting = [table]
  const seen = new Set<string>()
  while (waiting.length) {
    const next = waiting.shift()!
    if (seen.has(next)) continue
    seen.add(next)
    const { schema, refers } = await discoverOne(source, { discovery, table: next, options })
    found[`${options.owner ?? options.schema ?? ''}.${next}`.replace(/^\./, '')] = schema
    waiting.push(...refers)
  }
  return found
}

interface Discovering {
  readonly discovery: Discovery
  readonly table: string
  readonly options: DiscoverOptions
}

async function discoverOne(
  source: DataSourceCore,
  { discovery, table, options }: Discovering,
): Promise<{ schema: DiscoveredSchema; refers: readonly string[] }> {
  const name = mapper(options)
  const at = { owner: options.owner ?? options.schema }
  const columns = await discovery.columns(table, at)
  if (columns.length === 0) throw errors.DISCOVERY_TABLE_MISSING({ table })
  const keys = new Map((await discovery.primaryKeys(table, at)).map((key) => [key.columnName, key.keySeq]))
  const connector = source.connector.name
  const properties = Object.fromEntries(
    columns.map((column) => [name('column', column.columnName), propertyOf(column, { connector, key: keys.get(column.columnName) })]),
  )
  const schema: DiscoveredSchema = {
    name: name('table', table),
    options: { idInjection: false, [connector]: { ...(at.owner && { schema: at.owner }), table } },
    properties,
  }
  if (!options.relations && !options.associations) return { schema, refers: [] }
  const foreign = await discovery.foreignKeys(table, at)
  schema.options.relations = Object.fromEntries(
    foreign.map((key) => {
      const as = name('fk', key.fkName || key.fkColumnName)
      return [
        `${as}${as.endsWith('Rel') ? '' : 'Rel'}`,
        { type: 'belongsTo', model: name('table', key.pkTableName), foreignKey: name('column', key.fkColumnName) },
      ]
    }),
  )
  return { schema, refers: foreign.map((key) => key.pkTableName) }
}

function propertyOf(column: DiscoveredColumn, at: { connector: string; key?: number }): PlainObject {
  return {
    type: column.type,
    required: !column.nullable && !column.generated,
    ...(column.dataLength !== undefined && { length: column.dataLength }),
    ...(column.dataPrecision !== undefined && { precision: column.dataPrecision }),
    ...(column.dataScale !== undefined && { scale: column.dataScale }),
    ...(at.key !== undefined && { id: at.key }),
    ...(column.generated && { generated: true }),
    [at.connector]: {
      columnName: column.columnName,
      dataType: column.dataType,
      ...(column.dataLength !== undefined && { dataLength: column.dataLength }),
      ...(column.dataPrecision !== undefined && { dataPrecision: column.dataPrecision }),
      ...(column.dataScale !== undefined && { dataScale: column.dataScale }),
      nullable: column.nullable ? 'Y' : 'N',
    },
  }
}
