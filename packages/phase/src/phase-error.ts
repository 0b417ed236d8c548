/** An error with the members of a CodedError; floor 0 has no workspace imports, so it is made here. */
export function phaseError(code: string, message: string): Error & { readonly code: string; readonly statusCode: number } {
  return Object.assign(new Error(message), { code, statusCode: 500 })
}
