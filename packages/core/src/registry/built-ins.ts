import { makeAcl } from '../access/models/acl'
import { makeRole } from '../access/models/role'
import { makeRoleMapping } from '../access/models/role-mapping'
import { makeScope } from '../access/models/scope'
import { makeAccessToken } from '../identity/access-token'
import { makeUser } from '../identity/user'
import { makeApplication } from '../models/application'
import { makeEmail } from '../models/email'
import { makeChange } from '../replication/change'
import { makeCheckpoint } from '../replication/checkpoint'
import type { SharedModel } from '../types'
import type { Registry } from './registry'

/** Makes a built-in model for a registry. */
export type MakeBuiltIn = (registry: Registry) => SharedModel

/** The built-in models beside the bases; each is made when a registry is first asked for it. */
export const builtIns: Readonly<Record<string, MakeBuiltIn>> = Object.freeze({
  // identity
  User: makeUser,
  AccessToken: makeAccessToken,

  // mail and client applications
  Email: makeEmail,
  Application: makeApplication,

  // replication
  Change: makeChange,
  Checkpoint: makeCheckpoint,

  // access
  ACL: makeAcl,
  Role: makeRole,
  RoleMapping: makeRoleMapping,
  Scope: makeScope,
})
