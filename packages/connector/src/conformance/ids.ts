import assert from 'node:assert/strict'
import { plainCall, type Row } from '../connector'
import { compare } from '../query/build'
import { booking, country, nothingMore, noteOf } from './entities'
import { nastyTexts } from './fixtures'
import { group, storesRows, when, type Need } from './group'
import { plainRow, refused, type Kit } from './kit'

const makesIds: Need = ({ capabilities }) => (capabilities.generatedIds === 'none' ? 'makes no ids' : undefined)
const makesNumbers: Need = ({ capabilities }) => (capabilities.generatedIds === 'number' ? undefined : 'makes no numbers')

async function notes({ open, connector }: Kit) {
  return open(noteOf(connector.capabilities))
}

async function bookings({ open }: Kit) {
  const table = await open(booking)
  await table.insert({ flight: 'B', seat: 1, guest: 'b1' }, { flight: 'A', seat: 10, guest: 'a10' }, { flight: 'A', seat: 2, guest: 'a2' })
  return table
}

export const ids = group('ids', storesRows, {
  'the store makes an id and insert returns it': when(makesIds, async (kit) => {
    const table = await notes(kit)
    const [row] = await table.insert({ text: 'a' })
    assert.equal(typeof row?.id, kit.connector.capabilities.generatedIds)
    assert.deepEqual(await table.find({ where: compare('id', 'eq', row?.id) }), [{ id: row?.id, text: 'a' }])
  }),
  'each row of a batch gets its own id, in order': when(makesIds, async (kit) => {
    const table = await notes(kit)
    const rows = await table.insert(...Array.from({ length: 50 }, (_, index) => ({ text: `t${index}` })))
    assert.equal(new Set(rows.map((row) => row.id)).size, 50)
    for (const row of [rows[0], rows[49]]) assert.deepEqual(await table.find({ where: compare('id', 'eq', row?.id) }), [row])
    assert.equal(rows[49]?.text, 't49')
  }),
  'made numbers ascend': when(makesNumbers, async (kit) => {
    const table = await notes(kit)
    const [first] = await table.insert({ text: 'a' })
    const [second] = await table.insert({ text: 'b' })
    assert.ok(Number(second?.id) > Number(first?.id))
  }),
  'a made id is not made again after its row is removed': when(makesIds, async (kit) => {
    const table = await notes(kit)
    const [first] = await table.insert({ text: 'a' })
    await table.remove()
    const [second] = await table.insert({ text: 'b' })
    assert.notEqual(second?.id, first?.id)
  }),
  'thirty inserts at once get thirty ids': when(makesIds, async (kit) => {
    const table = await notes(kit)
    const made = await Promise.all(Array.from({ length: 30 }, (_, index) => table.insert({ text: `t${index}` })))
    assert.equal(new Set(made.map(([row]) => row?.id)).size, 30)
  }),
  'a given id is kept where the store makes ids': when(makesIds, async (kit) => {
    const table = await notes(kit)
    const id = kit.connector.capabilities.generatedIds === 'number' ? 4711 : '507f1f77bcf86cd799439011'
    const [row] = await table.insert({ id, text: 'given' })
    assert.equal(row?.id, id)
    await refused(() => table.insert({ id, text: 'again' }), 'DUPLICATE_ENTRY')
  }),
  'text is an id, and its case counts': async ({ open }) => {
    const table = await open(country)
    await table.insert({ code: 'de', name: 'small' }, { code: 'DE', name: 'big' })
    assert.deepEqual(await table.find({ where: compare('code', 'eq', 'DE') }), [{ code: 'DE', name: 'big' }])
    assert.deepEqual(await table.ids(), ['DE', 'de'])
  },
  'any text is an id': async ({ open }) => {
    const table = await open(country)
    await table.insert(...nastyTexts.map((code) => ({ code })))
    for (const code of nastyTexts) assert.deepEqual(await table.ids({ where: compare('code', 'eq', code) }), [code])
  },
  'an id that looks like a number stays text': async ({ open }) => {
    const table = await open(country)
    await table.insert({ code: '007' }, { code: '7' })
    assert.deepEqual(await table.ids({ where: compare('code', 'eq', '7') }), ['7'])
    assert.deepEqual(await table.ids(), ['007', '7'])
  },
  'an id of two parts refuses both being equal, not one': async (kit) => {
    const table = await bookings(kit)
    await refused(() => table.insert({ flight: 'A', seat: 2, guest: 'again' }), 'DUPLICATE_ENTRY')
    assert.equal(await table.count(), 3)
  },
  'an id of two parts orders by its parts in the order of the key': async (kit) => {
    const rows = await (await bookings(kit)).find()
    assert.deepEqual(
      rows.map((row) => row.guest),
      ['a2', 'a10', 'b1'],
    )
  },
  'an id of two parts comes back whole when columns name neither': async (kit) => {
    const rows = await (await bookings(kit)).find({ columns: ['guest'], limit: 1 })
    assert.deepEqual(rows, [{ flight: 'A', seat: 2, guest: 'a2' }])
  },
  'a row is changed and removed by an id of two parts': async (kit) => {
    const table = await bookings(kit)
    const where = { kind: 'and', items: [compare('flight', 'eq', 'A'), compare('seat', 'eq', 10)] } as const
    assert.equal(await table.update(where, { set: { guest: 'changed' } }), 1)
    assert.equal(await table.remove(where), 1)
    assert.equal(await table.count(), 2)
  },
  'upsert goes by an id of two parts': when(
    (connector) => ('upsert' in connector ? undefined : 'has no upsert'),
    async (kit) => {
      const table = await bookings(kit)
      const { row } = await table.connector.upsert!({ entity: booking, row: { flight: 'A', seat: 2, guest: 'new' } }, plainCall)
      assert.deepEqual(plainRow(row), { flight: 'A', seat: 2, guest: 'new' })
      assert.equal(await table.count(), 3)
    },
  ),
  'a table that holds nothing but ids takes rows': async ({ open }) => {
    const table = await open(nothingMore)
    const rows: readonly Row[] = [{ id: 1 }, { id: 2 }]
    assert.deepEqual(await table.insert({ id: 1 }, { id: 2 }), rows)
    assert.deepEqual(await table.find(), rows)
  },
})
