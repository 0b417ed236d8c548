/** A parameter: its key, brackets included, and its value. Both are decoded. */
export type Pair = readonly [key: string, value: string]

type Tree = Record<string, unknown>

/**
 * Builds the value of a query string with brackets in its keys, as the package `qs` does and LoopBack's clients expect: `a[b]=1`, `a[]=1`,
 * `a[0]=1`, and what mixtures of them come to. Bounds are the caller's business.
 *
 * @param pairs the parameters in their order
 * @param depth levels of brackets that are taken apart; what lies deeper stays one key
 */
export function readBrackets(pairs: readonly Pair[], depth: number): Tree {
  const values = new Map<string, unknown>()
  for (const [key, value] of pairs) values.set(key, values.has(key) ? [values.get(key), value].flat() : value)
  let whole: unknown = {}
  for (const [key, value] of values) {
    const path = pathOf(key, depth)
    if (path.length > 0) whole = merge(whole, branch(path, value))
  }
  return withoutHoles(whole) as Tree
}

/** `a[b][]` is `a`, `[b]`, `[]`: the brackets tell names from places in lists. */
function pathOf(key: string, depth: number): string[] {
  const first = /\[[^[\]]*\]/.exec(key)
  if (!first || depth === 0) return key === '' ? [] : [key]
  const path = first.index > 0 ? [key.slice(0, first.index)] : []
  const segments = /\[[^[\]]*\]/g
  let level = 0
  for (let found = segments.exec(key); found; found = segments.exec(key)) {
    if (level++ === depth) return [...path, `[${key.slice(found.index)}]`]
    path.push(found[0])
  }
  return path
}

/** The value at the end of a path, with all that leads to it. */
function branch(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((leaf, segment) => {
    if (segment === '[]') return ([] as unknown[]).concat(leaf)
    const isBracketed = segment.startsWith('[') && segment.endsWith(']')
    const name = isBracketed ? segment.slice(1, -1) : segment
    const place = Number.parseInt(name, 10)
    if (!isBracketed || String(place) !== name || place < 0) return { [name]: leaf }
    const list: unknown[] = []
    list[place] = leaf
    return list
  }, value)
}

function merge(target: unknown, source: unknown): unknown {
  if (source === '' || source === undefined) return target
  if (!isBranch(target)) return isBranch(source) ? [target].concat(source) : [target, source]
  if (!isBranch(source)) return addLeaf(target, source)
  if (Array.isArray(target) && Array.isArray(source)) return mergeLists(target, source)
  const into: Tree = Array.isArray(target) ? Object.fromEntries(Object.entries(target)) : target
  for (const [name, value] of Object.entries(source)) into[name] = Object.hasOwn(into, name) ? merge(into[name], value) : value
  return into
}

/** A plain value beside members makes a list of both. */
function addLeaf(target: unknown[] | Tree, leaf: unknown): unknown {
  if (!Array.isArray(target)) return [target, leaf]
  target.push(leaf)
  return target
}

/** Values for the same place: objects become one, others are put at the end. */
function mergeLists(target: unknown[], source: readonly unknown[]): unknown[] {
  source.forEach((item, place) => {
    if (!Object.hasOwn(target, place)) target[place] = item
    else if (isBranch(target[place]) && isBranch(item)) target[place] = merge(target[place], item)
    else target.push(item)
  })
  return target
}

/** Places that nobody named are left out. */
function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value)) return Object.values(value).map(withoutHoles)
  if (!isBranch(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutHoles(item)]))
}

function isBranch(value: unknown): value is unknown[] | Tree {
  return typeof value === 'object' && value !== null
}
