import type { Registry, SharedModel } from '@reloop/core'

/** Models that every registry can make; each is made when it is first asked for. */
const names = [
  'Model',
  'PersistedModel',
  'KeyValueModel',
  'User',
  'AccessToken',
  'ACL',
  'Role',
  'RoleMapping',
  'Scope',
  'Application',
  'Email',
  'Change',
  'Checkpoint',
] as const

/** The built-in model classes of the process's registry. */
export type BuiltInStatics = Readonly<Record<(typeof names)[number], SharedModel>>

/** Getters of the built-in models. */
export function builtInStatics(registry: () => Registry): BuiltInStatics {
  const statics = {}
  for (const name of names) Object.defineProperty(statics, name, { enumerable: true, get: () => registry().getModel(name) })
  return statics as BuiltInStatics
}
