/** Reading a database's structure back. Names are those of the database. */
export interface Discovery {
  tables(options: DiscoveryOptions): Promise<readonly { readonly type: 'table' | 'view'; readonly name: string; readonly owner?: string }[]>
  columns(table: string, options: DiscoveryOptions): Promise<readonly DiscoveredColumn[]>
  primaryKeys(
    table: string,
    options: DiscoveryOptions,
  ): Promise<readonly { readonly columnName: string; readonly keySeq: number; readonly pkName?: string }[]>
  foreignKeys(table: string, options: DiscoveryOptions): Promise<readonly DiscoveredForeignKey[]>
  /** Foreign keys of other tables that point here. */
  exportedForeignKeys(table: string, options: DiscoveryOptions): Promise<readonly DiscoveredForeignKey[]>
}

export interface DiscoveryOptions {
  readonly owner?: string
  /** @default false */
  readonly views?: boolean
  readonly limit?: number
  readonly offset?: number
}

export interface DiscoveredColumn {
  readonly columnName: string
  readonly dataType: string
  readonly dataLength?: number
  readonly dataPrecision?: number
  readonly dataScale?: number
  readonly nullable: boolean
  readonly generated: boolean
  /** LoopBack's type for it: 'String', 'Number', 'Boolean', 'Date', 'Binary', 'GeoPoint', 'Object'. */
  readonly type: string
}

export interface DiscoveredForeignKey {
  readonly fkName: string
  readonly fkTableName: string
  readonly fkColumnName: string
  readonly keySeq: number
  readonly pkTableName: string
  readonly pkColumnName: string
  readonly pkName?: string
}
