import { errors } from '../errors'
import type { PlainObject } from '../value/plain'

/** An operation that a data source gives to its models, and whether remoting may show it. */
export interface OperationEntry {
  readonly name: string
  readonly fnName: string
  readonly prototype: boolean
  remoteEnabled: boolean
  readonly fn?: Function
  readonly options: PlainObject
}

/** The operations of one data source by name; statics by their name, instance methods as `prototype.name`. */
export class OperationRegistry {
  readonly #operations = new Map<string, OperationEntry>()

  constructor(statics: Readonly<Record<string, unknown>>, prototype: Readonly<Record<string, unknown>>) {
    for (const [name, fn] of Object.entries(statics)) this.define(name, {}, fn as Function)
    for (const [name, fn] of Object.entries(prototype)) this.define(`prototype.${name}`, {}, fn as Function)
  }

  define(name: string, options: PlainObject = {}, fn?: Function): OperationEntry {
    const prototype = name.startsWith('prototype.')
    const entry = {
      name,
      fnName: prototype ? name.slice(10) : name,
      prototype,
      remoteEnabled: options.remoteEnabled !== false,
      fn,
      options,
    }
    this.#operations.set(name, entry)
    return entry
  }

  find(name: string): OperationEntry | undefined {
    return this.#operations.get(name) ?? [...this.#operations.values()].find((entry) => entry.fnName === name)
  }

  setRemote(name: string, enabled: boolean): void {
    const entry = this.find(name)
    if (!entry) throw errors.OPERATION_UNKNOWN({ name })
    entry.remoteEnabled = enabled
  }

  all(): Record<string, OperationEntry> {
    return Object.fromEntries(this.#operations)
  }
}
