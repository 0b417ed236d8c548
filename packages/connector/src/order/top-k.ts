/**
 * The first `k` items of a stable sort, without sorting the rest: one comparison for most items.
 *
 * @param items anything iterable
 * @param k how many, from 0
 * @param compare as for `sort`
 * @returns at most k items in order
 * @example topK(rows, 20, compileOrder(product, order))
 */
export function topK<T>(items: Iterable<T>, k: number, compare: (a: T, b: T) => number): T[] {
  if (k <= 0) return []
  const heap = new Heap(k, compare)
  for (const item of items) heap.offer(item)
  return heap.sorted()
}

interface Entry<T> {
  readonly item: T
  readonly place: number
}

/** The last of the kept items is at the root, so that a new one is compared with it alone. */
class Heap<T> {
  readonly #entries: Entry<T>[] = []
  #seen = 0

  constructor(
    readonly size: number,
    readonly compare: (a: T, b: T) => number,
  ) {}

  offer(item: T): void {
    const place = this.#seen++
    const entries = this.#entries
    if (entries.length < this.size) {
      entries.push({ item, place })
      this.#rise(entries.length - 1)
    } else if (this.compare(item, entries[0]!.item) < 0) {
      entries[0] = { item, place }
      this.#sink()
    }
  }

  sorted(): T[] {
    return this.#entries.sort((a, b) => this.#order(a, b)).map((entry) => entry.item)
  }

  /** Equal items keep the order in which they came. */
  #order(a: Entry<T>, b: Entry<T>): number {
    return this.compare(a.item, b.item) || a.place - b.place
  }

  #rise(from: number): void {
    const entries = this.#entries
    let index = from
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (this.#order(entries[index]!, entries[parent]!) <= 0) return
      this.#swap(index, parent)
      index = parent
    }
  }

  #sink(): void {
    const entries = this.#entries
    let index = 0
    for (;;) {
      let last = index
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child < entries.length && this.#order(entries[child]!, entries[last]!) > 0) last = child
      }
      if (last === index) return
      this.#swap(index, last)
      index = last
    }
  }

  #swap(a: number, b: number): void {
    const entries = this.#entries
    ;[entries[a], entries[b]] = [entries[b]!, entries[a]!]
  }
}
