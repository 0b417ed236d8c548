import type { Connector } from '@reloop/connector'
import { runtimeOf } from '../../model/runtime'
import type { ModelConstructor } from '../../model/types'
import type { ModelDefinition } from '../../definition/model-definition'
import { isPlainObject, type PlainObject } from '../../value/plain'
import type { DataSourceCore } from '../core'

/** What a dialect says of names, where the connector has one. */
interface Speaks {
  dbName?(name: string): string
  escapeName?(name: string): string
}

/** The members that answer by the name of a model, from its definition. */
export function namesOf(source: DataSourceCore, connector: Connector) {
  const speaks = connector as Connector & Speaks
  const { name } = connector
  const definitionOf = (model: string): ModelDefinition | undefined => source.modelBuilder.definitions[model]
  const named = (given: string): string => speaks.dbName?.(given) ?? given
  const escaped = (given: string): string => speaks.escapeName?.(given) ?? given
  const settingsOf = (model: string): PlainObject => blockOf(definitionOf(model)?.settings, name)

  const table = (model: string): string => text(settingsOf(model).table ?? settingsOf(model).tableName) ?? named(model)
  const column = (model: string, property: string): string | undefined => {
    const definition = definitionOf(model)
    if (!definition) return undefined
    const block = blockOf(definition.properties[property], name)
    return (
      text(block.columnName ?? block.column ?? block.fieldName ?? block.field ?? definition.properties[property]?.name) ?? named(property)
    )
  }
  const idName = (model: string): string | undefined => definitionOf(model)?.idName()
  const idColumn = (model: string): string | undefined => {
    const id = idName(model)
    return id === undefined ? undefined : column(model, id)
  }

  return {
    ...kindOf(source, connector),
    get _models() {
      return Object.fromEntries(attachedTo(source).map((Model) => [Model.modelName, described(Model)]))
    },
    getDataSource: () => source,
    getModelDefinition: definitionOf,
    getConnectorSpecificSettings: settingsOf,
    getPropertyDefinition: (model: string, path: string) => propertyAt(definitionOf(model), path),
    isNullable: (property: PlainObject) => nullable(property),
    idName,
    idNames: (model: string) => definitionOf(model)?.idNames(),
    id: (model: string, property: string) => definitionOf(model)?.properties[property]?.id,
    idColumn,
    idColumnEscaped: (model: string) => escaped(idColumn(model) ?? 'id'),
    getIdValue: (model: string, data: PlainObject) => data[idName(model) ?? 'id'],
    setIdValue: (model: string, data: PlainObject, value: unknown) => void (data[idName(model) ?? 'id'] = value),
    schema: (model: string) => text(settingsOf(model).schema ?? settingsOf(model).schemaName ?? source.settings.schema),
    table,
    tableEscaped: (model: string) => escaped(table(model)),
    collection: table,
    column,
    getPropertyDbName: column,
    columnEscaped: (model: string, property: string) => escaped(column(model, property) ?? named(property)),
    columnMetadata: (model: string, property: string) => definitionOf(model)?.columnMetadata(name, property),
    propertyName: (model: string, wanted: string) =>
      Object.keys(definitionOf(model)?.properties ?? {}).find((property) => column(model, property) === wanted),
  }
}

/** What a connector says of itself. */
function kindOf(source: DataSourceCore, { name, capabilities: { relational, generatedIds } }: Connector) {
  const types = relational ? ['db', 'rdbms', 'sql', name] : ['db', 'nosql', name]
  return {
    dataSource: source,
    settings: source.settings,
    relational,
    isRelational: () => relational,
    getTypes: () => [...types],
    getDefaultIdType: () => (generatedIds === 'number' ? Number : String),
    getMetadata: () => ({ types: [...types], isRelational: relational }),
  }
}

function attachedTo(source: DataSourceCore): ModelConstructor[] {
  return Object.values(source.modelBuilder.models).filter((Model) => runtimeOf(Model)?.dataSource === source)
}

function described(Model: ModelConstructor): PlainObject {
  const definition = runtimeOf(Model).definition
  return { model: Model, properties: definition.properties, settings: definition.settings }
}

function blockOf(given: PlainObject | undefined, connector: string): PlainObject {
  const block = given?.[connector]
  return isPlainObject(block) ? block : {}
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The property of a path: `address.city` is a property of what `address` embeds. */
function propertyAt(definition: ModelDefinition | undefined, path: string): PlainObject | undefined {
  const [first, ...rest] = path.split('.')
  const property = definition?.properties[first!]
  if (rest.length === 0 || !property) return property
  const type: unknown = Array.isArray(property.type) ? property.type[0] : property.type
  return propertyAt(runtimeOf(type as object)?.definition, rest.join('.'))
}

function nullable(property: PlainObject): boolean {
  if (property.required || property.id) return false
  const stated = property.nullable ?? property.null ?? property.allowNull
  if (typeof stated === 'string') return !['N', 'NO'].includes(stated.toUpperCase())
  return stated === undefined || Boolean(stated)
}
