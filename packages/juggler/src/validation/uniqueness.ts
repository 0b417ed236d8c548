import type { JugglerOptions } from '../model/options'
import { find } from '../operations/find'
import { idOf, sameId } from '../operations/ids'
import { kData, kModel } from '../symbols'
import type { ModelInstance } from '../model/types'
import type { PlainObject } from '../value/plain'
import { isBlank, type Check } from './rules'

/** Whether no other row has the value, among those that share the values of `scopedTo`. */
export const checkUniqueness: Check = async (instance, fail, { property, rule, options }) => {
  const value = instance[property]
  if (isBlank(value)) return
  const model = instance[kModel]
  const where: PlainObject = { [property]: rule.ignoreCase && typeof value === 'string' ? { ilike: escapeLike(value) } : value }
  for (const scoped of Array.isArray(rule.scopedTo) ? (rule.scopedTo as string[]) : []) {
    if (instance[scoped] !== undefined) where[scoped] = instance[scoped]
  }
  const found = await find(model, { where, limit: 2 }, quiet(options))
  if (found.some((other) => isOther(other, instance))) fail()
}

/** The caller's options, with its transaction and without its hooks and guards: the store is asked, not the user. */
function quiet(options: object): JugglerOptions {
  const { transaction } = options as JugglerOptions
  return { notify: false, ...(transaction !== undefined && { transaction }) }
}

function isOther(found: ModelInstance, instance: ModelInstance): boolean {
  const model = instance[kModel]
  if (model.compiled.ids.length === 0) return true
  const own = idOf(model, instance[kData])
  return own === undefined || !sameId(idOf(model, found[kData]), own)
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
