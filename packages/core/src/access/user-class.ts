import type { Registry } from '../registry/registry'
import type { SharedModel } from '../types'

/** Whether a class is User or extends it. */
export function isUserClass(registry: Registry, Model: unknown): boolean {
  const User = registry.findModel('User')
  return User !== undefined && typeof Model === 'function' && descends(Model, User)
}

/** Whether the application has several user models, whose tokens name theirs. */
export function hasSeveralUsers(registry: Registry): boolean {
  if (!registry.findModel('User')) return false
  const User = registry.getModelByType('User') as SharedModel & { relations?: Record<string, { polymorphic?: unknown }> }
  return Boolean(User.relations?.accessTokens?.polymorphic)
}

/** The class of a user, by the type of its principal. */
export function userClassOf(registry: Registry, principalType: string): SharedModel | undefined {
  if (principalType !== 'USER') return registry.findModel(principalType)
  return registry.findModel('User') && registry.getModelByType('User')
}

/** Whether a class is another one or extends it. */
export function descends(Model: object, from: object): boolean {
  return Model === from || Object.prototype.isPrototypeOf.call(from, Model)
}
