import type { DiscoveredColumn, DiscoveredForeignKey, Discovery, DiscoveryOptions, Entity } from '@reloop/connector'
import { call } from './legacy-call'
import { has, type RawConnector } from './raw'

/** Migration over LoopBack's `automigrate`, `autoupdate` and `isActual`; undefined for connectors without tables. */
export function schemaOf(raw: RawConnector, ensure: (entity: Entity) => void) {
  if (!has(raw, 'automigrate') && !has(raw, 'autoupdate')) return undefined
  const named = (entities: readonly Entity[]): string[] => {
    entities.forEach(ensure)
    return entities.map((entity) => entity.name)
  }
  return {
    async migrate({ entities, mode }: { readonly entities: readonly Entity[]; readonly mode: 'recreate' | 'alter' }): Promise<void> {
      const names = named(entities)
      const method = mode === 'recreate' ? 'automigrate' : 'autoupdate'
      if (has(raw, method) && names.length) await call(raw, method, [names])
    },
    async isActual({ entities }: { readonly entities: readonly Entity[] }): Promise<boolean> {
      const names = named(entities)
      if (!has(raw, 'isActual') || names.length === 0) return true
      const [actual] = await call(raw, 'isActual', [names])
      return Boolean(actual)
    },
    ...(has(raw, 'discoverModelDefinitions') && { discover: discoveryOf(raw) }),
  }
}

/** Rows as LoopBack's connectors give them: `nullable` is a word, and more may stand in them. */
type FoundTable = { readonly type: string; readonly name: string; readonly owner?: string }
type FoundColumn = Omit<DiscoveredColumn, 'nullable' | 'generated'> & { readonly nullable?: unknown; readonly generated?: unknown }
type FoundKey = { readonly columnName: string; readonly keySeq: number; readonly pkName?: string }

/** Discovery over LoopBack's `discover…` methods; a method that a connector lacks finds nothing. */
function discoveryOf(raw: RawConnector): Discovery {
  const discover = async <T>(method: string, args: readonly unknown[], options: DiscoveryOptions): Promise<readonly T[]> => {
    if (!has(raw, method)) return []
    const [rows] = await call(raw, method, [...args, { ...options, ...(options.owner && { schema: options.owner }) }])
    return (rows ?? []) as readonly T[]
  }
  return {
    async tables(options) {
      const found = await discover<FoundTable>('discoverModelDefinitions', [], options)
      const schema = found.length || options.owner ? undefined : defaultSchema(raw)
      return (schema ? await discover<FoundTable>('discoverModelDefinitions', [], { ...options, owner: schema }) : found).map(tableOf)
    },
    columns: async (table, options) => (await discover<FoundColumn>('discoverModelProperties', [table], options)).map(columnOf),
    primaryKeys: async (table, options) => (await discover<FoundKey>('discoverPrimaryKeys', [table], options)).map(keyOf),
    foreignKeys: async (table, options) =>
      (await discover<DiscoveredForeignKey>('discoverForeignKeys', [table], options)).map(foreignKeyOf),
    exportedForeignKeys: async (table, options) =>
      (await discover<DiscoveredForeignKey>('discoverExportedForeignKeys', [table], options)).map(foreignKeyOf),
  }
}

/** The schema of the connection; MySQL's connector looks for tables in the one that has the name of the user. */
function defaultSchema(raw: RawConnector): string | undefined {
  return has(raw, 'getDefaultSchema') ? (raw.getDefaultSchema as (options: object) => string | undefined)({}) : undefined
}

function tableOf({ type, name, owner }: FoundTable) {
  return { type: type === 'view' ? ('view' as const) : ('table' as const), name, owner }
}

function columnOf({
  columnName,
  dataType,
  dataLength,
  dataPrecision,
  dataScale,
  nullable,
  generated,
  type,
}: FoundColumn): DiscoveredColumn {
  const required = nullable === false || ['N', 'NO', '0'].includes(String(nullable))
  return { columnName, dataType, dataLength, dataPrecision, dataScale, nullable: !required, generated: Boolean(generated), type }
}

function keyOf({ columnName, keySeq, pkName }: FoundKey): FoundKey {
  return { columnName, keySeq, pkName }
}

function foreignKeyOf({
  fkName,
  fkTableName,
  fkColumnName,
  keySeq,
  pkTableName,
  pkColumnName,
  pkName,
}: DiscoveredForeignKey): DiscoveredForeignKey {
  return { fkName, fkTableName, fkColumnName, keySeq, pkTableName, pkColumnName, pkName }
}
