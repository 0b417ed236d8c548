import type { Entity, PropertyType, Row } from '@reloop/connector'
import { hash, hashAll, hasherOf, isTold, type Hash } from './hash'

/** Properties by whose values rows are found, and how these are hashed. */
export class Key {
  readonly #types: readonly PropertyType[]
  readonly #hashers: readonly ((value: unknown) => Hash)[]

  constructor(
    readonly properties: readonly string[],
    entity: Entity,
  ) {
    this.#types = properties.map((name) => entity.byName.get(name)?.type ?? 'any')
    this.#hashers = this.#types.map(hasherOf)
    if (properties.length === 1) this.#specialize(properties[0]!, this.#hashers[0]!)
  }

  /** Hash of a row's values. */
  ofRow: (row: Row) => Hash = (row) => hashAll(this.properties.map((name, position) => this.#hashers[position]!(row[name])))

  /** Hash of values given in the order of the properties. */
  ofValues(values: readonly unknown[]): Hash {
    return hashAll(values.map((value, position) => this.#hashers[position]!(value)))
  }

  /** Whether rows with these values can be found by hash alone. */
  tells(values: readonly unknown[]): boolean {
    return values.every((value, position) => isTold(this.#types[position]!, value))
  }

  equals(other: Key): boolean {
    const same = (name: string, position: number) => name === other.properties[position] && this.#types[position] === other.#types[position]
    return this.properties.length === other.properties.length && this.properties.every(same)
  }

  #specialize(name: string, hasher: (value: unknown) => Hash): void {
    this.ofRow = hasher === hash ? (row) => hash(row[name]) : (row) => hasher(row[name])
  }
}
