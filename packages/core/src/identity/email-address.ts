/** Letters, digits and marks that may stand in an address without quotes; those beyond ASCII too. */
const atom = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+$/u
const label = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?$/u
const literal = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|ipv6:[\da-f:.]+)\]$/i

/** Longest parts, in bytes. */
const longest = { whole: 254, local: 64, label: 63 } as const

/**
 * Whether a value looks like an e-mail address: one address, with nothing around it. Whether it exists only a mail can tell.
 *
 * @example isEmailAddress('ann@example.com') // true
 */
export function isEmailAddress(value: unknown): boolean {
  if (typeof value !== 'string' || Buffer.byteLength(value) > longest.whole) return false
  const at = value.lastIndexOf('@')
  if (at < 1) return false
  const [local, domain] = [value.slice(0, at), value.slice(at + 1)]
  return Buffer.byteLength(local) <= longest.local && local.split('.').every((part) => atom.test(part)) && isDomain(domain)
}

function isDomain(domain: string): boolean {
  if (domain.startsWith('[')) return literal.test(domain)
  return domain.split('.').every((part) => Buffer.byteLength(part) <= longest.label && label.test(part))
}
