import type { Codec, Compiled, CompiledProperty } from '../definition/compiled'
import { errors } from '../errors'
import type { ModelRuntime } from '../model/runtime'
import type { RelationDefinition } from '../relations/relation-definition'

/** Where a key of a filter leads: a place with a type, or a relation. */
export type Target =
  | { readonly kind: 'place'; readonly path: readonly string[]; readonly codec?: Codec; readonly known: boolean }
  | { readonly kind: 'relation'; readonly relation: RelationDefinition; readonly rest: string }

const openName = /^[A-Za-z_][\w-]*(\.[\w-]+)*$/

/** Finds what a key of a filter means for a model; throws for what a closed model does not have. */
export function targetOf(model: ModelRuntime, key: string, walk: { readonly outside: boolean; readonly place: string }): Target {
  const { compiled } = model
  const property = compiled.byName.get(key)
  if (property) return placeOf([key], checked(property, model, walk), true)
  const dot = key.indexOf('.')
  const head = dot < 0 ? key : key.slice(0, dot)
  const rest = dot < 0 ? '' : key.slice(dot + 1)
  if (dot > 0 && compiled.byName.has(head)) {
    const owner = checked(compiled.byName.get(head)!, model, walk)
    return nestedPlace({ model, walk, key }, owner, rest)
  }
  const relation = model.relation(head)
  if (relation) return { kind: 'relation', relation, rest }
  if (compiled.strict === false && openName.test(key) && !forbidden(compiled, head, walk.outside))
    return placeOf(key.split('.'), undefined, true)
  if (!model.flags.refuseUnknown && openName.test(key)) return placeOf(key.split('.'), undefined, compiled.strict === false)
  throw unknown(model, key, walk)
}

function placeOf(path: readonly string[], codec: Codec | undefined, known: boolean): Target {
  return { kind: 'place', path, codec, known }
}

function unknown(model: ModelRuntime, property: string, walk: { readonly place: string }) {
  return errors.QUERY_PROPERTY_UNKNOWN({ model: model.name, property, where: walk.place })
}

/** Hidden and protected properties do not exist for whoever asks from outside. */
function checked(
  property: CompiledProperty,
  model: ModelRuntime,
  walk: { readonly outside: boolean; readonly place: string },
): CompiledProperty {
  if (walk.outside && (property.hidden || property.protected)) throw unknown(model, property.name, walk)
  return property
}

function forbidden(compiled: Compiled, name: string, outside: boolean): boolean {
  return outside && (compiled.hidden.has(name) || compiled.protectedNames.has(name))
}

interface Asked {
  readonly model: ModelRuntime
  readonly walk: { readonly outside: boolean; readonly place: string }
  readonly key: string
}

function nestedPlace(asked: Asked, owner: CompiledProperty, rest: string): Target {
  const path = asked.key.split('.')
  const element = owner.kind === 'list' ? owner.items! : owner
  if (element.kind === 'model') {
    const inner = targetOf(element.model!()!, rest, asked.walk)
    if (inner.kind === 'place') return placeOf([owner.name, ...inner.path], inner.codec, inner.known)
  } else if ((element.kind === 'object' || element.kind === 'any' || element.kind === 'custom') && openName.test(`_.${rest}`)) {
    return placeOf(path, undefined, true)
  }
  throw unknown(asked.model, asked.key, asked.walk)
}
