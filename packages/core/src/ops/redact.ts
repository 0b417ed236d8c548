/** Names whose values never reach a log, wherever they stand. */
const secretName =
  /^(authorization|cookie|set-cookie|x-access-token|access_?token|refresh_?token|id_?token|token|password|new_?password|old_?password|secret|client_?secret|api_?key|master_?key|verification_?token)$/i

/** Secrets inside texts: tokens of URLs, credentials of URLs, and numbers of cards. */
const inText: readonly (readonly [RegExp, string])[] = [
  [/([?&](?:access_token|token|password|secret|api_key)=)[^&#\s]+/gi, '$1[redacted]'],
  [/(\/\/[^/:@\s]+:)[^/@\s]+@/g, '$1[redacted]@'],
  [/\b(Bearer|Basic)\s+[\w.~+/-]+=*/gi, '$1 [redacted]'],
]

const digits = /(?<![\w.-])(?:\d[ -]?){13,19}(?![\w.-])/g

const depth = 8

/**
 * A copy of a value as a log may show it: without passwords, tokens and numbers of cards.
 *
 * @param value anything
 */
export function redact(value: unknown, level = 0): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (level >= depth) return '[deep]'
  if (value instanceof Error) return redactError(value, level)
  if (Array.isArray(value)) return value.map((item) => redact(item, level + 1))
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return redact((value as { toJSON(): unknown }).toJSON(), level + 1)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, secretName.test(name) ? '[redacted]' : redact(member, level + 1)]),
  )
}

/**
 * A text without the secrets that can be told by their shape; line breaks are left to the log's own encoding.
 *
 * @param text what would be logged
 */
export function redactText(text: string): string {
  const known = inText.reduce((shown, [pattern, instead]) => shown.replace(pattern, instead), text)
  return known.replace(digits, (found) => (isCardNumber(found) ? '[card]' : found))
}

function redactError(error: Error, level: number): Record<string, unknown> {
  const further = redact({ ...error }, level + 1) as Record<string, unknown>
  return { type: error.name, message: redactText(error.message), stack: redactText(error.stack ?? ''), ...further }
}

/** The check digit that numbers of cards have (ISO/IEC 7812-1, annex B). */
function isCardNumber(text: string): boolean {
  const all = text.replace(/\D/g, '')
  if (all.length < 13 || all.length > 19) return false
  let sum = 0
  for (let at = 0; at < all.length; at++) {
    const digit = Number(all[all.length - 1 - at])
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
