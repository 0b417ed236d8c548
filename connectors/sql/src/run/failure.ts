import { errors } from '@reloop/connector'
import { CodedError } from '@reloop/errors'
import type { Dialect, Failure } from '../dialect'
import type { Table } from '../statement/table'

/** What an error is told in terms of. */
export interface Circumstances {
  readonly dialect: Pick<Dialect, 'name' | 'failure'>
  /** Where the database is, as its settings say. */
  readonly address: string
  /** Most milliseconds of a statement. */
  readonly queryTime: number
  readonly table?: Table
  readonly inTransaction?: boolean
}

/**
 * Makes a coded error of what a driver threw; the driver's own error stays inside as its cause.
 *
 * @param error what was thrown
 * @param at circumstances
 */
export function coded(error: unknown, at: Circumstances): CodedError {
  if (error instanceof CodedError) return error
  const failure = at.dialect.failure(error)
  return failure ? named(failure, at, error) : errors.QUERY_FAILED({ connector: at.dialect.name, model: modelOf(at) }, { cause: error })
}

function named(failure: Failure, at: Circumstances, cause: unknown): CodedError {
  const model = modelOf(at)
  switch (failure.kind) {
    case 'duplicate':
      return duplicate(model, propertiesOf(failure, at.table), cause)
    case 'required':
      return errors.VALUE_REQUIRED({ model, property: propertyOf(failure.column, at.table) }, { cause })
    case 'reference':
      return errors.REFERENCE_VIOLATION({ model }, { cause })
    case 'invalid':
      return errors.VALUE_INVALID({ model, property: propertyOf(failure.column, at.table), expected: failure.expected }, { cause })
    case 'pattern':
      return errors.PATTERN_INVALID({ problem: 'the database cannot read it' }, { cause })
    case 'conflict':
      return errors.TRANSACTION_CONFLICT({ model }, { cause })
    case 'busy':
      return at.inTransaction
        ? errors.TRANSACTION_CONFLICT({ model }, { cause })
        : errors.QUERY_TIMEOUT({ milliseconds: at.queryTime }, { cause })
    case 'timeout':
      return errors.QUERY_TIMEOUT({ milliseconds: at.queryTime }, { cause })
    case 'unreachable':
      return errors.CONNECTOR_UNREACHABLE({ connector: at.dialect.name, address: at.address, reason: failure.reason }, { cause })
  }
}

function duplicate(model: string, properties: readonly string[], cause: unknown): CodedError {
  return errors.DUPLICATE_ENTRY({ model, properties }, { cause, details: { properties } })
}

function modelOf({ table }: Circumstances): string {
  return table?.entity.name ?? 'a command'
}

/** Columns are told as properties; a constraint is looked up among the entity's indexes. */
function propertiesOf(failure: Extract<Failure, { kind: 'duplicate' }>, table: Table | undefined): readonly string[] {
  if (failure.columns?.length) return failure.columns.map((column) => propertyOf(column, table))
  const index = table?.entity.indexes.find(({ name }) => name.toLowerCase() === failure.constraint?.toLowerCase())
  if (index) return index.keys.map(({ property }) => property)
  return (table?.ids ?? []).map(({ property }) => property.name)
}

function propertyOf(column: string | undefined, table: Table | undefined): string {
  const found =
    table?.columns.find(({ name }) => name === column) ?? table?.columns.find(({ name }) => name.toLowerCase() === column?.toLowerCase())
  return found?.property.name ?? '(unknown)'
}
