import { unwatched } from '../model/watch'
import { kModel } from '../symbols'
import type { ModelConstructor } from '../model/types'
import { isPlainObject, type PlainObject } from '../value/plain'
import { defineScope } from './legacy-scope'

/** Defines the scopes of a model's settings. */
export function defineScopes(Model: ModelConstructor, given?: unknown): void {
  const scopes = unwatched(given ?? Model[kModel].settings.scopes)
  if (!isPlainObject(scopes)) return
  for (const [name, form] of Object.entries(scopes)) {
    const { options, ...filter } = isPlainObject(form) ? form : ({} as PlainObject)
    defineScope(Model, { name, filter: typeof form === 'function' ? form : filter, options: isPlainObject(options) ? options : undefined })
  }
}
