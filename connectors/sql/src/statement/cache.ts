/**
 * Values by key, bounded. It holds between `size` and twice as many: those that nobody asked for while a generation filled up are dropped.
 * A hit costs one look into a Map, where a list in order of use would be written at each.
 */
export class Cache<T> {
  readonly #size: number
  #young = new Map<string, T>()
  #old = new Map<string, T>()

  constructor(size: number) {
    this.#size = size
  }

  get(key: string): T | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: string, value: T): void {
    if (this.#young.size >= this.#size) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }
}
