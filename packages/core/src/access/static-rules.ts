import type { SharedModel } from '../types'
import { all } from './names'
import type { Rule } from './rule'

/**
 * The rules in a model's own settings that are about a method or property: entries of `acls`, and the `acls` of the property, relation, scope
 * or function of that name.
 *
 * @param Model the class
 * @param names the name of the method first, then others under which rules may speak of it; none for all rules of the class
 */
export function staticRules(Model: SharedModel, names: readonly string[]): readonly Rule[] {
  const property = names[0]
  const rules = listOf(Model.settings.acls).filter((rule) => property === undefined || isAbout(rule, names))
  const held = property === undefined ? [] : holders(Model, property).flatMap((holder) => listOf(holder?.acls))
  return Object.freeze([
    ...rules.map((rule) => whole(Model, rule, property)),
    ...held.map((rule) => whole(Model, { ...rule, property }, property)),
  ])
}

function isAbout({ property }: Rule, names: readonly string[]): boolean {
  if (property === undefined || property === null || property === all || property === '') return true
  return Array.isArray(property) ? property.some((one) => one === all || names.includes(one as string)) : names.includes(property as string)
}

/** A rule with everything that it leaves out, about the one thing that is asked for. */
function whole(Model: SharedModel, rule: Rule, property: string | undefined): Rule {
  const given = rule.property
  const general = given === undefined || given === null || given === '' || given === all || (Array.isArray(given) && given.includes(all))
  const own = general ? all : (property ?? given)
  return Object.freeze({ ...plain(rule), model: Model.modelName, property: own, accessType: rule.accessType ?? all })
}

/** Without the views through which settings are watched. */
function plain(rule: Rule): Rule {
  const { where, fields } = rule
  return { ...rule, ...(where && { where: copy(where) as Rule['where'] }), ...(fields && { fields: [...fields] }) }
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]))
}

function listOf(acls: unknown): readonly Rule[] {
  return Array.isArray(acls) ? (acls as Rule[]).filter((rule) => typeof rule === 'object' && rule !== null) : []
}

type Holder = { readonly acls?: unknown } | undefined

function holders(Model: SharedModel, name: string): readonly Holder[] {
  const { definition, settings } = Model as unknown as { definition: { properties?: object }; settings: Record<string, object | undefined> }
  const functions = [member(Model, name), member(Model.prototype, name)].filter((value) => typeof value === 'function')
  return [member(definition.properties, name), member(settings.relations, name), member(settings.scopes, name), ...functions]
}

function member(holder: object | undefined, name: string): Holder {
  if (!holder || !(name in holder) || name in Object.prototype) return undefined
  const found = Reflect.getOwnPropertyDescriptor(holder, name)
  const value: unknown = found && 'value' in found ? found.value : found ? undefined : (holder as Record<string, unknown>)[name]
  return (typeof value === 'object' && value !== null) || typeof value === 'function' ? value : undefined
}
