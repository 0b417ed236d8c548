/**
 * What a regular expression may cost in the worst case, as V8 runs it: `factor` × length ^ `degree` steps.
 * `degree` is Infinity when the number of ways to match may grow exponentially.
 */
export interface PatternCost {
  readonly degree: number
  readonly factor: number
}

/** `ways` is the degree in which the number of ways to match grows; `single`: matches texts of one fixed length in one way. */
interface Cost extends PatternCost {
  readonly ways: number
  readonly single: boolean
}

const free: Cost = { degree: 0, factor: 1, ways: 0, single: true }
const exponential: Cost = { degree: Infinity, factor: 1, ways: Infinity, single: false }

/**
 * Bounds the cost of a search with a regular expression; rather too high than too low.
 *
 * A repeated part counts as safe only when it has one fixed length and no choices in it.
 *
 * @param source of a valid RegExp, without the flag `v`
 * @param flags of it
 * @example patternCost('(a+)+$', '').degree // Infinity
 */
export function patternCost(source: string, flags: string): PatternCost {
  const { degree, factor } = new Reader(source).alternatives()
  const anchored = source.startsWith('^') && !source.includes('|') && !flags.includes('m')
  // Unless it is anchored, the search begins anew at every character.
  return { degree: anchored ? degree : degree + 1, factor }
}

class Reader {
  #at = 0

  constructor(readonly source: string) {}

  alternatives(): Cost {
    const items = [this.#sequence()]
    while (this.#take('|')) items.push(this.#sequence())
    if (items.length === 1) return items[0]!
    return {
      degree: Math.max(...items.map((item) => item.degree)),
      factor: items.reduce((sum, item) => sum + item.factor, 0),
      ways: Math.max(...items.map((item) => item.ways)),
      single: false,
    }
  }

  #sequence(): Cost {
    let total = free
    while (this.#at < this.source.length && !this.#sees('|') && !this.#sees(')')) {
      const item = this.#quantified(this.#atom())
      total = {
        degree: Math.max(total.degree, total.ways + item.degree),
        factor: total.factor * item.factor,
        ways: total.ways + item.ways,
        single: total.single && item.single,
      }
    }
    return total
  }

  #atom(): Cost {
    const rest = this.source.slice(this.#at, this.#at + 4)
    if (rest.startsWith('(')) return this.#group()
    if (rest.startsWith('[')) return this.#class()
    if (rest.startsWith('\\')) return this.#escape()
    this.#at++
    return free
  }

  #group(): Cost {
    const [opening, kind] = /^\((\?(?:<?[=!]|:|<[^>]*>)?)?/.exec(this.source.slice(this.#at))!
    this.#at += opening.length
    const inner = this.alternatives()
    this.#take(')')
    // What a lookaround matched is not tried again, so that it adds cost but no ways.
    return kind !== undefined && /[=!]$/.test(kind) ? { ...inner, ways: 0, single: false } : inner
  }

  #class(): Cost {
    this.#at++
    while (this.#at < this.source.length && !this.#sees(']')) this.#at += this.#sees('\\') ? 2 : 1
    this.#at++
    return free
  }

  #escape(): Cost {
    const [text] = /^\\(?:u[\da-f]{4}|x[\da-f]{2}|c[a-z]|k<[^>]*>|[1-9]\d*|[^])?/i.exec(this.source.slice(this.#at))!
    this.#at += text.length
    return /^\\(?:[1-9]|k<)/.test(text) ? { degree: 1, factor: 1, ways: 0, single: false } : free
  }

  #quantified(item: Cost): Cost {
    const found = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.source.slice(this.#at))
    if (!found) return item
    this.#at += found[0].length
    const [, sign, low, comma, high] = found
    if (sign === '?') return { ...item, factor: item.factor * 2, single: false }
    const most = sign || (comma && !high) ? Infinity : Number(high || low)
    if (most === Infinity) return item.single ? { degree: 1, factor: item.factor, ways: 1, single: false } : exponential
    if (most > 1 && !item.single) return exponential
    return { ...item, factor: item.factor * Math.max(1, most), single: item.single && !comma }
  }

  #sees(char: string): boolean {
    return this.source[this.#at] === char
  }

  #take(char: string): boolean {
    const seen = this.#sees(char)
    if (seen) this.#at++
    return seen
  }
}
