const msPerDay = 86_400_000
const keptDays = 1024

const days = new Map<number, string>()
const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))
const three = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'))

/**
 * What `Date.prototype.toISOString` gives for a time, in a fifth of its time: lists of rows hold many dates of few days.
 *
 * @param time milliseconds since 1970, a valid time of a Date
 */
export function isoText(time: number): string {
  const day = Math.floor(time / msPerDay)
  const ms = time - day * msPerDay
  const seconds = Math.floor(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  return `${days.get(day) ?? dayText(day)}T${two[hours]}:${two[minutes - hours * 60]}:${two[seconds - minutes * 60]}.${three[ms - seconds * 1000]}Z`
}

function dayText(day: number): string {
  if (days.size >= keptDays) days.clear()
  const text = new Date(day * msPerDay).toISOString()
  const date = text.slice(0, text.indexOf('T'))
  days.set(day, date)
  return date
}
