import type { EntityForeignKey, IndexWhere } from '@reloop/connector'
import type { Dialect } from '../dialect'
import type { Column, Table } from '../statement/table'
import { foreignKeySignature } from './discovering'
import { bounded, type WantedIndex } from './index-name'

/** Finds the table that a foreign key names, as the program announced it. */
export type FindTable = (name: string) => Table | undefined

/** Writes the definitions of tables. Names are quoted; types and defaults come from the dialect. */
export class Definitions {
  readonly #dialect: Dialect
  readonly #findTable: FindTable

  constructor(dialect: Dialect, findTable: FindTable) {
    this.#dialect = dialect
    this.#findTable = findTable
  }

  /** CREATE TABLE, under the table's own name or another; `more`: columns that the entity does not know. */
  create(table: Table, as = table.sql.text[0]!, more: readonly string[] = []): string {
    const { ddl } = this.#dialect
    const keyInside = table.ids.some(({ property }) => property.generated && ddl.generated(property)?.key)
    const lines = [...table.columns.map((column) => this.column(table, column)), ...more]
    if (table.ids.length && !keyInside) lines.push(`primary key (${table.ids.map(({ quoted }) => quoted).join(', ')})`)
    if (ddl.foreignKeysInside) lines.push(...table.entity.foreignKeys.map((key) => this.#foreignKey(table, key)))
    return `create table ${as} (${lines.join(', ')})`
  }

  column(table: Table, column: Column): string {
    const { ddl } = this.#dialect
    const { property, quoted } = column
    const generated = property.generated ? ddl.generated(property) : undefined
    if (generated) return `${quoted} ${generated.definition}`
    const fallback = ddl.default(property)
    const type = this.#referencesKey(table, property.name)
      ? ddl.type({ ...property, type: property.type === 'number' ? 'integer' : property.type })
      : ddl.type(property)
    return `${quoted} ${type}${column.nullable ? '' : ' not null'}${fallback === undefined ? '' : ` default ${fallback}`}`
  }

  index(table: Table, { name, unique, keys, where }: WantedIndex): string {
    const rows = where ? ` where ${this.#rows(table, where)}` : ''
    return `create ${unique ? 'unique ' : ''}index ${this.#dialect.quote(name)} on ${table.sql.text[0]!} ${this.#dialect.ddl.index(keys)}${rows}`
  }

  /** What tells the rows of a partial index. */
  #rows(table: Table, where: IndexWhere): string {
    const conditions = Object.entries(where).map(([property, value]) => {
      const quoted = table.byName.get(property)?.quoted ?? this.#dialect.quote(property)
      return value === null ? `${quoted} is null` : `${quoted} = ${constant(value)}`
    })
    return conditions.join(' and ')
  }

  addForeignKey(table: Table, key: EntityForeignKey): string {
    return `alter table ${table.sql.text[0]!} add ${this.#foreignKey(table, key)}`
  }

  /** How discovery tells the same key. */
  signature(table: Table, key: EntityForeignKey): string {
    const target = this.#findTable(key.references.table)?.name ?? key.references.table
    return foreignKeySignature(
      key.properties.map((name) => table.byName.get(name)?.name ?? name),
      target,
    )
  }

  #foreignKey(table: Table, key: EntityForeignKey): string {
    const { quote } = this.#dialect
    const target = this.#findTable(key.references.table)
    const to = target
      ? target.sql.text[0]!
      : table.schema === undefined
        ? quote(key.references.table)
        : `${quote(table.schema)}.${quote(key.references.table)}`
    const own = key.properties.map((name) => table.byName.get(name)?.quoted ?? quote(name)).join(', ')
    const columns = key.references.columns
      .map((name) => target?.columns.find(({ property }) => property.column === name)?.quoted ?? quote(name))
      .join(', ')
    const actions = [...action('delete', key.onDelete), ...action('update', key.onUpdate)].join('')
    return `constraint ${quote(bounded(key.name, this.#dialect.ddl.nameLength))} foreign key (${own}) references ${to} (${columns})${actions}`
  }

  /** Both sides of a foreign key must be of one type; ids that are numbers are integers. */
  #referencesKey({ entity }: Table, property: string): boolean {
    return entity.foreignKeys.some(({ properties }) => properties.includes(property))
  }
}

function constant(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

const actions = new Set(['cascade', 'restrict', 'no action', 'set null', 'set default'])

function action(when: 'delete' | 'update', what: string | undefined): readonly string[] {
  if (what === undefined) return []
  const text = what.toLowerCase().trim()
  if (!actions.has(text))
    throw new TypeError(`A foreign key's ${when} action must be one of ${[...actions].join(', ')}; "${what}" is none.`)
  return [` on ${when} ${text}`]
}
