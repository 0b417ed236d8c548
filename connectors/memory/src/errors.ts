import { defineErrors } from '@reloop/errors'

/** Errors of the memory stores that other connectors cannot meet. */
export const errors = defineErrors({
  MEMORY_FILE_LOCKED: {
    status: 503,
    message: (p: { file: string; pid: number }) => `File ${p.file} is in use by the process ${p.pid}: two processes cannot share it.`,
    hint: (p: { file: string; pid: number }) =>
      `Stop that process, or give this one a file of its own. If it is gone, remove ${p.file}.lock.`,
  },
  MEMORY_FILE_INVALID: {
    message: (p: { file: string; problem: string }) => `File ${p.file} is not a store of the memory connector: ${p.problem}`,
    hint: 'Expected is a JSON object {"ids": {Model: number}, "models": {Model: {"id": "row as JSON text"}}}.',
  },
  MEMORY_JOURNAL_CORRUPT: {
    message: (p: { file: string; offset: number }) =>
      `Journal ${p.file} is damaged at byte ${p.offset}: the record there does not match its checksum, though records follow it.`,
    hint: 'Restore the file from a backup, or cut it at that byte to give up all later writes.',
  },
  MEMORY_WRITE_FAILED: {
    status: 503,
    message: (p: { file: string; reason: string }) => `File ${p.file} could not be written (${p.reason}); no further write is accepted.`,
    hint: 'Make room or mend the disk, then connect again: what was answered before is on disk.',
  },
  TRANSACTION_DEADLOCK: {
    status: 409,
    message: (p: { id: string; model: string }) =>
      `Transaction ${p.id} waits for a row of ${p.model} whose holder waits for this transaction.`,
    hint: 'Roll back and run the transaction again; touching rows in the same order avoids this.',
  },
})
