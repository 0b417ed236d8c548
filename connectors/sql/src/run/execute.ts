import { errors, type Call } from '@reloop/connector'
import type { RawRow } from './driver'
import type { Runner } from './runner'

/**
 * Runs a command in the database's own SQL.
 *
 * @param runner runs it
 * @param command text, with places as the database writes them, and the values for these
 * @param call whom for
 * @returns rows as objects, keyed by the names that the database gives; `{ count }` for a command without rows
 */
export async function execute(
  runner: Runner,
  command: { readonly text: unknown; readonly parameters: readonly unknown[] },
  call: Call,
): Promise<unknown> {
  const { text, parameters } = command
  if (typeof text !== 'string') throw errors.CONNECTOR_NOT_SUPPORTED({ connector: 'sql', what: 'commands other than text' })
  const binds = parameters.map((value) => () => value)
  const { columns, count, rows } = await runner.run({ text, natural: true, binds, kept: undefined }, [], { call })
  if (!columns.length) return { count }
  return asObjects(columns, rows)
}

/** Raw rows as objects, keyed by the names that the database gives. */
export function asObjects(columns: readonly string[], rows: readonly RawRow[]): readonly Readonly<Record<string, unknown>>[] {
  return Array.from(rows, (row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])))
}
