import { defineErrors } from '@reloop/errors'

/** Errors that every connector shares; what a driver says is mapped to one of these. */
export const errors = defineErrors({
  CONNECTOR_SETTINGS_INVALID: {
    message: (p: { connector: string; problem: string }) => `Settings of connector ${p.connector} are not valid: ${p.problem}`,
  },
  CONNECTOR_DRIVER_MISSING: {
    message: (p: { connector: string; driver: string }) =>
      `Connector ${p.connector} needs the package "${p.driver}", which is not installed.`,
    hint: (p: { connector: string; driver: string }) => `Run: npm install ${p.driver}`,
  },
  CONNECTOR_UNREACHABLE: {
    status: 503,
    message: (p: { connector: string; address: string; reason: string }) =>
      `Connector ${p.connector} cannot reach ${p.address}: ${p.reason}`,
  },
  CONNECTOR_NOT_SUPPORTED: {
    status: 501,
    message: (p: { connector: string; what: string }) => `Connector ${p.connector} does not support ${p.what}.`,
  },
  DUPLICATE_ENTRY: {
    status: 409,
    message: (p: { model: string; properties: readonly string[] }) =>
      `Duplicate entry for ${p.properties.map((name) => `${p.model}.${name}`).join(', ')}`,
  },
  REFERENCE_VIOLATION: { status: 409, message: (p: { model: string }) => `The change to ${p.model} breaks a reference between rows.` },
  VALUE_REQUIRED: { status: 422, message: (p: { model: string; property: string }) => `${p.model}.${p.property} must have a value.` },
  VALUE_INVALID: {
    status: 400,
    message: (p: { model: string; property: string; expected: string }) => `${p.model}.${p.property} must be ${p.expected}.`,
  },
  OPERATOR_INVALID: {
    status: 400,
    message: (p: { property: string; operator: string; problem: string }) =>
      `The ${p.property} property has invalid clause ${p.operator}: ${p.problem}`,
  },
  PATTERN_INVALID: { status: 400, message: (p: { problem: string }) => `The regular expression is not valid: ${p.problem}` },
  PATTERN_TOO_SLOW: {
    status: 400,
    message: (p: { milliseconds: number }) => `The regular expression took over ${p.milliseconds} ms (limits.time.regexp).`,
  },
  QUERY_TIMEOUT: {
    status: 504,
    message: (p: { milliseconds: number }) => `The statement took over ${p.milliseconds} ms (limits.time.query).`,
  },
  QUERY_FAILED: {
    message: (p: { connector: string; model: string }) => `Connector ${p.connector} could not run a statement for ${p.model}.`,
  },
  POOL_EXHAUSTED: {
    status: 503,
    message: (p: { milliseconds: number }) => `No connection became free within ${p.milliseconds} ms (limits.pool.acquire).`,
  },
  TRANSACTION_NOT_ACTIVE: { message: (p: { id: string }) => `The transaction is not active: ${p.id}` },
  TRANSACTION_CONFLICT: {
    status: 409,
    message: (p: { model: string }) => `The transaction can not go on: another one has changed what it reads or writes of ${p.model}.`,
    hint: 'Roll back and run the transaction again.',
  },
  TRANSACTION_TIMEOUT: {
    message: (p: { id: string; milliseconds: number }) => `Transaction ${p.id} was rolled back after ${p.milliseconds} ms.`,
  },
  KEY_NOT_FOUND: { status: 404, message: (p: { model: string; key: string }) => `No value is stored under key "${p.key}" of ${p.model}.` },
})
