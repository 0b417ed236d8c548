import type { RemoteObjects } from '../contract/remote-objects'
import type { SharedClass } from '../contract/shared-class'
import { ClassTable, type Entry, type Match } from './class-table'

/** What a request path means. */
export type Found =
  | { readonly kind: 'method'; readonly entry: Entry; readonly params: Readonly<Record<string, string>> }
  /** The path belongs to a class that has no method for it; `rest` is what follows the path of the class. */
  | { readonly kind: 'class'; readonly sharedClass: SharedClass; readonly rest: string }

interface Mounted {
  readonly sharedClass: SharedClass
  readonly segments: readonly string[]
  table: ClassTable | undefined
}

/**
 * Which method a verb and a path mean, by LoopBack's rules of precedence. The table of a class is compiled when the first request
 * reaches the class, and anew when the class has changed, so that start stays cheap and late methods are reachable.
 */
export class RouteTable {
  readonly #remotes: RemoteObjects
  #byFirst = new Map<string, Mounted[]>()
  #atRoot: Mounted[] = []
  #version = -1

  constructor(remotes: RemoteObjects) {
    this.#remotes = remotes
  }

  /**
   * The method that a request means.
   *
   * @param verb as in the request line: `GET`
   * @param path without the prefix of the API and without the query
   */
  find(verb: string, path: string): Found | undefined {
    if (this.#version !== this.#remotes.version) this.#mount()
    const segments = path.split('/')
    if (segments.length > 2 && segments.at(-1) === '') segments.pop()
    const first = segments[1]!
    const candidates = this.#byFirst.get(first) ?? this.#byFirst.get(first.toLowerCase()) ?? this.#atRoot
    for (const mounted of candidates) {
      if (!startsWith(segments, mounted.segments)) continue
      const match = this.#tableOf(mounted).find(verb, segments, mounted.segments.length + 1)
      return match ? methodFound(match) : { kind: 'class', sharedClass: mounted.sharedClass, rest: restOf(path, mounted.segments.length) }
    }
    return undefined
  }

  #tableOf(mounted: Mounted): ClassTable {
    const { table, sharedClass } = mounted
    if (table && table.version === sharedClass.version) return table
    return (mounted.table = new ClassTable(sharedClass))
  }

  /** Sorts the classes under the first segment of their paths, in order of registration. */
  #mount(): void {
    const known = new Map([...this.#byFirst.values(), this.#atRoot].flat().map((mounted) => [mounted.sharedClass, mounted]))
    const all = this.#remotes.classes().map((sharedClass) => mountedAt(sharedClass, known.get(sharedClass)))
    this.#atRoot = all.filter(({ segments }) => segments.length === 0)
    this.#byFirst = new Map()
    for (const { segments } of all) {
      if (segments.length === 0 || this.#byFirst.has(segments[0]!)) continue
      this.#byFirst.set(
        segments[0]!,
        all.filter((other) => other.segments.length === 0 || other.segments[0] === segments[0]),
      )
    }
    for (const [first, mounted] of [...this.#byFirst]) this.#addSpelling(first, mounted)
    this.#version = this.#remotes.version
  }

  /** The usual spelling is found without lowering the case. */
  #addSpelling(first: string, mounted: Mounted[]): void {
    for (const { sharedClass } of mounted) {
      const written = sharedClass.path.split('/')[1] ?? ''
      if (written.toLowerCase() === first && !this.#byFirst.has(written)) this.#byFirst.set(written, mounted)
    }
  }
}

function mountedAt(sharedClass: SharedClass, before: Mounted | undefined): Mounted {
  const segments = sharedClass.path.toLowerCase().split('/').slice(1).filter(Boolean)
  const same = before && before.segments.join('/') === segments.join('/')
  return same ? before : { sharedClass, segments, table: undefined }
}

function startsWith(segments: readonly string[], head: readonly string[]): boolean {
  if (segments.length <= head.length) return false
  for (let index = 1; index < head.length; index++) {
    if (segments[index + 1]!.toLowerCase() !== head[index]) return false
  }
  return true
}

function restOf(path: string, count: number): string {
  const rest = path
    .split('/')
    .slice(count + 1)
    .join('/')
  return `/${rest}`
}

function methodFound({ entry, values }: Match): Found {
  const params: Record<string, string> = {}
  for (let index = 0; index < entry.names.length; index++) params[entry.names[index]!] = values[index] ?? ''
  return { kind: 'method', entry, params }
}
