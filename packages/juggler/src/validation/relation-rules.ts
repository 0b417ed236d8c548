import { keyText } from '../include/group'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { isPromise } from '../operations/begin'
import type { RelationDefinition } from '../relations/relation-definition'
import { kData } from '../symbols'
import type { Check, Fail } from './rules'

/** One rule that a relation brings: the property under whose name it fails, its code and its check. */
export interface RelationRule {
  readonly property: string
  readonly code: string
  readonly check: Check
}

/** Checks one embedded instance; what `check` of a whole instance is. */
export type CheckItem = (item: ModelInstance, options: JugglerOptions) => boolean | Promise<boolean>

/** What relations ask of the values that hold them: references stand once, embedded items are valid and have ids of their own. */
export function relationRules(model: ModelRuntime, checkItem: CheckItem): RelationRule[] {
  return Object.values(model.relations).flatMap((relation) => {
    if (relation.type === 'referencesMany') return [{ property: relation.name, code: 'uniqueness', check: noDuplicates(relation) }]
    if (!relation.embed || relation.options.validate === false) return []
    if (!relation.multiple) return [{ property: relation.name, code: 'invalid', check: validItem(relation, checkItem) }]
    return [
      { property: relation.keyFrom, code: 'uniqueness', check: distinctIds(relation) },
      { property: relation.keyFrom, code: 'invalid', check: validItems(relation, checkItem) },
    ]
  })
}

function noDuplicates(relation: RelationDefinition): Check {
  return (instance, fail) => {
    const ids = instance[kData][relation.keyFrom]
    if (isRepeated(ids)) fail(undefined, `contains duplicate \`${relation.target()?.name}\` instance`)
  }
}

function isRepeated(keys: unknown): boolean {
  if (!Array.isArray(keys)) return false
  const known = keys.filter((key) => key !== undefined && key !== null)
  return new Set(known.map(keyText)).size < known.length
}

function distinctIds(relation: RelationDefinition): Check {
  return (instance, fail) => {
    const ids = itemsOf(instance, relation).map((item) => item[kData][relation.keyTo])
    if (isRepeated(ids)) fail(undefined, `contains duplicate \`${relation.keyTo}\``)
  }
}

function itemsOf(instance: ModelInstance, relation: RelationDefinition): readonly ModelInstance[] {
  const items = instance[relation.keyFrom]
  return Array.isArray(items) ? (items as (ModelInstance | null)[]).filter((item): item is ModelInstance => Boolean(item?.[kData])) : []
}

function validItems(relation: RelationDefinition, checkItem: CheckItem): Check {
  return (instance, fail, { options }) => {
    const tell = (item: ModelInstance) => {
      const id = item[kData][relation.keyTo]
      fail(undefined, `contains invalid item${id === undefined || id === null ? '' : `: \`${String(id)}\``} (${firstError(item)})`)
    }
    return all(itemsOf(instance, relation).map((item) => checked(item, { checkItem, options, tell })))
  }
}

function validItem(relation: RelationDefinition, checkItem: CheckItem): Check {
  return (instance, fail: Fail, { options }) => {
    const item = instance[relation.keyFrom] as ModelInstance | null | undefined
    if (!item?.[kData]) return undefined
    return checked(item, { checkItem, options, tell: () => fail(undefined, `is invalid: ${firstError(item)}`) })
  }
}

function checked(
  item: ModelInstance,
  given: { checkItem: CheckItem; options: JugglerOptions; tell: (item: ModelInstance) => void },
): unknown {
  const judge = (valid: boolean) => {
    if (!valid) given.tell(item)
  }
  const result = given.checkItem(item, given.options)
  return isPromise(result) ? result.then(judge) : judge(result)
}

/** A promise only where one of the results is one. */
function all(results: readonly unknown[]): unknown {
  return results.some((result) => isPromise(result)) ? Promise.all(results) : undefined
}

function firstError(item: ModelInstance): string {
  const [property, messages] = Object.entries((item.errors ?? {}) as Record<string, readonly string[]>)[0] ?? ['', []]
  return `\`${property}\` ${messages[0] ?? 'is invalid'}`
}
