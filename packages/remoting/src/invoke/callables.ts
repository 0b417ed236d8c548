import type { RemoteObjects } from '../contract/remote-objects'
import type { SharedClass } from '../contract/shared-class'
import { compileCall, type CompiledCall } from './compile-call'

interface Known {
  readonly version: string
  readonly call: CompiledCall
}

/** The shared methods by name, compiled when they are first called, and anew when hooks, types or the class have changed. */
export class Callables {
  readonly #remotes: RemoteObjects
  readonly #calls = new Map<string, Known>()
  #classes = new Map<string, SharedClass>()
  #version = -1

  constructor(remotes: RemoteObjects) {
    this.#remotes = remotes
  }

  /**
   * The method of a name or alias, or undefined when clients may call none of it.
   *
   * @param name `Product.find`, `Product.prototype.patchAttributes`
   */
  find(name: string): CompiledCall | undefined {
    const dot = name.indexOf('.')
    const sharedClass = dot === -1 ? undefined : this.#class(name.slice(0, dot))
    if (!sharedClass) return undefined
    const version = `${this.#remotes.version} ${sharedClass.version}`
    const known = this.#calls.get(name)
    if (known?.version === version) return known.call
    const method = sharedClass.findMethodByName(name.slice(dot + 1))
    if (!method) return undefined
    const call = compileCall(method, this.#remotes)
    this.#calls.set(name, { version, call })
    return call
  }

  #class(name: string): SharedClass | undefined {
    if (this.#version !== this.#remotes.version) {
      this.#classes = new Map(this.#remotes.classes().map((shared) => [shared.name, shared]))
      this.#version = this.#remotes.version
    }
    return this.#classes.get(name)
  }
}
