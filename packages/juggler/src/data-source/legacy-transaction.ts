import { acceptCallback } from '@reloop/callback'
import { observerMethods } from '../hooks/legacy-observe'
import { TransactionCore } from './transaction'

const observing = observerMethods((self) => {
  const { observers } = self as TransactionCore
  return { own: observers, all: (operation) => observers.of(operation) }
})

for (const [name, value] of Object.entries(observing))
  Object.defineProperty(TransactionCore.prototype, name, { value, writable: true, configurable: true })

for (const name of ['commit', 'rollback'] as const) {
  const method = TransactionCore.prototype[name]
  Object.defineProperty(TransactionCore.prototype, name, { value: acceptCallback(method), writable: true, configurable: true })
}

/**
 * An open transaction: handed to calls as `options.transaction`, ended by `commit` or `rollback`, with hooks before and after both.
 *
 * @example
 * const transaction = await Product.beginTransaction({ isolationLevel: Transaction.READ_COMMITTED })
 * await Product.create({ name: 'Lamp' }, { transaction })
 * await transaction.commit()
 */
export const Transaction = Object.defineProperty(TransactionCore, 'name', { value: 'Transaction' })
export type Transaction = TransactionCore
