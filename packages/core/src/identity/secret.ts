import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Random letters and digits, each as likely as any other. */
export function randomText(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length + 16)) {
      // 248 is the largest multiple of 62 that a byte holds: what is above would favour some letters.
      if (byte < 248 && text.length < length) text += letters[byte % letters.length]!
    }
  }
  return text
}

/** Random bytes in hexadecimal digits. */
export function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}

/** What of a secret may lie in a store: enough to know it again, nothing to use. Secrets are long and random, so no salt is needed. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Whether two texts are equal, in a time that tells nothing of where they differ. */
export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest())
}
