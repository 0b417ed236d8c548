/** Everything: any model, property or kind of access. */
export const all = '*'

/** Kinds of access to a model. */
export const accessTypes = Object.freeze({ READ: 'READ', REPLICATE: 'REPLICATE', WRITE: 'WRITE', EXECUTE: 'EXECUTE' } as const)

/** What a rule says. ALARM and AUDIT allow. */
export const permissions = Object.freeze({
  DEFAULT: 'DEFAULT',
  ALLOW: 'ALLOW',
  ALARM: 'ALARM',
  AUDIT: 'AUDIT',
  DENY: 'DENY',
} as const)

/** Kinds of principals; with several user models, the name of a user model is one too. */
export const principalTypes = Object.freeze({ USER: 'USER', APP: 'APP', APPLICATION: 'APP', ROLE: 'ROLE', SCOPE: 'SCOPE' } as const)

/** Roles that nobody has to be mapped to. */
export const dynamicRoles = Object.freeze({
  OWNER: '$owner',
  RELATED: '$related',
  AUTHENTICATED: '$authenticated',
  UNAUTHENTICATED: '$unauthenticated',
  EVERYONE: '$everyone',
} as const)

/** How strict a permission is; unknown ones are as strict as ALLOW. */
export const permissionOrder: Readonly<Record<string, number>> = Object.freeze({ DEFAULT: 0, ALLOW: 1, ALARM: 2, AUDIT: 3, DENY: 4 })
