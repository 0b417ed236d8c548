/**
 * The id of the access token among what a method was given: `options.accessToken` as LoopBack hands it from call to call.
 *
 * @param values arguments, or options
 * @returns the id, or undefined where there is none
 * @example tokenIn([{ accessToken: { id: 'abc' } }]) // 'abc'
 */
export function tokenIn(values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const token = typeof value === 'object' && value !== null ? (value as { accessToken?: unknown }).accessToken : undefined
    const id = typeof token === 'object' && token !== null ? (token as { id?: unknown }).id : token
    if (typeof id === 'string' && id !== '') return id
  }
  return undefined
}
