import { plainCall, type Entity } from '@reloop/connector'
import type { On, Runner } from '../run/runner'
import { statementOf } from '../statement/frame'
import type { Statements } from '../statement/statements'
import type { Table } from '../statement/table'
import { literal } from '../text/sql'
import { Definitions } from './definition'
import type { Discovering } from './discovering'
import { wantedIndexes } from './index-name'
import type { ActualTable, Difference } from './schema-dialect'

/** Makes tables of entities and changes them, one after the other; each in a transaction where the database can. */
export class Migrating {
  readonly #runner: Runner
  readonly #statements: Statements
  readonly #discovering: Discovering
  readonly #definitions: Definitions
  readonly #announced = new Map<string, Entity>()

  constructor(runner: Runner, statements: Statements, discovering: Discovering) {
    this.#runner = runner
    this.#statements = statements
    this.#discovering = discovering
    this.#definitions = new Definitions(statements.dialect, (name) => {
      const entity = this.#announced.get(name)
      return entity && statements.tableOf(entity)
    })
  }

  /** Remembers an entity, so that foreign keys find its table. */
  define(entity: Entity): void {
    this.#announced.set(entity.table, entity)
  }

  async migrate(entities: readonly Entity[], mode: 'recreate' | 'alter'): Promise<void> {
    const { dialect, tableOf } = this.#statements
    for (const entity of entities) this.define(entity)
    const tables = entities.map(tableOf)
    for (const text of dialect.ddl.prepare(tables)) await this.#say(text, { call: plainCall })
    for (const table of tables) {
      await this.#together(table, (on) => (mode === 'recreate' ? this.#recreate(table, on) : this.#alter(table, on)))
    }
    if (!dialect.ddl.foreignKeysInside) for (const table of tables) await this.#together(table, (on) => this.#addForeignKeys(table, on))
  }

  async isActual(entities: readonly Entity[]): Promise<boolean> {
    for (const entity of entities) {
      const table = this.#statements.tableOf(entity)
      const actual = await this.#discovering.actual(table, { table, call: plainCall })
      if (!actual || !isSame(this.#difference(table, actual)) || this.#missingIndexes(table, actual).length) return false
    }
    return true
  }

  async #recreate(table: Table, on: On): Promise<void> {
    await this.#say(this.#statements.dialect.ddl.drop(table), on)
    await this.#create(table, on)
  }

  async #create(table: Table, on: On): Promise<void> {
    await this.#say(this.#definitions.create(table), on)
    for (const index of this.#wantedIndexes(table)) await this.#say(this.#definitions.index(table, index), on)
  }

  async #alter(table: Table, on: On): Promise<void> {
    const actual = await this.#discovering.actual(table, on)
    if (!actual) return this.#create(table, on)
    const { ddl } = this.#statements.dialect
    const difference = this.#difference(table, actual)
    if (!isSame(difference)) {
      const steps = ddl.alter(table, difference, (column) => this.#definitions.column(table, column))
      if (!steps) return this.#rebuild(table, actual, on)
      for (const text of steps) await this.#say(text, on)
    }
    for (const index of this.#missingIndexes(table, actual)) await this.#say(this.#definitions.index(table, index), on)
  }

  /** Makes the table anew beside the old one, copies the rows, and puts it in its place; columns that the entity does not know stay. */
  async #rebuild(table: Table, actual: ActualTable, on: On): Promise<void> {
    const { quote } = this.#statements.dialect
    const fresh = quote(`~new ${table.name}`)
    const known = new Set(table.columns.map(({ name }) => name.toLowerCase()))
    const others = actual.columns.filter(({ name }) => !known.has(name.toLowerCase()))
    const there = new Set(actual.columns.map(({ name }) => name.toLowerCase()))
    const kept = [
      ...table.columns.map(({ name }) => name).filter((name) => there.has(name.toLowerCase())),
      ...others.map(({ name }) => name),
    ]
      .map(quote)
      .join(', ')
    await this.#say(
      this.#definitions.create(
        table,
        fresh,
        others.map(({ definition }) => definition!),
      ),
      on,
    )
    await this.#say(`insert into ${fresh} (${kept}) select ${kept} from ${table.sql.text[0]!}`, on)
    await this.#say(`drop table ${table.sql.text[0]!}`, on)
    await this.#say(`alter table ${fresh} rename to ${quote(table.name)}`, on)
    const wanted = this.#wantedIndexes(table)
    for (const index of wanted) await this.#say(this.#definitions.index(table, index), on)
    for (const { name, definition } of actual.indexes) {
      if (definition !== undefined && !wanted.some((index) => index.name === name)) await this.#say(definition, on)
    }
  }

  async #addForeignKeys(table: Table, on: On): Promise<void> {
    if (!table.entity.foreignKeys.length) return
    const actual = await this.#discovering.actual(table, on)
    for (const key of table.entity.foreignKeys) {
      if (!actual?.foreignKeys.includes(this.#definitions.signature(table, key)))
        await this.#say(this.#definitions.addForeignKey(table, key), on)
    }
  }

  #difference(table: Table, actual: ActualTable): Difference {
    const { ddl } = this.#statements.dialect
    const actualOf = new Map(actual.columns.map((column) => [column.name, column]))
    const present = table.columns.filter(({ name }) => actualOf.has(name))
    const foreignKeys = table.entity.foreignKeys.map((key) => this.#definitions.signature(table, key))
    return {
      missing: table.columns.filter(({ name }) => !actualOf.has(name)),
      retyped: present.filter(({ name, property }) => !ddl.fits(property, actualOf.get(name)!)),
      renulled: present.filter(({ name, nullable, property }) => property.id === undefined && actualOf.get(name)!.nullable !== nullable),
      foreignKeys: foreignKeys.filter((name) => !actual.foreignKeys.includes(name)),
    }
  }

  #missingIndexes(table: Table, actual: ActualTable) {
    return this.#wantedIndexes(table).filter(({ name }) => !actual.indexes.some((index) => index.name === name))
  }

  #wantedIndexes(table: Table) {
    return wantedIndexes(table, this.#statements.dialect.ddl.nameLength)
  }

  async #say(text: string, on: On): Promise<void> {
    await this.#runner.run(statementOf(this.#statements.dialect, literal(text)), [], on)
  }

  async #together(table: Table, work: (on: On) => Promise<void>): Promise<void> {
    await this.#runner.atomic({ table, call: plainCall }, work, { schema: true })
  }
}

function isSame({ missing, retyped, renulled, foreignKeys }: Difference): boolean {
  return missing.length + retyped.length + renulled.length + foreignKeys.length === 0
}
