import { defineEntity, type SchemaConnector } from '@reloop/connector'
import { DataSource } from '../../src/data-source/data-source'

type Done = (error: Error | null, result?: unknown) => void

/** Tables as connectors of LoopBack make and find them. */
class Tables {
  readonly name = 'tables'
  readonly relational = true
  readonly seen: unknown[] = []

  define(definition: { model: { modelName: string }; settings: object }): void {
    this.seen.push(['define', definition.model.modelName, definition.settings])
  }

  automigrate(models: string[], done: Done): void {
    this.seen.push(['automigrate', models])
    process.nextTick(done, null)
  }

  autoupdate(models: string[], done: Done): void {
    this.seen.push(['autoupdate', models])
    process.nextTick(done, null)
  }

  isActual(models: string[], done: Done): void {
    process.nextTick(done, null, models.includes('Made'))
  }

  discoverModelDefinitions(options: object, done: Done): void {
    this.seen.push(['tables', options])
    process.nextTick(done, null, [{ type: 'table', name: 'made', owner: 'public' }, { type: 'view', name: 'seen' }]) // prettier-ignore
  }

  discoverModelProperties(table: string, options: object, done: Done): void {
    const column = { owner: 'public', tableName: table, columnName: 'id', dataType: 'int', type: 'Number', nullable: 'N', generated: 1 }
    process.nextTick(done, null, [
      column,
      { ...column, columnName: 'text', type: 'String', dataType: 'varchar', nullable: 'Y', generated: undefined },
    ])
  }

  discoverPrimaryKeys(table: string, options: object, done: Done): void {
    process.nextTick(done, null, [{ tableName: table, columnName: 'id', keySeq: 1, pkName: 'pk' }])
  }
}

describe('tables of a connector of LoopBack', () => {
  const raw = new Tables()
  const source = new DataSource({ initialize: (host: { connector?: unknown }, done: Done) => ((host.connector = raw), done(null)) }, {})
  const connector = source.connector as SchemaConnector
  const entity = defineEntity({ name: 'Made', table: 'made', schema: 'shop', properties: { id: { type: 'number', id: true } } })

  it('are made and altered under the names of models that it was told', async () => {
    await connector.migrate({ entities: [entity], mode: 'recreate' })
    await connector.migrate({ entities: [entity], mode: 'alter' })
    await connector.migrate({ entities: [], mode: 'alter' })
    expect(raw.seen).toEqual([
      ['define', 'Made', expect.objectContaining({ tables: { table: 'made', schema: 'shop' } })],
      ['automigrate', ['Made']],
      ['autoupdate', ['Made']],
    ])
    expect(await connector.isActual({ entities: [entity] })).toBe(true)
  })

  it('are found in our form', async () => {
    const { discover } = connector
    expect(await discover!.tables({ owner: 'public', views: true })).toEqual([
      { type: 'table', name: 'made', owner: 'public' },
      { type: 'view', name: 'seen', owner: undefined },
    ])
    expect(raw.seen.at(-1)).toEqual(['tables', { owner: 'public', schema: 'public', views: true }])
    expect(await discover!.columns('made', {})).toMatchObject([
      { columnName: 'id', type: 'Number', nullable: false, generated: true },
      { columnName: 'text', type: 'String', nullable: true, generated: false },
    ])
    expect(await discover!.primaryKeys('made', {})).toEqual([{ columnName: 'id', keySeq: 1, pkName: 'pk' }])
  })

  it('have no foreign keys where the connector cannot tell', async () => {
    expect(await connector.discover!.foreignKeys('made', {})).toEqual([])
  })
})
