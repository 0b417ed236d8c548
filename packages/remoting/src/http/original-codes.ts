import { CodedError, type WireError } from '@reloop/errors'

/** The codes that clients of LoopBack know; in its profiles other errors of ours show none. */
const known: ReadonlySet<string> = new Set([
  'ACCESS_DENIED',
  'AUTHORIZATION_REQUIRED',
  'EMAIL_NOT_FOUND',
  'EMAIL_REQUIRED',
  'INVALID_EMAIL',
  'INVALID_PASSWORD',
  'INVALID_PRINCIPAL_TYPE',
  'INVALID_REALM',
  'INVALID_TOKEN',
  'INVALID_USERNAME',
  'KEY_NOT_FOUND',
  'LOGIN_FAILED',
  'LOGIN_FAILED_EMAIL_NOT_VERIFIED',
  'MODEL_NOT_FOUND',
  'NOT_FOUND',
  'PASSWORD_CHANGE_NOT_ALLOWED',
  'PASSWORD_TOO_LONG',
  'REALM_REQUIRED',
  'RESET_FAILED_EMAIL_NOT_VERIFIED',
  'USER_NOT_FOUND',
  'USERNAME_EMAIL_REQUIRED',
])

/** Errors whose details LoopBack's clients read. */
const detailed: ReadonlySet<string> = new Set(['REPLICATION_CONFLICT'])

/** Takes out of a reply what LoopBack's errors did not carry: our codes and the details that go with them. */
export function withOriginalCodes(wire: WireError, error: unknown): WireError {
  if (Array.isArray(error)) {
    const details = wire.details as readonly (WireError | null)[]
    return { ...wire, details: details.map((item, index) => item && withOriginalCodes(item, error[index])) }
  }
  if (!(error instanceof CodedError) || known.has(error.code)) return wire
  const { code: _code, details, ...rest } = wire
  return error.name === 'ValidationError' || detailed.has(error.code) ? { ...rest, details } : rest
}
