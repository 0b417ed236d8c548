import type { ModelRuntime } from '../model/runtime'

/** Stores that the original asks to look and write in one step, so that it runs all hooks before. */
const stores = {
  upsertWithWhere: ['memory', 'mongodb'],
  findOrCreate: ['memory'],
} as const

/** Whether the profile wants an operation to run its save hooks before it looks for the row, as the original does on this store. */
export function runsHooksFirst(model: ModelRuntime, operation: keyof typeof stores): boolean {
  return model.flags.hooksBeforeLooking && (stores[operation] as readonly string[]).includes(model.connector.name)
}
