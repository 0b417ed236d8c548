import type { SharedModel, Settings } from '../types'
import type { Registry } from '../registry/registry'
import { identityFlags, type IdentityFlags } from './compat'
import { makeTokenId, tokenStatics } from './legacy-token'
import { tokenPrototype } from './legacy-token-validity'
import { tokenDefaults } from './limits'
import type { Found } from './stored'

/** What the hook gets. */
interface Context {
  readonly Model: SharedModel
  readonly instance?: Found & { id: unknown }
}

/**
 * Makes the built-in model `AccessToken` of a registry.
 *
 * @param registry the registry; its profile decides what is as in which LoopBack
 */
export function makeAccessToken(registry: Registry): SharedModel {
  const AccessToken = registry.createModel('AccessToken', properties(identityFlags.of(registry.profile)), {
    forceId: false,
    hidden: ['refresh'],
    relations: { user: { type: 'belongsTo', model: 'User', foreignKey: 'userId' } },
    acls: [{ principalType: 'ROLE', principalId: '$everyone', permission: 'DENY' }],
  })
  for (const [name, value] of Object.entries(tokenStatics)) hide(AccessToken, name, { value, writable: true })
  for (const [name, value] of Object.entries(tokenPrototype)) hide(AccessToken.prototype, name, { value, writable: true })
  hide(AccessToken, 'ANONYMOUS', { get: () => new AccessToken({ id: '$anonymous' }) })
  ;(AccessToken.observe as (operation: string, hook: unknown) => void).call(AccessToken, 'before save', giveId)
  // Its relation leads there, and would put an empty class in the place of one that nobody has asked for.
  registry.findModel('User')
  return AccessToken
}

function hide(holder: object, name: string, descriptor: PropertyDescriptor): void {
  Object.defineProperty(holder, name, { ...descriptor, configurable: true, enumerable: false })
}

function properties({ passwordMethods, hashAtRest }: IdentityFlags): Settings {
  return {
    id: { type: 'string', id: true },
    ttl: { type: 'number', ttl: true, default: tokenDefaults.ttl, description: 'Seconds that the token is good for' },
    ...(passwordMethods ? { scopes: { type: ['string'], description: 'What the token is good for; nothing: for everything' } } : {}),
    created: { type: 'Date', defaultFn: 'now' },
    ...(hashAtRest ? { refresh: { type: 'string', description: 'Hash of the refresh token, where web tokens are used' } } : {}),
  }
}

async function giveId({ Model, instance }: Context): Promise<void> {
  if (instance && !instance.id) instance.id = await makeTokenId(Model)
}
