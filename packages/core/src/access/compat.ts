import { defineFlags } from '@reloop/compat'

/** What differs between the profiles where access is decided. */
export const accessFlags = defineFlags('core/access', {
  hops: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'Access rules follow every relation: includes, nested routes, conditions and orders. The setting access.hops overrides it.',
  },
  ownerRows: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about:
      '$owner is about the rows that a method touches, also where it touches many; otherwise an id anywhere in the request stands for a row. The setting access.ownerRows overrides it.',
  },
  strictResolvers: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about:
      'A role resolver that fails or answers anything but true and false decides against the caller; otherwise its error is the reply.',
  },
  closedSecurityModels: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'ACL, Role, RoleMapping and Scope are closed to clients unless their own rules open them.',
  },
  tokenScopes: { modern: true, '3.x': true, '2.x': false, about: 'Scopes of a token and accessScopes of a method must meet.' },
  principalTypes: { modern: true, '3.x': true, '2.x': false, about: 'A token may name the user model that its user belongs to.' },
  ownerRelations: { modern: true, '3.x': true, '2.x': false, about: 'The setting ownerRelations names the relations that make an owner.' },
  aliasRules: {
    modern: true,
    '3.x': false,
    '2.x': false,
    about: 'A rule in model settings that names an alias of a method is about the method; otherwise only its first name counts.',
  },
  everyModel: { modern: true, '3.x': true, '2.x': false, about: 'Stored rules for the model "*" hold for every model.' },
  strictestWildcard: {
    modern: false,
    '3.x': false,
    '2.x': true,
    about: 'A request for several things at once gets the strictest of the matching rules; otherwise the first strict one.',
  },
  authorizedRoles: {
    modern: 'deciding',
    '3.x': 'all',
    '2.x': 'none',
    about: 'Which roles a method reads in options.authorizedRoles: the one that decided, all that allow, or none.',
  },
})

/** The flags of one profile. */
export type AccessFlags = ReturnType<typeof accessFlags.of>
