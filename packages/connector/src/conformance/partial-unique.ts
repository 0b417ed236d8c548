import assert from 'node:assert/strict'
import { compare } from '../query/build'
import { member } from './entities'
import { capable, group, storesRows } from './group'
import { refused } from './kit'

const gone = new Date('2024-05-06T07:08:09Z')

export const partialUnique = group('partial unique', (connector) => storesRows(connector) ?? capable('partialUnique')(connector), {
  'insert refuses a value that a row of the index has': async ({ open }) => {
    const table = await open(member)
    await table.insert({ id: 1, name: 'a' }, { id: 2, name: 'b' })
    await refused(() => table.insert({ id: 3, name: 'a' }), 'DUPLICATE_ENTRY')
    assert.equal(await table.count(), 2)
  },
  'rows outside of the index may have it': async ({ open }) => {
    const table = await open(member)
    await table.insert({ id: 1, name: 'a' }, { id: 2, name: 'a', deletedAt: gone }, { id: 3, name: 'a', deletedAt: gone })
    assert.equal(await table.count(), 3)
  },
  'a row may leave the index, and not come back to a value that is taken': async ({ open }) => {
    const table = await open(member)
    await table.insert({ id: 1, name: 'a' })
    await table.update(compare('id', 'eq', 1), { set: { deletedAt: gone } })
    await table.insert({ id: 2, name: 'a' })
    await refused(() => table.update(compare('id', 'eq', 1), { set: { deletedAt: null } }), 'DUPLICATE_ENTRY')
    assert.equal(await table.count(compare('deletedAt', 'eq', null)), 1)
  },
  'an index may be over the rows of one value': async ({ open }) => {
    const table = await open(member)
    await table.insert({ id: 1, badge: 'x', kind: 'staff' }, { id: 2, badge: 'x', kind: 'guest' }, { id: 3, badge: 'x' })
    await refused(() => table.insert({ id: 4, badge: 'x', kind: 'staff' }), 'DUPLICATE_ENTRY')
    await refused(() => table.update(compare('id', 'eq', 2), { set: { kind: 'staff' } }), 'DUPLICATE_ENTRY')
    assert.equal(await table.count(), 3)
  },
})
