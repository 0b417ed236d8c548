/** `2024-02-29 23:59:59.999+00`; parts of a second and of the offset may be missing. */
const form = /^(\d{4,})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?)?(?:([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?)?( BC)?$/

/**
 * Reads a time as PostgreSQL writes it. One without a zone is in UTC, whatever the zone of this process.
 *
 * @param raw text
 * @returns a date; an invalid one for `infinity`
 */
export function readTime(raw: unknown): Date {
  const text = String(raw)
  // What a session in UTC writes nearly always, without the cost of a pattern.
  if (text.length <= 26 && text.endsWith('+00') && text.charCodeAt(4) === 45) return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
  return read(text)
}

function read(text: string): Date {
  const parts = form.exec(text)
  if (!parts) return new Date(NaN)
  const [
    ,
    year,
    month,
    day,
    hours = '0',
    minutes = '0',
    seconds = '0',
    fraction = '',
    sign,
    zoneHours = '0',
    zoneMinutes = '0',
    zoneSeconds = '0',
    before,
  ] = parts
  const date = new Date(0)
  date.setUTCFullYear(before ? 1 - Number(year) : Number(year), Number(month) - 1, Number(day))
  date.setUTCHours(Number(hours), Number(minutes), Number(seconds), Number(fraction.padEnd(3, '0').slice(0, 3)))
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60 + Number(zoneSeconds)
  return new Date(date.getTime() - (sign === '-' ? -offset : offset) * 1000)
}
