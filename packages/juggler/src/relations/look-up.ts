import { singularize } from 'inflection'
import { errors } from '../errors'
import type { ModelRuntime } from '../model/runtime'
import { kModel } from '../symbols'
import type { ModelConstructor } from '../model/types'

/** A class by itself or by name: exact, without regard to case, or by its singular. */
export function lookUp(from: ModelRuntime, given: unknown): ModelConstructor | undefined {
  if (typeof given === 'function') return given as ModelConstructor
  if (typeof given !== 'string') return undefined
  const builders = [from.builder, from.dataSource?.modelBuilder].filter((builder) => builder !== undefined)
  for (const builder of builders) {
    const exact = builder.getModel(given)
    if (exact) return exact
  }
  for (const builder of builders) {
    const names = new Map(Object.keys(builder.models).map((name) => [name.toLowerCase(), name]))
    const name = names.get(given.toLowerCase()) ?? names.get(singularize(given).toLowerCase())
    if (name !== undefined) return builder.models[name]
  }
  return undefined
}

/** The same; throws when there is none. */
export function mustLookUp(from: ModelRuntime, given: unknown): ModelConstructor {
  const found = lookUp(from, given)
  if (!found) throw errors.RELATION_TARGET_UNKNOWN({ target: String(given), model: from.name })
  return found
}

/** Name of a model with a lower-case start. */
export function camel(name: string): string {
  const words = name.replace(/[_-]+(\w)/g, (_, letter: string) => letter.toUpperCase())
  return words.charAt(0).toLowerCase() + words.slice(1)
}

/** The id property of a class, which relations refer to. */
export function primaryKey(Model: ModelConstructor): string {
  return Model[kModel].definition.idName() ?? 'id'
}

/** The type that a foreign key has: that of the key it refers to, once the store has decided it. */
export function keyType(Model: ModelConstructor, key: string): unknown {
  const runtime = Model[kModel]
  const definition = runtime.definition.properties[key]
  const kind = runtime.compiled.byName.get(key)?.kind
  if (kind === 'string') return String
  return kind === 'number' ? Number : (definition?.type ?? String)
}

/** Declares a foreign key where there is none; where there is, its type becomes that of the key. */
export function defineForeignKey(Model: ModelConstructor, key: string, type: unknown): void {
  const { definition } = Model[kModel]
  const declared = definition.properties[key]
  if (!declared) definition.defineProperty(key, { type })
  else if (declared.type !== type && !Array.isArray(type) && !declared.id) definition.defineProperty(key, { ...declared, type })
}
