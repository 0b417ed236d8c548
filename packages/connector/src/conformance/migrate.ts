import assert from 'node:assert/strict'
import { plainCall, type SchemaConnector } from '../connector'
import { defineEntity, type Entity, type EntityDefinition } from '../entity'
import { compare } from '../query/build'
import { booking } from './entities'
import { capable, group, makesTables, when } from './group'
import { isCrud, refused, tableOf, type Kit, type Table } from './kit'

const first: EntityDefinition = {
  name: 'KitMigrated',
  table: 'kit_migrated',
  properties: { id: { type: 'integer', id: true }, name: { type: 'string', length: 200 }, old: { type: 'string', column: 'old_name' } },
}

function withMore(more: EntityDefinition['properties'], rest: Partial<EntityDefinition> = {}): Entity {
  return defineEntity({ ...first, properties: { ...first.properties, ...more }, ...rest })
}

/** Makes the table of the first version, with two rows in it. */
async function begun({
  connector,
}: Kit): Promise<{ readonly schema: SchemaConnector; readonly entity: Entity; readonly as: (entity: Entity) => Table }> {
  assert.ok(isCrud(connector))
  const schema = connector as typeof connector & SchemaConnector
  const entity = defineEntity(first)
  const as = (version: Entity) => {
    connector.define?.(version)
    return tableOf(connector, version)
  }
  const table = as(entity)
  await schema.migrate({ entities: [entity], mode: 'recreate' })
  await table.insert({ id: 1, name: 'a', old: 'x' }, { id: 2, name: 'b' })
  return { schema, entity, as }
}

export const migrate = group('migrate', makesTables, {
  'recreate makes a table, and drops the rows of an older one': async (kit) => {
    const { schema, entity, as } = await begun(kit)
    await schema.migrate({ entities: [entity], mode: 'recreate' })
    assert.equal(await as(entity).count(), 0)
    await as(entity).insert({ id: 1, name: 'again' })
  },
  'recreate takes several entities at once': async (kit) => {
    const { schema, entity, as } = await begun(kit)
    const other = defineEntity({
      name: 'KitMigratedToo',
      table: 'kit_migrated_too',
      properties: { id: { type: 'integer', id: true }, on: 'boolean' },
    })
    await schema.migrate({ entities: [entity, other], mode: 'recreate' })
    await as(other).insert({ id: 1, on: true })
    assert.deepEqual([await as(entity).count(), await as(other).count()], [0, 1])
  },
  'recreate takes another shape of a table': async (kit) => {
    const { schema, as } = await begun(kit)
    const changed = defineEntity({ ...first, properties: { id: { type: 'string', id: true, length: 100 }, when: 'date' } })
    await schema.migrate({ entities: [changed], mode: 'recreate' })
    await as(changed).insert({ id: 'x', when: new Date(0) })
    assert.deepEqual(await as(changed).find(), [{ id: 'x', when: new Date(0) }])
  },
  'recreate makes a table with an id of two parts': async ({ open }) => {
    const table = await open(booking)
    await table.insert({ flight: 'A', seat: 1 }, { flight: 'A', seat: 2 })
    await refused(() => table.insert({ flight: 'A', seat: 2 }), 'DUPLICATE_ENTRY')
  },
  'alter makes a table that is not there': async (kit) => {
    const { schema, as } = await begun(kit)
    const fresh = defineEntity({ name: 'KitFresh', table: 'kit_fresh', properties: { id: { type: 'integer', id: true }, name: 'string' } })
    await schema.migrate({ entities: [fresh], mode: 'alter' })
    await as(fresh).remove()
    await as(fresh).insert({ id: 1, name: 'a' })
    assert.equal(await as(fresh).count(), 1)
  },
  'alter adds columns and keeps the rows': async (kit) => {
    const { schema, as } = await begun(kit)
    const wider = withMore({ price: { type: 'number', column: 'unit_price' }, tags: { type: 'list', items: 'string' }, at: 'date' })
    await schema.migrate({ entities: [wider], mode: 'alter' })
    const table = as(wider)
    await table.insert({ id: 3, name: 'c', price: 2.5, tags: ['x'], at: new Date(5) })
    assert.deepEqual(await table.find(), [
      { id: 1, name: 'a', old: 'x' },
      { id: 2, name: 'b' },
      { id: 3, name: 'c', price: 2.5, tags: ['x'], at: new Date(5) },
    ])
  },
  'alter drops no column': async (kit) => {
    const { schema, entity, as } = await begun(kit)
    const narrower = defineEntity({ ...first, properties: { id: { type: 'integer', id: true }, name: { type: 'string', length: 200 } } })
    await schema.migrate({ entities: [narrower], mode: 'alter' })
    assert.deepEqual(await as(narrower).find({ limit: 1 }), [{ id: 1, name: 'a' }])
    assert.deepEqual(await as(entity).find({ limit: 1 }), [{ id: 1, name: 'a', old: 'x' }])
  },
  'alter a second time changes nothing': async (kit) => {
    const { schema, as } = await begun(kit)
    const wider = withMore({ price: 'number' })
    await schema.migrate({ entities: [wider], mode: 'alter' })
    await schema.migrate({ entities: [wider], mode: 'alter' })
    assert.equal(await as(wider).count(), 2)
  },
  'isActual tells whether alter would change anything': async (kit) => {
    const { schema, entity } = await begun(kit)
    assert.equal(await schema.isActual({ entities: [entity] }), true)
    const wider = withMore({ price: 'number' })
    assert.equal(await schema.isActual({ entities: [wider] }), false)
    await schema.migrate({ entities: [wider], mode: 'alter' })
    assert.equal(await schema.isActual({ entities: [wider] }), true)
  },
  'isActual is false for a table that is not there': async (kit) => {
    const { schema } = await begun(kit)
    const missing = defineEntity({ name: 'KitMissing', table: 'kit_never_made', properties: { id: { type: 'integer', id: true } } })
    assert.equal(await schema.isActual({ entities: [missing] }), false)
  },
  'isActual holds for every type once its table is made': async (kit) => {
    const { schema } = await begun(kit)
    const every = defineEntity({
      name: 'KitEveryType',
      table: 'kit_every_type',
      properties: {
        id: { type: 'number', id: true, generated: true },
        string: 'string',
        sized: { type: 'string', length: 40 },
        text: 'text',
        number: 'number',
        integer: 'integer',
        bigint: 'bigint',
        decimal: { type: 'decimal', precision: 12, scale: 2 },
        boolean: 'boolean',
        date: 'date',
        dateOnly: 'dateOnly',
        buffer: 'buffer',
        geopoint: 'geopoint',
        object: 'object',
        list: { type: 'list', items: 'string' },
        any: 'any',
        required: { type: 'string', required: true },
      },
      indexes: [{ name: 'kit_every_type_number', keys: [{ property: 'number', direction: 'DESC' }] }],
    })
    await schema.migrate({ entities: [every], mode: 'recreate' })
    assert.equal(await schema.isActual({ entities: [every] }), true)
    await schema.migrate({ entities: [every], mode: 'alter' })
    assert.equal(await schema.isActual({ entities: [every] }), true)
  },
  'alter adds a unique index': when(capable('unique'), async (kit) => {
    const { schema, as } = await begun(kit)
    const stricter = withMore({ name: { type: 'string', length: 200, unique: true } })
    assert.equal(await schema.isActual({ entities: [stricter] }), false)
    await schema.migrate({ entities: [stricter], mode: 'alter' })
    await refused(() => as(stricter).insert({ id: 3, name: 'a' }), 'DUPLICATE_ENTRY')
    assert.equal(await as(stricter).count(), 2)
  }),
  'alter adds an index over several properties': when(capable('unique'), async (kit) => {
    const { schema, as } = await begun(kit)
    const keys = ['name', 'old'].map((property) => ({ property, direction: 'ASC' as const }))
    const stricter = withMore({}, { indexes: [{ name: 'kit_migrated_name_old', keys, unique: true }] })
    await schema.migrate({ entities: [stricter], mode: 'alter' })
    await refused(() => as(stricter).insert({ id: 3, name: 'a', old: 'x' }), 'DUPLICATE_ENTRY')
    await as(stricter).insert({ id: 3, name: 'a', old: 'y' })
  }),
  'a property that must have a value refuses null': when(capable('relational'), async (kit) => {
    const { schema, as } = await begun(kit)
    const strict = defineEntity({ ...first, properties: { id: { type: 'integer', id: true }, name: { type: 'string', required: true } } })
    await schema.migrate({ entities: [strict], mode: 'recreate' })
    await refused(() => as(strict).insert({ id: 1 }), 'VALUE_REQUIRED')
    await as(strict).insert({ id: 1, name: 'a' })
    await refused(() => as(strict).update(compare('id', 'eq', 1), { set: { name: null } }), 'VALUE_REQUIRED')
  }),
  'any name is a name of a table and of columns': async (kit) => {
    const { schema, as } = await begun(kit)
    const odd = defineEntity({
      name: 'KitOdd',
      table: 'kit odd "table" Ž',
      properties: { id: { type: 'integer', id: true }, value: { type: 'string', column: 'a "b" \'c\' %' }, select: 'string' },
    })
    await schema.migrate({ entities: [odd], mode: 'recreate' })
    await as(odd).insert({ id: 1, value: 'x', select: 'y' })
    assert.deepEqual(await as(odd).find({ where: compare('value', 'eq', 'x') }), [{ id: 1, value: 'x', select: 'y' }])
    assert.equal(await schema.isActual({ entities: [odd] }), true)
  },
  'alter inside calls in flight does no harm': async (kit) => {
    const { schema, as } = await begun(kit)
    const wider = withMore({ price: 'number' })
    const table = as(defineEntity(first))
    const reads = Array.from({ length: 10 }, () => table.count())
    await schema.migrate({ entities: [wider], mode: 'alter' })
    assert.deepEqual(
      await Promise.all(reads),
      Array.from({ length: 10 }, () => 2),
    )
    assert.equal((await as(wider).connector.find({ entity: wider, query: {} }, plainCall)).length, 2)
  },
})
