import { crc32 } from 'node:zlib'
import { errors } from '../errors'

const header = /^([0-9a-f]{8}) ([0-9a-f]{8}) $/
const headerLength = 18

/** One group of records as a line: length and checksum of the text in hexadecimal, the text, a line feed. */
export function encodeFrame(text: string): Buffer {
  const body = Buffer.from(text + '\n')
  return Buffer.concat([Buffer.from(`${hex(body.length)} ${hex(crc32(body))} `), body])
}

/** What a journal holds: its whole records, and where they end. */
export interface Frames {
  readonly texts: readonly string[]
  readonly end: number
}

/**
 * Reads a journal back. A record that is not whole is taken for torn when no whole record follows it.
 *
 * @throws MEMORY_JOURNAL_CORRUPT
 */
export function decodeFrames(file: string, bytes: Buffer): Frames {
  const texts: string[] = []
  let offset = 0
  while (offset < bytes.length) {
    const body = bodyAt(bytes, offset)
    if (!body) break
    texts.push(body.toString('utf8', 0, body.length - 1))
    offset += headerLength + body.length
  }
  if (offset < bytes.length && wholeFrameAfter(bytes, offset)) throw errors.MEMORY_JOURNAL_CORRUPT({ file, offset })
  return { texts, end: offset }
}

function bodyAt(bytes: Buffer, offset: number): Buffer | undefined {
  const match = header.exec(bytes.toString('latin1', offset, offset + headerLength))
  if (!match) return undefined
  const start = offset + headerLength
  const body = bytes.subarray(start, start + parseInt(match[1]!, 16))
  return body.length === parseInt(match[1]!, 16) && crc32(body) === parseInt(match[2]!, 16) ? body : undefined
}

/** JSON text holds no line feed, so every record begins at the start of a line. */
function wholeFrameAfter(bytes: Buffer, offset: number): boolean {
  for (let next = bytes.indexOf(10, offset) + 1; next > 0; next = bytes.indexOf(10, next) + 1) {
    if (bodyAt(bytes, next)) return true
  }
  return false
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0')
}
