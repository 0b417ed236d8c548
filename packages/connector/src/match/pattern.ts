import type { RE2JS } from 're2js'
import { errors } from '../errors'
import type { Pattern } from '../query/ast'
import { patternCost } from './pattern-cost'

type Text = (text: string) => boolean

/** Steps that one native match may take at worst; about two milliseconds. */
const steps = 1e6
const longest = 1000

/**
 * Compiles a regular expression so that no pattern and no text can hold up the process.
 *
 * A pattern runs natively on texts for which its worst case is bounded; on longer ones, and when its cost may grow exponentially, an
 * engine of linear time takes over.
 *
 * @param pattern source, and flags among `i`, `m`, `s`; `g` is ignored
 * @param milliseconds most time for one synchronous scan of rows; left out: 50
 * @returns whether a text holds a match
 * @throws PATTERN_INVALID when the source or a flag is not valid; PATTERN_TOO_SLOW, also later: when time is up, or when a text is too
 *   long for a pattern with back-references or lookaround
 * @example compilePattern({ source: '^a+$', flags: 'i' })('AAA') // true
 */
export function compilePattern(pattern: Pattern, milliseconds = 50): Text {
  const flags = checkedFlags(pattern.flags)
  const native = nativeOf(pattern.source, flags)
  const { degree, factor } = patternCost(pattern.source, flags)
  const bound = degree === 0 ? steps / factor : (steps / factor) ** (1 / degree)
  let linear: Text | undefined
  const check = timeBox(milliseconds)
  return (text) => {
    check(text.length)
    if (text.length <= bound) return native.test(text)
    linear ??= linearOf(pattern.source, flags, milliseconds)
    return linear(text)
  }
}

function checkedFlags(flags: string | undefined): string {
  const used = (flags ?? '').replace('g', '')
  for (const flag of used) {
    if (!'ims'.includes(flag)) throw errors.PATTERN_INVALID({ problem: `flag "${flag}" is not among i, m and s` })
  }
  return used
}

function nativeOf(source: string, flags: string): RegExp {
  if (source.length > longest) throw errors.PATTERN_INVALID({ problem: `it is longer than ${longest} characters` })
  try {
    return new RegExp(source, flags)
  } catch (cause) {
    const problem = (cause as Error).message.replace(/^Invalid regular expression: /, '')
    throw errors.PATTERN_INVALID({ problem }, { cause })
  }
}

function linearOf(source: string, flags: string, milliseconds: number): Text {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when a pattern needs it: most applications never do
  const { RE2JS: engine } = require('re2js') as { RE2JS: typeof RE2JS }
  const bits = { i: engine.CASE_INSENSITIVE, m: engine.MULTILINE, s: engine.DOTALL } as Record<string, number>
  try {
    const compiled = engine.compile(
      engine.translateRegExp(source),
      [...flags].reduce((sum, flag) => sum | bits[flag]!, 0),
    )
    return (text) => compiled.test(text)
  } catch (cause) {
    throw errors.PATTERN_TOO_SLOW({ milliseconds }, { cause })
  }
}

/**
 * Bounds the time of one synchronous scan. The clock starts with the scan's first text and is read now and then; a microtask, which
 * cannot run before the scan is over, stops it. On a busy machine time passes without our doing, hence the second look at the processor's.
 */
function timeBox(milliseconds: number): (length: number) => void {
  let running = false
  let until = 0
  let work = 0
  let used: NodeJS.CpuUsage
  const stop = () => {
    running = false
  }
  return (length) => {
    work += length + 32
    if (!running) {
      running = true
      used = process.cpuUsage()
      until = performance.now() + milliseconds
      queueMicrotask(stop)
    } else if (work > 4096) {
      work = 0
      if (performance.now() < until) return
      const { user, system } = process.cpuUsage(used)
      if ((user + system) / 1000 > milliseconds) throw errors.PATTERN_TOO_SLOW({ milliseconds })
      until = performance.now() + milliseconds / 4
    }
  }
}
