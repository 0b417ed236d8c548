import type { SharedClass } from '../contract/shared-class'
import type { Route, SharedMethod } from '../contract/shared-method'
import { byPrecedence, isPatterned, routeExpression } from './precedence'
import type { CompiledRoute } from './compile-route'

/** One endpoint of a class. */
export interface Entry {
  readonly method: SharedMethod
  readonly route: Route
  /** Names of the parameters in order. */
  readonly names: readonly string[]
  /** What it was compiled to, and for which version of hooks and types. */
  compiled: CompiledRoute | undefined
  version: number
}

/** An endpoint with the values of its parameters. */
export interface Match {
  readonly entry: Entry
  readonly values: readonly string[]
}

interface Node {
  readonly literals: Map<string, Node>
  parameter: Node | undefined
  entry: Entry | undefined
}

/** The endpoints of one verb: a tree by segments; or, when a path has patterns of Express in it, a list in order of precedence. */
interface VerbTable {
  readonly root: Node
  readonly patterns: readonly { readonly entry: Entry; readonly expression: RegExp }[] | undefined
}

/** The endpoints of a class, compiled. Within a verb, literal segments come before parameters, as LoopBack sorts them. */
export class ClassTable {
  /** The version of the class that this was compiled from. */
  readonly version: number
  readonly #verbs = new Map<string, VerbTable>()

  constructor(sharedClass: SharedClass) {
    this.version = sharedClass.version
    const entries = sharedClass.methods().flatMap((method) => method.endpoints().map((route) => entryOf(method, route)))
    const sorted = entries.sort((a, b) => byPrecedence(a.route, b.route))
    const verbs = new Set(sorted.map((entry) => entry.route.verb.toUpperCase()))
    for (const verb of verbs) this.#verbs.set(verb, verbTable(sorted.filter((entry) => entry.route.verb.toUpperCase() === verb)))
  }

  /**
   * The endpoint of a verb and path. `HEAD` may be answered by `GET`, any verb by `all`.
   *
   * @param verb as in the request line
   * @param segments of the path; those before `from` belong to the class
   */
  find(verb: string, segments: readonly string[], from: number): Match | undefined {
    const tables = [this.#verbs.get(verb), verb === 'HEAD' ? this.#verbs.get('GET') : undefined, this.#verbs.get('ALL')]
    for (const table of tables) {
      const match = table && (table.patterns ? matchPatterns(table, segments, from) : matchTree(table.root, segments, from))
      if (match) return match
    }
    return undefined
  }
}

function entryOf(method: SharedMethod, route: Route): Entry {
  const names = [...route.path.matchAll(/:(\w+)/g)].map((found) => found[1]!)
  return { method, route, names, compiled: undefined, version: -1 }
}

function verbTable(entries: readonly Entry[]): VerbTable {
  const root = node()
  if (entries.some((entry) => isPatterned(entry.route.path))) {
    return { root, patterns: entries.map((entry) => ({ entry, expression: routeExpression(entry.route.path) })) }
  }
  for (const entry of entries) insert(root, entry)
  return { root, patterns: undefined }
}

function insert(root: Node, entry: Entry): void {
  let at = root
  for (const segment of entry.route.path.split('/').filter(Boolean)) {
    if (segment.startsWith(':')) at = at.parameter ??= node()
    else at = literal(at, segment)
  }
  at.entry ??= entry
}

/** The node of a literal segment, found by its lower case and by the case it is written in. */
function literal(at: Node, segment: string): Node {
  const lower = segment.toLowerCase()
  const found = at.literals.get(lower) ?? node()
  at.literals.set(lower, found)
  at.literals.set(segment, found)
  return found
}

function node(): Node {
  return { literals: new Map(), parameter: undefined, entry: undefined }
}

function matchTree(root: Node, segments: readonly string[], from: number): Match | undefined {
  const values: string[] = []
  const entry = descend(root, { segments, values }, from === segments.length - 1 && segments[from] === '' ? segments.length : from)
  return entry && { entry, values }
}

function descend(at: Node, path: { segments: readonly string[]; values: string[] }, index: number): Entry | undefined {
  const segment = path.segments[index]
  if (segment === undefined) return at.entry
  if (at.literals.size > 0) {
    const next = at.literals.get(segment) ?? at.literals.get(segment.toLowerCase())
    const found = next && descend(next, path, index + 1)
    if (found) return found
  }
  if (!at.parameter || segment === '') return undefined
  path.values.push(decode(segment))
  const found = descend(at.parameter, path, index + 1)
  if (!found) path.values.pop()
  return found
}

function matchPatterns(table: VerbTable, segments: readonly string[], from: number): Match | undefined {
  const path = `/${segments.slice(from).join('/')}`
  for (const { entry, expression } of table.patterns!) {
    const found = expression.exec(path)
    if (found) return { entry, values: found.slice(1).map((value: string | undefined) => decode(value ?? '')) }
  }
  return undefined
}

function decode(segment: string): string {
  return segment.includes('%') ? decodeURIComponent(segment) : segment
}
