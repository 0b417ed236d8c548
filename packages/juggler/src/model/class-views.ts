import { pluralize } from 'inflection'
import type { ModelDefinition } from '../definition/model-definition'
import { kModel } from '../symbols'
import { isPlainObject } from '../value/plain'
import type { ModelConstructor } from './types'

/** What is read off a class under LoopBack's names; asked anew each time, so that it is never stale. */
export const views: Record<string, (Model: ModelConstructor) => unknown> = {
  modelName: (Model) => Model[kModel]?.name,
  definition: (Model) => Model[kModel]?.definition,
  settings: (Model) => Model[kModel]?.settings,
  modelBuilder: (Model) => Model[kModel]?.builder,
  relations: (Model) => Model[kModel]?.definition.relations,
  scopes: (Model) => Model[kModel]?.scopes,
  base: (Model) => Object.getPrototypeOf(Model) as unknown,
  dataSource: (Model) => Model[kModel]?.dataSource,
  pluralModelName: (Model) => Model[kModel] && pluralOf(Model[kModel].definition),
  http: (Model) => Model[kModel] && { path: pathOf(Model[kModel].definition) },
}

function pluralOf(definition: ModelDefinition): string {
  return typeof definition.settings.plural === 'string' ? definition.settings.plural : pluralize(definition.name)
}

function pathOf(definition: ModelDefinition): string {
  const http = isPlainObject(definition.settings.http) ? definition.settings.http : {}
  const path = String(http.path ?? pluralOf(definition))
  return path.startsWith('/') ? path : `/${path}`
}
