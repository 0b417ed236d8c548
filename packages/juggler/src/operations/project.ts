import type { Row } from '@reloop/connector'
import type { ModelRuntime } from '../model/runtime'
import type { PlainObject } from '../value/plain'

/** Rows with the selected properties only. Stores answer the ids too, and keys of included relations. */
export function project(
  model: ModelRuntime,
  rows: readonly Row[],
  selected: { fields?: readonly string[]; also?: readonly string[]; withheld?: readonly string[] },
): readonly Row[] {
  const { fields, also, withheld } = selected
  if (!fields) return withheld?.length ? rows.map((row) => omit(row, withheld)) : rows
  const exact = model.compiled.ids.every((id) => fields.includes(id.name)) && (also ?? []).every((name) => fields.includes(name))
  return exact ? rows : rows.map((row) => pick(row, fields))
}

function pick(row: Row, fields: readonly string[]): Row {
  const picked: PlainObject = {}
  for (const name of fields) if (row[name] !== undefined) picked[name] = row[name]
  return picked
}

/** A row without some of its properties. */
export function omit(row: Row, names: readonly string[]): Row {
  return Object.freeze(Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))))
}
