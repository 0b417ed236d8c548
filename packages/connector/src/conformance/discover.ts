import assert from 'node:assert/strict'
import type { SchemaConnector } from '../connector'
import type { Discovery } from '../discovery'
import { defineEntity } from '../entity'
import { booking } from './entities'
import { group, makesTables, method } from './group'
import type { Kit } from './kit'

const author = defineEntity({
  name: 'KitAuthor',
  table: 'kit_author',
  properties: {
    id: { type: 'integer', id: true },
    name: { type: 'string', required: true, column: 'full_name', length: 120 },
    born: 'date',
    rating: 'number',
    alive: 'boolean',
    portrait: 'buffer',
  },
})

const book = defineEntity({
  name: 'KitBook',
  table: 'kit_book',
  properties: { id: { type: 'integer', id: true }, title: 'string', authorId: { type: 'integer', column: 'author_id' } },
  foreignKeys: [{ name: 'kit_book_author', properties: ['authorId'], references: { table: 'kit_author', columns: ['id'] } }],
})

async function discovery({ connector }: Kit): Promise<Discovery> {
  const schema = connector as SchemaConnector
  for (const entity of [author, book, booking]) connector.define?.(entity)
  await schema.migrate({ entities: [author, book, booking], mode: 'recreate' })
  return schema.discover!
}

export const discover = group('discover', (connector) => makesTables(connector) ?? method('discover')(connector), {
  'tables are listed under the names of the database': async (kit) => {
    const tables = await (await discovery(kit)).tables({})
    const found = tables.filter(({ name }) => ['kit_author', 'kit_book', 'kit_booking'].includes(name))
    assert.deepEqual(found.map(({ name, type }) => `${type} ${name}`).sort(), ['table kit_author', 'table kit_book', 'table kit_booking'])
  },
  'the list of tables is cut by limit and offset': async (kit) => {
    const found = await discovery(kit)
    const names = (await found.tables({})).map(({ name }) => name)
    assert.deepEqual(
      (await found.tables({ limit: 2, offset: 1 })).map(({ name }) => name),
      names.slice(1, 3),
    )
  },
  'columns are listed in the order of the table': async (kit) => {
    const columns = await (await discovery(kit)).columns('kit_author', {})
    assert.deepEqual(
      columns.map(({ columnName }) => columnName),
      ['id', 'full_name', 'born', 'rating', 'alive', 'portrait'],
    )
  },
  'columns tell whether they may be null': async (kit) => {
    const columns = await (await discovery(kit)).columns('kit_author', {})
    const nullable = Object.fromEntries(columns.map((column) => [column.columnName, column.nullable]))
    assert.deepEqual([nullable.full_name, nullable.born], [false, true])
  },
  'columns tell the type that a model would have': async (kit) => {
    const columns = await (await discovery(kit)).columns('kit_author', {})
    const types = Object.fromEntries(columns.map((column) => [column.columnName, column.type]))
    assert.deepEqual(
      [types.id, types.full_name, types.born, types.rating, types.alive, types.portrait],
      ['Number', 'String', 'Date', 'Number', 'Boolean', 'Binary'],
    )
  },
  'columns of a table that is not there are none': async (kit) => {
    assert.deepEqual(await (await discovery(kit)).columns("kit_none' OR '1'='1", {}), [])
  },
  'primary keys have the order of the key': async (kit) => {
    const keys = await (await discovery(kit)).primaryKeys('kit_booking', {})
    assert.deepEqual(
      keys.map(({ columnName, keySeq }) => [columnName, keySeq]),
      [
        ['flight_no', 1],
        ['seat', 2],
      ],
    )
  },
  'foreign keys tell where they point': async (kit) => {
    const [key, ...others] = await (await discovery(kit)).foreignKeys('kit_book', {})
    assert.deepEqual(others, [])
    assert.deepEqual(
      [key?.fkTableName, key?.fkColumnName, key?.pkTableName, key?.pkColumnName, key?.keySeq],
      ['kit_book', 'author_id', 'kit_author', 'id', 1],
    )
  },
  'exported foreign keys tell what points here': async (kit) => {
    const [key, ...others] = await (await discovery(kit)).exportedForeignKeys('kit_author', {})
    assert.deepEqual(others, [])
    assert.deepEqual([key?.fkTableName, key?.fkColumnName, key?.pkColumnName], ['kit_book', 'author_id', 'id'])
  },
})
