import assert from 'node:assert/strict'
import { compare } from '../query/build'
import { account } from './entities'
import { capable, group, storesRows } from './group'
import { refused, thrownBy } from './kit'

export const unique = group('unique', (connector) => storesRows(connector) ?? capable('unique')(connector), {
  'insert refuses a value that is taken, and names the property': async ({ open }) => {
    const table = await open(account)
    await table.insert({ id: 1, email: 'a@x.org' })
    await refused(() => table.insert({ id: 2, email: 'a@x.org' }), 'DUPLICATE_ENTRY')
    const error = (await thrownBy(() => table.insert({ id: 2, email: 'a@x.org' }))) as Error
    assert.equal(error.message, 'Duplicate entry for KitAccount.email')
    assert.equal(await table.count(), 1)
  },
  'null is not a duplicate of null': async ({ open }) => {
    const table = await open(account)
    await table.insert({ id: 1 }, { id: 2 }, { id: 3, email: null })
    assert.equal(await table.count(), 3)
  },
  'the case of text counts': async ({ open }) => {
    const table = await open(account)
    await table.insert({ id: 1, email: 'a@x.org' }, { id: 2, email: 'A@x.org' })
    assert.equal(await table.count(), 2)
  },
  'update refuses a value that is taken': async ({ open }) => {
    const table = await open(account)
    await table.insert({ id: 1, email: 'a@x.org' }, { id: 2, email: 'b@x.org' })
    await refused(() => table.update(compare('id', 'eq', 2), { set: { email: 'a@x.org' } }), 'DUPLICATE_ENTRY')
    assert.deepEqual(
      (await table.find()).map((row) => row.email),
      ['a@x.org', 'b@x.org'],
    )
  },
  'update of many rows to one value changes none': async ({ open }) => {
    const table = await open(account)
    await table.insert({ id: 1, email: 'a@x.org' }, { id: 2, email: 'b@x.org' })
    await refused(() => table.update(undefined, { set: { email: 'c@x.org' } }), 'DUPLICATE_ENTRY')
    assert.deepEqual(
      (await table.find()).map((row) => row.email),
      ['a@x.org', 'b@x.org'],
    )
  },
  'update may set the value that the row has': async ({ open }) => {
    const table = await open(account)
    await table.insert({ id: 1, email: 'a@x.org' })
    assert.equal(await table.update(compare('id', 'eq', 1), { set: { email: 'a@x.org', realm: 'r' } }), 1)
  },
  'a value is free again after a change or a removal': async ({ open }) => {
    const table = await open(account)
    await table.insert({ id: 1, email: 'a@x.org' }, { id: 2, email: 'b@x.org' })
    await table.update(compare('id', 'eq', 1), { set: { email: 'c@x.org' } })
    await table.remove(compare('id', 'eq', 2))
    await table.insert({ id: 3, email: 'a@x.org' }, { id: 4, email: 'b@x.org' })
    assert.equal(await table.count(), 3)
  },
  'an index over two properties refuses both being equal, not one': async ({ open }) => {
    const table = await open(account)
    await table.insert({ id: 1, realm: 'r', login: 'a' }, { id: 2, realm: 'r', login: 'b' }, { id: 3, realm: 's', login: 'a' })
    await refused(() => table.insert({ id: 4, realm: 'r', login: 'a' }), 'DUPLICATE_ENTRY')
    assert.equal(await table.count(), 3)
  },
  'a batch with a duplicate leaves nothing': async ({ open }) => {
    const table = await open(account)
    await refused(
      () => table.insert({ id: 1, email: 'a@x.org' }, { id: 2, email: 'b@x.org' }, { id: 3, email: 'a@x.org' }),
      'DUPLICATE_ENTRY',
    )
    assert.equal(await table.count(), 0)
  },
  'of twenty inserts at once one wins': async ({ open }) => {
    const table = await open(account)
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => table.insert({ id: index + 1, email: 'a@x.org' })))
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const result of results)
      if (result.status === 'rejected') assert.equal((result.reason as { code?: unknown }).code, 'DUPLICATE_ENTRY')
    assert.equal(await table.count(), 1)
  },
})
