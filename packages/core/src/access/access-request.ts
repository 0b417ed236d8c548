import { all, permissions } from './names'
import type { Rule } from './rule'

/** What an access request is made of. */
export interface AccessRequestParts {
  readonly model?: string
  readonly property?: string
  readonly accessType?: string
  readonly permission?: string
  readonly methodNames?: readonly string[]
}

/**
 * What is asked for, and what was decided: a kind of access to a property of a model.
 *
 * @example new AccessRequest({ model: 'Note', property: 'find', accessType: 'READ' })
 */
export class AccessRequest {
  readonly model: string
  readonly property: string
  readonly accessType: string
  permission: string
  /** Further names of the method. */
  readonly methodNames: readonly string[]

  /** Takes its parts as an object, or one after the other: `(model, property, accessType, permission, methodNames)`. */
  constructor(given: string | AccessRequestParts = {}, ...rest: readonly unknown[]) {
    const [property, accessType, permission, methodNames] = rest as [string?, string?, string?, (readonly string[])?]
    const parts = typeof given === 'object' ? given : { model: given, property, accessType, permission, methodNames }
    this.model = parts.model ?? all
    this.property = parts.property ?? all
    this.accessType = parts.accessType ?? all
    this.permission = parts.permission ?? permissions.DEFAULT
    this.methodNames = parts.methodNames ?? []
  }

  /** Whether it asks for more than one thing at once. */
  isWildcard(): boolean {
    return this.model === all || this.property === all || this.accessType === all
  }

  /** Whether a rule is about exactly this. */
  exactlyMatches(rule: Rule): boolean {
    const named = rule.property === this.property || this.methodNames.includes(rule.property as string)
    return rule.model === this.model && named && rule.accessType === this.accessType
  }

  /** Lets the given permission hold where no rule has decided. */
  settleDefaultPermission(permission: string = permissions.ALLOW): void {
    if (this.permission === permissions.DEFAULT) this.permission = permission
  }

  /** Whether access is granted: everything but DENY grants it. */
  isAllowed(): boolean {
    return this.permission !== permissions.DENY
  }
}
