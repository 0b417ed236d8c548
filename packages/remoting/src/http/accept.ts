/**
 * The supported media type that an Accept header likes best, or undefined when it accepts none.
 *
 * @param accept value of the header
 * @param supported media types, the ones that are preferred where a client does not care first
 * @example preferred('text/html,*\/*;q=0.8', ['application/json']) // 'application/json'
 */
export function preferred(accept: string, supported: readonly string[]): string | undefined {
  const ranges = accept.split(',', 100).map(rangeOf)
  let best: string | undefined
  let most = 0
  for (const type of supported) {
    const quality = qualityOf(type, ranges)
    if (quality > most) [best, most] = [type, quality]
  }
  return best
}

interface Range {
  readonly type: string
  readonly quality: number
}

function rangeOf(text: string): Range {
  const [type = '', ...parameters] = text
    .trim()
    .toLowerCase()
    .split(/\s*;\s*/)
  const given = parameters.find((parameter) => parameter.startsWith('q='))
  const quality = given === undefined ? 1 : Number(given.slice(2))
  return { type, quality: Number.isNaN(quality) ? 0 : quality }
}

/** The most specific range that fits decides. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const group = `${type.slice(0, type.indexOf('/'))}/*`
  for (const wanted of [type, group, '*/*']) {
    const found = ranges.find((range) => range.type === wanted)
    if (found) return found.quality
  }
  return 0
}
