import type { JugglerFlags } from '../compat'
import { unwatched } from '../model/watch'
import type { ModelRuntime } from '../model/runtime'
import type { PlainObject } from '../value/plain'
import { codecOf } from './nested-codecs'
import type { Compiled, CompiledProperty } from './compiled'
import { defaultOf } from './default-values'
import { entityOf } from './entity'
import type { ModelDefinition } from './model-definition'
import { namesIn, strictMode, triState } from './settings'

/** The world around a definition that compiling depends on. */
export interface CompileContext {
  readonly flags: JugglerFlags
  /** Name of the connector, for its blocks. */
  readonly connector: string
  readonly relational: boolean
  /** Whether the store keeps undeclared properties. */
  readonly openStore: boolean
  /** Type that the store gives to generated ids. */
  readonly generatedIds: 'number' | 'string' | 'none'
  readonly runtimeOf: (type: unknown) => ModelRuntime | undefined
  readonly tableOf: (model: string) => string
}

/** Makes of a definition everything that operations need, once. */
export function compileModel(definition: ModelDefinition, context: CompileContext): Compiled {
  const settings = unwatched(definition.settings)
  const hidden = namesIn(settings, 'hidden', 'hiddenProperties')
  const protectedNames = namesIn(settings, 'protected', 'protectedProperties')
  const positions = new Map(definition.ids().map((id, index) => [id.name, index + 1]))
  const properties = Object.entries(unwatched(definition.properties)).map(([name, source]) =>
    compileProperty(
      { name, source: unwatched(source), position: positions.get(name), hidden: hidden.has(name), protected: protectedNames.has(name) },
      context,
    ),
  )
  const ids = properties.filter((property) => property.id).sort((a, b) => a.id! - b.id!)
  const strict = strictMode(settings.strict, context.flags, context.relational)
  const open = strict === false && context.openStore
  const forceId = forcesId(settings, ids, context)
  return Object.freeze({
    properties: Object.freeze(properties),
    byName: new Map(properties.map((property) => [property.name, property])),
    ids: Object.freeze(ids),
    id: ids.length === 1 ? ids[0] : undefined,
    defaults: Object.freeze(properties.filter((property) => property.makeDefault)),
    complex: Object.freeze(properties.filter((property) => property.complex)),
    entity: entityOf(definition, properties, { connector: context.connector, open, tableOf: context.tableOf }),
    strict,
    open,
    hidden,
    protectedNames,
    scope: unwatched(settings.scope),
    enforced: unwatched(settings.properties ?? settings.attributes),
    forceId,
    softDelete: unwatched(settings.softDelete) as Compiled['softDelete'],
    ...switches(settings, context.flags),
  })
}

function switches(
  settings: PlainObject,
  flags: JugglerFlags,
): Pick<
  Compiled,
  | 'persistUndefinedAsNull'
  | 'updateOnLoad'
  | 'applyDefaultsOnReads'
  | 'strictDelete'
  | 'automaticValidation'
  | 'validateUpsert'
  | 'normalizeUndefined'
> {
  const undefinedIs = settings.normalizeUndefinedInQuery
  return {
    persistUndefinedAsNull: settings.persistUndefinedAsNull === true,
    updateOnLoad: settings.updateOnLoad === true,
    applyDefaultsOnReads: flags.defaultsOnReads && settings.applyDefaultsOnReads !== false,
    strictDelete: settings.strictDelete === true,
    automaticValidation: triState(settings.automaticValidation),
    validateUpsert: triState(settings.validateUpsert),
    normalizeUndefined: undefinedIs === 'nullify' || undefinedIs === 'throw' ? undefinedIs : ('ignore' as const),
  }
}

function forcesId(settings: PlainObject, ids: readonly CompiledProperty[], context: CompileContext): boolean {
  const generated = ids.length === 1 && ids[0]!.generated
  const given = settings.forceId ?? (context.flags.autoForceId ? 'auto' : false)
  return given === 'auto' ? generated : Boolean(given)
}

interface Declared {
  readonly name: string
  readonly source: PlainObject
  readonly position?: number
  readonly hidden: boolean
  readonly protected: boolean
}

function compileProperty(declared: Declared, context: CompileContext): CompiledProperty {
  const { name, source, position } = declared
  const generated = source.generated === true && context.generatedIds !== 'none'
  return Object.freeze({
    ...codecOf(typeOf(source, generated && position !== undefined, context), context.flags, context.runtimeOf),
    name,
    id: position,
    generated,
    required: Boolean(source.required),
    hidden: declared.hidden,
    protected: declared.protected,
    makeDefault: defaultOf(source),
    persistDefault: source.persistDefaultValues !== false,
    applyDefaultOnWrites: source.applyDefaultOnWrites !== false,
    updateOnly: source.updateOnly === true,
    source,
  })
}

/** A generated id has the type that the store makes, whatever was declared, unless the property insists. */
function typeOf(source: PlainObject, generatedId: boolean, context: CompileContext): unknown {
  if (!generatedId || source.useDefaultIdType === false) return source.type
  const kept = source.type === String || source.type === Number ? undefined : source.type
  if (context.generatedIds === 'number') return kept && typeof kept === 'function' && kept !== Object ? kept : Number
  return kept && typeof kept === 'function' && kept !== Object ? kept : String
}
