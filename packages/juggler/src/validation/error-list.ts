/** Messages by property, with their codes beside; what `instance.errors` is. */
export interface ErrorList {
  readonly codes: Readonly<Record<string, string[]>>
  readonly [property: string]: string[] | Readonly<Record<string, string[]>>
}

/** Gathers failures of one instance. */
export class Failures {
  #messages: Record<string, string[]> | undefined
  #codes: Record<string, string[]> | undefined
  #some = false

  add(property: string, message: string, code: string): void {
    this.#some = true
    ;((this.#messages ??= nameless())[property] ??= []).push(message)
    ;((this.#codes ??= nameless())[property] ??= []).push(code)
  }

  /** Marks the instance as invalid without a message. */
  fail(): void {
    this.#some = true
  }

  get some(): boolean {
    return this.#some
  }

  list(): ErrorList {
    return Object.defineProperty({ ...this.#messages }, 'codes', {
      value: this.#codes ?? nameless(),
      enumerable: false,
      configurable: true,
    }) as unknown as ErrorList
  }
}

/** Without a prototype: a property may be called `constructor`. */
function nameless(): Record<string, string[]> {
  return Object.create(null) as Record<string, string[]>
}
