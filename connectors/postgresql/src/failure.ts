import type { Failure } from '@reloop/connector-sql'

interface ServerError {
  readonly code: string
  readonly message: string
  readonly detail?: string
  readonly column?: string
  readonly constraint?: string
}

const invalid: Readonly<Record<string, string>> = {
  '22001': 'text that fits its column',
  '22003': 'a number that fits its column',
  '22007': 'a date',
  '22008': 'a date',
  '22021': 'text without NUL',
  '22023': 'a value that its column takes',
  '22P02': 'a value of the type of its column',
  '22P03': 'a value of the type of its column',
  '22P05': 'text that the database can store',
  '23514': 'a value that its column takes',
  '42804': 'a value of the type of its column',
}

/** Why a server cannot be used; nothing of what it said itself. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'the host is not known',
  EAI_AGAIN: 'the host cannot be looked up',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  EPIPE: 'the connection was closed',
  ENOTCONN: 'it is not connected',
  ENOENT: 'the socket does not exist',
  EACCES: 'access to the socket is not permitted',
  '28000': 'the user is not accepted',
  '28P01': 'the user or the password is not accepted',
  '3D000': 'the database does not exist',
  '53300': 'it has too many connections',
  '57P01': 'the server is shutting down',
  '57P02': 'the server has crashed',
  '57P03': 'the server is starting or stopping',
  '08000': 'the connection failed',
  '08001': 'the connection failed',
  '08003': 'the connection was closed',
  '08004': 'the connection was rejected',
  '08006': 'the connection failed',
  '08P01': 'the connection failed',
}

/**
 * Reads an error of pg.
 *
 * @param error what was thrown
 */
export function failure(error: unknown): Failure | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, detail, column, constraint, message } = error as Partial<ServerError>
  switch (code) {
    case '23505':
      return { kind: 'duplicate', columns: columnsIn(detail), ...(constraint !== undefined && { constraint }) }
    case '23502':
      return { kind: 'required', ...(column !== undefined && { column }) }
    case '23503':
    case '23001':
      return { kind: 'reference' }
    case '40001':
    case '40P01':
      return { kind: 'conflict' }
    case '57014':
    case '55P03':
      return { kind: 'timeout' }
    case '2201B':
      return { kind: 'pattern' }
    case undefined:
      return /^Connection terminated|timeout expired|not queryable/.test(message ?? '')
        ? { kind: 'unreachable', reason: lost(message) }
        : undefined
    default:
      return known(code, column)
  }
}

function known(code: string, column: string | undefined): Failure | undefined {
  const expected = invalid[code]
  if (expected !== undefined) return { kind: 'invalid', expected, ...(column !== undefined && { column }) }
  const reason = reasons[code]
  return reason === undefined ? undefined : { kind: 'unreachable', reason }
}

function lost(message = ''): string {
  return message.includes('timeout') ? 'it does not answer' : 'the connection was closed'
}

/** `Key (email, "Realm")=(…) already exists.`: names of columns, without the values. Of an index on expressions nothing is taken. */
function columnsIn(detail: string | undefined): readonly string[] {
  const [, list] = /^Key \(((?:"(?:[^"]|"")*"|[^()"])*)\)=/.exec(detail ?? '') ?? []
  if (list === undefined) return []
  return [...list.matchAll(/"((?:[^"]|"")*)"|([^",\s][^",]*)/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!.trim())
}
