import { isoText } from './iso-text'

const special = /[\u0000-\u001f"\\\ud800-\udfff]/

/** Text as JSON. */
export function quote(text: string): string {
  if (text.length > 40) return special.test(text) ? JSON.stringify(text) : `"${text}"`
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x20 || code === 0x22 || code === 0x5c || (code >= 0xd800 && code <= 0xdfff)) return JSON.stringify(text)
  }
  return `"${text}"`
}

/** Any value as JSON; undefined where JSON has no text for it. */
export function writeValue(value: unknown): string | undefined {
  return JSON.stringify(value)
}

/** A date, or text that stands for one. */
export function writeDate(value: unknown): string | undefined {
  if (typeof value === 'string') return quote(value)
  if (!(value instanceof Date)) return writeValue(value)
  const time = value.getTime()
  return time - time === 0 ? `"${isoText(time)}"` : 'null'
}
