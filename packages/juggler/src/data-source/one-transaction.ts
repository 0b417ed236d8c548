import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { beginTransaction } from './transaction'

/** Runs several writes of a model as one: in the transaction that is there, or in one of their own where the store has any. */
export async function inOneTransaction<T>(
  model: ModelRuntime,
  options: JugglerOptions,
  work: (options: JugglerOptions) => Promise<T>,
): Promise<T> {
  const { capabilities } = model.connector
  if (capabilities.transactions === 'none' || !model.connector.begin || model.call(options).transaction) return work(options)
  const transaction = await beginTransaction(model.source('beginTransaction'))
  try {
    const result = await work({ ...options, transaction })
    await transaction.commit()
    return result
  } catch (error) {
    if (transaction.isActive()) await transaction.rollback()
    throw error
  }
}
