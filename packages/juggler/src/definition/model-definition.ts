import { isPlainObject, type PlainObject } from '../value/plain'
import { watched } from '../model/watch'
import { typeName } from './property-types'

/** What a definition is made of, and whom it tells of changes. */
export interface DefinitionParts {
  readonly name: string
  readonly rawProperties: PlainObject
  readonly properties: Record<string, PlainObject>
  readonly settings: PlainObject
  readonly changed: () => void
}

/** A model's name, properties and settings, as LoopBack shows them; what is written to it takes effect. */
export class ModelDefinition {
  readonly name: string
  readonly rawProperties: PlainObject
  readonly properties: Record<string, PlainObject>
  readonly settings: PlainObject
  relations: PlainObject = {}

  constructor(parts: DefinitionParts) {
    this.name = parts.name
    this.rawProperties = parts.rawProperties
    this.properties = watched(parts.properties, parts.changed)
    this.settings = watched(parts.settings, parts.changed)
  }

  defineProperty(name: string, definition: PlainObject): void {
    this.rawProperties[name] = definition
    this.properties[name] = definition
  }

  build(): Record<string, PlainObject> {
    return this.properties
  }

  tableName(connector: string): string {
    const block = blockOf(this.settings, connector)
    return String(block.table ?? block.tableName ?? block.collection ?? this.name)
  }

  columnMetadata(connector: string, property: string): PlainObject | null {
    const definition = this.properties[property]
    return isPlainObject(definition?.[connector]) ? definition[connector] : null
  }

  columnName(connector: string, property: string): string | undefined {
    if (!this.properties[property]) return undefined
    const block = this.columnMetadata(connector, property)
    return String(block?.columnName ?? block?.column ?? block?.fieldName ?? block?.field ?? property)
  }

  columnNames(connector: string): string[] {
    return Object.keys(this.properties).map((name) => this.columnName(connector, name)!)
  }

  ids(): { name: string; id: unknown; property: PlainObject }[] {
    const position = (id: unknown) => (typeof id === 'number' ? id : 1)
    return Object.entries(this.properties)
      .filter(([, property]) => property.id)
      .map(([name, property]) => ({ name, id: property.id, property }))
      .sort((a, b) => position(a.id) - position(b.id))
  }

  idName(): string | undefined {
    return this.properties.id?.id ? 'id' : this.ids()[0]?.name
  }

  idNames(): string[] {
    return this.ids().map((id) => id.name)
  }

  idColumnName(connector: string): string | undefined {
    const name = this.idName()
    return name === undefined ? undefined : this.columnName(connector, name)
  }

  hasPK(): boolean {
    return this.ids().length > 0
  }

  indexes(): PlainObject {
    const own = Object.entries(this.properties).filter(([, property]) => property.index)
    return {
      ...(this.settings.indexes as PlainObject | undefined),
      ...Object.fromEntries(own.map(([name, property]) => [`${name}_index`, property.index])),
    }
  }

  toJSON(): PlainObject {
    const properties = Object.entries(this.properties).map(([name, property]) => [name, { ...property, type: typeToJson(property.type) }])
    return { name: this.name, properties: Object.fromEntries(properties), settings: this.settings }
  }
}

function typeToJson(type: unknown): unknown {
  return Array.isArray(type) ? type.map(typeToJson) : typeName(type)
}

function blockOf(settings: PlainObject, connector: string): PlainObject {
  const block = settings[connector]
  return isPlainObject(block) ? block : {}
}
