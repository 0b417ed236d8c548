import { nearest } from '@reloop/errors'
import type { Schema } from '@reloop/schema'
import type { BootFlags } from '../compat'
import { errors } from '../errors'
import { anything } from './schemas'

/** Where a value comes from, and how strictly it is taken. */
export interface Source {
  readonly file: string
  readonly flags: BootFlags
}

/** Checks what a file holds. Forbidden keys are refused always; the rest stops the start, or is told as a warning. */
export function checked<T>(value: unknown, schema: Schema<T>, { file, flags }: Source): T {
  const plain = anything.check(value, { file })
  if (flags.refuseUnknownKeys) return schema.check(plain, { file })
  try {
    return schema.check(plain, { file })
  } catch (error) {
    process.emitWarning((error as Error).message)
    return plain as T
  }
}

/** Reports keys that are most likely mistyped, in a file where other keys are welcome. */
export function checkSpelling(value: Readonly<Record<string, unknown>>, known: readonly string[], { file, flags }: Source): void {
  for (const name of Object.keys(value)) {
    const meant = known.includes(name) || name.startsWith('$') ? undefined : nearest(name, known)
    if (meant === undefined) continue
    const error = errors.CONFIG_KEY_MISTYPED({ file, at: '', name, nearest: meant })
    if (flags.refuseUnknownKeys) throw error
    process.emitWarning(`${error.message} ${error.hint}`)
  }
}
