import type { JsonSchema } from '@reloop/remoting'

/** What LoopBack puts into the body of a reply that is an error. */
export const errorSchema: JsonSchema = {
  type: 'object',
  description: 'What went wrong.',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['statusCode', 'message'],
      properties: {
        statusCode: { type: 'integer' },
        name: { type: 'string' },
        message: { type: 'string' },
        code: { type: 'string' },
        details: { type: 'object' },
      },
    },
  },
}

/** Replies that many operations share: name of the component, and what it means. */
export const sharedErrors = {
  Unauthorized: 'An access token is needed, or the one given does not suffice.',
  NotFound: 'There is no such record.',
  Invalid: 'The data is not valid; `details` says why.',
  Failure: 'Another error.',
} as const

/** What an operation may answer with besides success: status → shared reply, the last one `default`. */
function errorsOf(operation: {
  readonly parameters: readonly { readonly in: string }[]
  readonly body?: unknown
  readonly errorStatus?: number
}): readonly (readonly [status: string, name: keyof typeof sharedErrors])[] {
  const found = new Map<number, keyof typeof sharedErrors>([[401, 'Unauthorized']])
  if (operation.parameters.some((parameter) => parameter.in === 'path')) found.set(404, 'NotFound')
  if (operation.body !== undefined) found.set(422, 'Invalid')
  if (operation.errorStatus !== undefined && !found.has(operation.errorStatus)) found.set(operation.errorStatus, 'Failure')
  const sorted = [...found].sort(([a], [b]) => a - b).map(([status, name]) => [String(status), name] as const)
  return [...sorted, ['default', 'Failure']]
}

/** The replies of an operation that are errors, as references. */
export function errorReplies(
  operation: Parameters<typeof errorsOf>[0],
  prefix: string,
): Readonly<Record<string, { readonly $ref: string }>> {
  return Object.fromEntries(errorsOf(operation).map(([status, name]) => [status, { $ref: `${prefix}${name}` }]))
}
