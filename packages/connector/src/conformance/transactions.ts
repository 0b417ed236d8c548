import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { plainCall, type Call, type IsolationLevel, type Row, type Transaction } from '../connector'
import { compare } from '../query/build'
import { product } from './entities'
import { group, storesRows, when, type Need } from './group'
import { refused, thrownBy, type Kit } from './kit'

const opens: Need = ({ capabilities }) => (capabilities.transactions === 'none' ? 'declares no transactions' : undefined)
const nests: Need = ({ capabilities }) => (capabilities.transactions === 'savepoints' ? undefined : 'declares no savepoints')

function inside(transaction: Transaction): Call {
  return { ...plainCall, transaction }
}

async function opened({ open }: Kit) {
  const table = await open(product)
  await table.insert({ id: 1, name: 'before', stock: 1 })
  const tx = await table.connector.begin!({})
  const insert = async (row: Row, at = tx) => table.connector.insert({ entity: product, rows: [row] }, inside(at))
  return { ...table, insert, tx, call: inside(tx) }
}

async function endedFails(call: () => unknown): Promise<void> {
  assert.equal(((await thrownBy(call)) as { code?: unknown } | undefined)?.code, 'TRANSACTION_NOT_ACTIVE')
}

export const transactions = group('transactions', (connector) => storesRows(connector) ?? opens(connector), {
  'commit keeps what was written': async (kit) => {
    const { tx, insert, call, update, remove, ids, find } = await opened(kit)
    await insert({ id: 2, name: 'a' })
    await insert({ id: 3, name: 'b' })
    await update(compare('id', 'eq', 2), { set: { name: 'changed' } }, call)
    await remove(compare('id', 'eq', 1), call)
    await tx.commit()
    assert.deepEqual(await ids(), [2, 3])
    assert.equal((await find({ where: compare('id', 'eq', 2) }))[0]?.name, 'changed')
  },
  'rollback takes everything back': async (kit) => {
    const { tx, insert, call, update, remove, find } = await opened(kit)
    await insert({ id: 2, name: 'a' })
    await update(undefined, { set: { stock: 99 } }, call)
    await remove(compare('id', 'eq', 1), call)
    await tx.rollback()
    assert.deepEqual(await find(), [{ id: 1, name: 'before', stock: 1 }])
  },
  'a transaction sees what it wrote': async (kit) => {
    const { tx, insert, call, ids, count } = await opened(kit)
    await insert({ id: 2, name: 'a' })
    assert.deepEqual(await ids({}, call), [1, 2])
    assert.equal(await count(compare('name', 'eq', 'a'), call), 1)
    await tx.rollback()
  },
  'outside nobody sees what is not committed': async (kit) => {
    const { tx, insert, count } = await opened(kit)
    await insert({ id: 2, name: 'a' })
    // A store with one connection may make the reader wait for the end.
    const outside = count()
    await Promise.race([outside, wait(50)])
    await tx.rollback()
    assert.equal(await outside, 1)
  },
  'after commit everybody sees what was written': async (kit) => {
    const { tx, insert, count } = await opened(kit)
    await insert({ id: 2 })
    await tx.commit()
    assert.equal(await count(), 2)
  },
  'a refused statement can be rolled back from': async (kit) => {
    const { tx, insert, count } = await opened(kit)
    await insert({ id: 2 })
    await refused(() => insert({ id: 2 }), 'DUPLICATE_ENTRY')
    await tx.rollback()
    assert.equal(await count(), 1)
  },
  'each transaction has an id of its own': async (kit) => {
    const { tx, connector } = await opened(kit)
    await tx.rollback()
    const other = await connector.begin!({})
    await other.rollback()
    assert.ok(tx.id.length > 0)
    assert.notEqual(tx.id, other.id)
  },
  'commit ends it': async (kit) => {
    const { tx, insert } = await opened(kit)
    await tx.commit()
    await endedFails(() => tx.commit())
    await endedFails(() => tx.rollback())
    await endedFails(() => insert({ id: 9 }))
  },
  'rollback ends it': async (kit) => {
    const { tx, call, find, count, update, remove } = await opened(kit)
    await tx.rollback()
    await endedFails(() => tx.rollback())
    await endedFails(() => find({}, call))
    await endedFails(() => count(undefined, call))
    await endedFails(() => update(undefined, { set: { name: 'x' } }, call))
    await endedFails(() => remove(undefined, call))
    assert.equal(await count(), 1)
  },
  'statements of one transaction may be sent at once': async (kit) => {
    const { tx, insert, count } = await opened(kit)
    await Promise.all(Array.from({ length: 10 }, (_, index) => insert({ id: index + 2 })))
    await tx.commit()
    assert.equal(await count(), 11)
  },
  'thirty in a row leave no connection behind': async ({ open }) => {
    const table = await open(product)
    for (let round = 0; round < 30; round++) {
      const tx = await table.connector.begin!({})
      await table.connector.insert({ entity: product, rows: [{ id: round + 1 }] }, inside(tx))
      await (round % 2 ? tx.commit() : tx.rollback())
    }
    assert.equal(await table.count(), 15)
  },
  'ten at once add up': async ({ open }) => {
    const table = await open(product)
    const run = async (id: number) => {
      const tx = await table.connector.begin!({})
      await table.connector.insert({ entity: product, rows: [{ id }] }, inside(tx))
      await tx.commit()
    }
    await Promise.all(Array.from({ length: 10 }, (_, index) => run(index + 1)))
    assert.equal(await table.count(), 10)
  },
  'takes every isolation level, or refuses it': async ({ open }) => {
    const table = await open(product)
    const levels: readonly IsolationLevel[] = ['READ UNCOMMITTED', 'READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE']
    for (const isolationLevel of levels) {
      const error = (await thrownBy(async () => (await table.connector.begin!({ isolationLevel })).rollback())) as
        { code?: unknown } | undefined
      if (error) assert.equal(typeof error.code, 'string')
    }
  },
  'rollback of an inner one keeps the outer one': when(nests, async (kit) => {
    const { tx, insert, ids } = await opened(kit)
    await insert({ id: 2 })
    const inner = await tx.begin!()
    await insert({ id: 3 }, inner)
    await inner.rollback()
    await insert({ id: 4 })
    await tx.commit()
    assert.deepEqual(await ids(), [1, 2, 4])
  }),
  'commit of an inner one is taken back with the outer one': when(nests, async (kit) => {
    const { tx, insert, ids } = await opened(kit)
    const inner = await tx.begin!()
    await insert({ id: 3 }, inner)
    await inner.commit()
    await tx.rollback()
    assert.deepEqual(await ids(), [1])
  }),
  'commit of an inner one and the outer one keeps both': when(nests, async (kit) => {
    const { tx, insert, ids } = await opened(kit)
    const inner = await tx.begin!()
    await insert({ id: 3 }, inner)
    await inner.commit()
    await insert({ id: 4 })
    await tx.commit()
    assert.deepEqual(await ids(), [1, 3, 4])
  }),
  'inner ones nest and follow each other': when(nests, async (kit) => {
    const { tx, insert, ids } = await opened(kit)
    const first = await tx.begin!()
    await insert({ id: 2 }, first)
    const deeper = await first.begin!()
    await insert({ id: 3 }, deeper)
    await deeper.rollback()
    await first.commit()
    const second = await tx.begin!()
    await insert({ id: 4 }, second)
    await second.rollback()
    await tx.commit()
    assert.deepEqual(await ids(), [1, 2])
  }),
  'an inner one ends with the outer one': when(nests, async (kit) => {
    const { tx, insert, count } = await opened(kit)
    const inner = await tx.begin!()
    await tx.rollback()
    await endedFails(() => insert({ id: 3 }, inner))
    await endedFails(() => inner.commit())
    assert.equal(await count(), 1)
  }),
  'a refused statement in an inner one spares the outer one': when(nests, async (kit) => {
    const { tx, insert, ids } = await opened(kit)
    await insert({ id: 2 })
    const inner = await tx.begin!()
    await refused(() => insert({ id: 2 }, inner), 'DUPLICATE_ENTRY')
    await inner.rollback()
    await insert({ id: 3 })
    await tx.commit()
    assert.deepEqual(await ids(), [1, 2, 3])
  }),
})
