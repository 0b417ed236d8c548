import { cleanBody } from '../http/poison'

/**
 * The error that a server replied with, as an error again: its message, name, status, code and further properties.
 *
 * @param text body of the reply
 * @param status of the reply, for an error that names none
 */
export function restoreError(text: string, status: number): Error {
  const wire = wireIn(text)
  const { message, name, stack, ...rest } = wire ?? {}
  const error = new Error(typeof message === 'string' ? message : `The server answered with status ${status}.`)
  const named = { name: { value: typeof name === 'string' ? name : 'Error', configurable: true, writable: true } }
  return Object.assign(
    Object.defineProperties(error, named),
    { statusCode: status },
    rest,
    stack === undefined ? {} : { remoteStack: stack },
  )
}

function wireIn(text: string): Record<string, unknown> | undefined {
  try {
    const body = cleanBody(JSON.parse(text), 1000) as Record<string, unknown> | null
    const wire = body?.error ?? body
    return typeof wire === 'object' && wire !== null && !Array.isArray(wire) ? (wire as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
