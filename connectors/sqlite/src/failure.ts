import type { Failure } from '@reloop/connector-sql'

interface SqliteError {
  readonly code: string
  readonly message: string
}

/**
 * Reads an error of better-sqlite3.
 *
 * @param error what was thrown
 */
export function failure(error: unknown): Failure | undefined {
  if (!isSqliteError(error)) return undefined
  const { code, message } = error
  switch (code) {
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_ROWID':
      return { kind: 'duplicate', ...conflictOf(message) }
    case 'SQLITE_CONSTRAINT_NOTNULL':
      return { kind: 'required', ...columnIn(message) }
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
      return { kind: 'reference' }
    case 'SQLITE_CONSTRAINT_CHECK':
    case 'SQLITE_CONSTRAINT_DATATYPE':
    case 'SQLITE_MISMATCH':
    case 'SQLITE_TOOBIG':
      return { kind: 'invalid', expected: 'a value that its column takes' }
    case 'SQLITE_BUSY_SNAPSHOT':
      return { kind: 'conflict' }
    case 'SQLITE_BUSY':
    case 'SQLITE_BUSY_TIMEOUT':
    case 'SQLITE_LOCKED':
      return { kind: 'busy' }
    default:
      return /^SQLITE_(CANTOPEN|NOTADB|CORRUPT|IOERR|PERM|FULL|READONLY)/.test(code)
        ? { kind: 'unreachable', reason: reasons[code.split('_')[1]!]! }
        : undefined
  }
}

const reasons: Readonly<Record<string, string>> = {
  CANTOPEN: 'the file cannot be opened',
  NOTADB: 'the file is no SQLite database',
  CORRUPT: 'the file is damaged',
  IOERR: 'the file cannot be read or written',
  PERM: 'access is not permitted',
  FULL: 'the disk is full',
  READONLY: 'the database is read-only',
}

/** `UNIQUE constraint failed: product.name, product.realm`, or `index 'name'` for an index on expressions. */
function conflictOf(message: string): { columns?: readonly string[]; constraint?: string } {
  const [, names = ''] = /failed: (.*)$/s.exec(message) ?? []
  const [, constraint] = /^index '(.*)'$/s.exec(names) ?? []
  return constraint === undefined ? { columns: names.split(', ').map(afterDot) } : { constraint }
}

function columnIn(message: string): { column?: string } {
  const [, name] = /failed: (.*)$/s.exec(message) ?? []
  return name === undefined ? {} : { column: afterDot(name) }
}

function afterDot(name: string): string {
  return name.slice(name.indexOf('.') + 1)
}

function isSqliteError(error: unknown): error is SqliteError {
  const code = (error as Partial<SqliteError> | null)?.code
  return typeof code === 'string' && code.startsWith('SQLITE_')
}
