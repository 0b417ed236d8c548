import {
  capabilities,
  plainCall,
  type Call,
  type Change,
  type CrudConnector,
  type Entity,
  type EntityProperty,
  type Row,
  type Where,
} from '@reloop/connector'
import { randomInt } from 'node:crypto'
import { soleId } from '../query/source'
import { objectId } from '../table/object-id'

/** Settings of the store that keeps nothing. */
export interface TransientSettings {
  /** Name of the data source; not used here. */
  readonly name?: string
  /** Makes ids instead of the store. */
  readonly generateId?: (model: string, row: Row, idName: string) => unknown
  /** Type of ids where the model does not tell: 24 hexadecimal digits, or a number below 10,000. @default 'String' */
  readonly defaultIdType?: unknown
}

const nothing: readonly Row[] = Object.freeze([])

/** A store that keeps nothing: it gives ids, finds no row, and says yes to writes of one row. The home of models that live inside others. */
class TransientConnector implements CrudConnector {
  readonly name = 'transient'
  readonly capabilities
  readonly #settings: TransientSettings

  constructor(settings: TransientSettings) {
    this.#settings = settings
    this.capabilities = capabilities({ generatedIds: isNumber(settings.defaultIdType) ? 'number' : 'string', open: true })
  }

  connect(): void {}
  disconnect(): void {}
  ping(): void {}

  find(): readonly Row[] {
    return nothing
  }

  count(): number {
    return 0
  }

  insert({ entity, rows }: { readonly entity: Entity; readonly rows: readonly Row[] }, _call: Call = plainCall): readonly Row[] {
    return rows.map((row) => this.#withIds(entity, row))
  }

  /** A change of one row by its id is answered as made; of others there are none. */
  update({
    entity,
    where,
    change,
    returning,
  }: {
    readonly entity: Entity
    readonly where?: Where
    readonly change: Change
    readonly returning?: boolean
  }) {
    const id = soleId(entity, where)
    if (!id) return returning ? { count: 0, rows: nothing } : { count: 0 }
    const row = { ...change.set, [entity.ids[0]!.name]: id.value }
    return returning ? { count: 1, rows: [row] } : { count: 1 }
  }

  remove({ entity, where }: { readonly entity: Entity; readonly where?: Where }): number {
    return soleId(entity, where) ? 1 : 0
  }

  upsert({ entity, row }: { readonly entity: Entity; readonly row: Row }) {
    return { row: this.#withIds(entity, row), created: true }
  }

  #withIds(entity: Entity, row: Row): Row {
    const missing = entity.ids.filter(({ name }) => row[name] === null || row[name] === undefined)
    return missing.length === 0 ? row : { ...row, ...Object.fromEntries(missing.map((id) => [id.name, this.#makeId(entity, row, id)])) }
  }

  #makeId(entity: Entity, row: Row, { name, type }: EntityProperty): unknown {
    const { generateId, defaultIdType } = this.#settings
    if (generateId) return generateId(entity.name, row, name)
    const number = type === 'number' || type === 'integer' || type === 'bigint' || (type === 'any' && isNumber(defaultIdType))
    return number ? randomInt(10_000) : objectId()
  }
}

function isNumber(type: unknown): boolean {
  return type === Number || (typeof type === 'string' && type.toLowerCase() === 'number')
}

/**
 * Makes a store that keeps nothing.
 *
 * @param settings `generateId(model, row, idName)` makes ids; `defaultIdType` 'String' or 'Number'
 * @example createTransientConnector().insert({ entity: address, rows: [{ city: 'Brno' }] }) // with an id of 24 hexadecimal digits
 */
export function createTransientConnector(settings: TransientSettings = {}): TransientConnector {
  return new TransientConnector(settings)
}

export type { TransientConnector }
