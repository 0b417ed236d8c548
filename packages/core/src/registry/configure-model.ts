import type { ModelConfig, SharedModel, Settings } from '../types'

/** Settings that configuration of an application may not change. */
const reserved: ReadonlySet<string> = new Set(['base', 'super', 'relations', 'acls', 'dataSource'])

/** Lays an application's configuration over the settings of a class, and attaches it. */
export function configureModel(Model: SharedModel, config: ModelConfig): void {
  const settings = Model.settings
  if (config.relations) settings.relations = mergeRelations(settings.relations, config.relations)
  if (config.acls) settings.acls = mergeAcls(settings.acls, config.acls)
  for (const [key, value] of Object.entries(config.options ?? {})) {
    if (reserved.has(key)) process.emitWarning(`Option "${key}" of ${Model.modelName} cannot be changed by configuration; it is ignored.`)
    else settings[key] = value
  }
  const { dataSource } = config
  if (dataSource === undefined)
    process.emitWarning(`The configuration of ${Model.modelName} names no dataSource; set it to null when none is meant.`)
  if (!dataSource) return
  const source = dataSource as { attach(given: SharedModel): void }
  const attached = Model.dataSource === source
  source.attach(Model)
  if (attached && config.relations) defineLate(Model, config.relations)
}

function mergeRelations(before: unknown, given: Settings): Settings {
  const merged: Settings = { ...(before as Settings | undefined) }
  for (const [name, relation] of Object.entries(given))
    merged[name] = { ...(merged[name] as Settings | undefined), ...(relation as Settings) }
  return merged
}

/** Relations of a class that is attached already are defined by the statics. */
function defineLate(Model: SharedModel, relations: Settings): void {
  for (const [name, relation] of Object.entries(relations)) {
    const { type, model, ...params } = relation as Settings
    const define = Model[String(type)] as ((target: unknown, params: Settings) => void) | undefined
    define?.call(Model, model ?? name, { ...params, as: name })
  }
}

type Acl = Settings & { permission?: unknown }

const sameKeys = ['property', 'accessType', 'principalType', 'principalId'] as const

/** An entry for the same property, access and principal gets the new permission; others are added. */
function mergeAcls(before: unknown, given: readonly Settings[]): Acl[] {
  const merged: Acl[] = Array.isArray(before) ? [...(before as Acl[])] : []
  for (const acl of given) {
    const index = merged.findIndex((known) => sameKeys.every((key) => same(known[key], acl[key])))
    if (index === -1) merged.push(acl)
    else merged[index] = { ...merged[index], permission: acl.permission }
  }
  return merged
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
