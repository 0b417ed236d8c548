/** Bytes that a notification may have at most are 7999; what stands before the text takes some of them. */
const room = 7_500

/** A message, or a piece of one, as it travels. */
export interface Piece {
  /** The broker that sent it, and its number there. */
  readonly key: string
  readonly part: number
  readonly parts: number
  readonly text: string
}

/**
 * Cuts a text into pieces that notifications can carry.
 *
 * @param key of the message
 * @param text of any length
 */
export function cut(key: string, text: string): string[] {
  const bytes = Buffer.from(text)
  const parts: string[] = []
  for (let start = 0; start < bytes.length || parts.length === 0;) {
    let end = Math.min(start + room, bytes.length)
    // A character of several bytes stays whole: its further bytes begin with the bits 10.
    while (end < bytes.length && (bytes[end]! & 0xc0) === 0x80) end--
    parts.push(bytes.toString('utf8', start, end))
    start = end
  }
  return parts.map((part, index) => `${key} ${index + 1} ${parts.length} ${part}`)
}

/** Reads a notification; undefined for one that is not ours. */
export function readPiece(payload: string): Piece | undefined {
  const found = /^(\S+) (\d+) (\d+) ([^]*)$/.exec(payload)
  return found ? { key: found[1]!, part: Number(found[2]), parts: Number(found[3]), text: found[4]! } : undefined
}

/** Puts pieces together again; those of one message come one after the other. */
export class Collector {
  #key = ''
  #texts: string[] = []

  /** The text of the message that a piece completes. */
  add({ key, part, parts, text }: Piece): string | undefined {
    if (parts === 1) return text
    if (part === 1 || key !== this.#key) [this.#key, this.#texts] = [key, []]
    // The beginning was sent before we listened.
    if (part !== this.#texts.length + 1) return undefined
    this.#texts.push(text)
    return part === parts ? this.#texts.join('') : undefined
  }
}
