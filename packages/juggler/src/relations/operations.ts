import type { Filter } from '../filter/filter'
import type { JugglerOptions } from '../model/options'
import type { ModelInstance } from '../model/types'
import type { PlainObject } from '../value/plain'
import type { ById } from '../operations/find-by-id'
import type { Held } from './held'

/** What an accessor to one related row does. */
export interface SingleOperations {
  get(held: Held, filter: Filter, options: JugglerOptions): Promise<ModelInstance | null | undefined>
  set(held: Held, value: ModelInstance | null): void
  build(held: Held, data: PlainObject): ModelInstance
  create(held: Held, data: PlainObject, options: JugglerOptions): Promise<ModelInstance>
  update(held: Held, data: PlainObject, options: JugglerOptions): Promise<ModelInstance>
  destroy(held: Held, options: JugglerOptions): Promise<unknown>
  /** The value without a query, where the owner holds it. */
  value?(held: Held): unknown
}

/** What an accessor to many related rows does. */
export interface ManyOperations {
  get(held: Held, filter: Filter, options: JugglerOptions): Promise<ModelInstance[]>
  build(held: Held, data: PlainObject): ModelInstance
  create(held: Held, data: PlainObject | readonly PlainObject[], options: JugglerOptions): Promise<ModelInstance | ModelInstance[]>
  findById(held: Held, asked: ById, options: JugglerOptions): Promise<ModelInstance | null>
  exists(held: Held, id: unknown, options: JugglerOptions): Promise<boolean>
  updateById(held: Held, asked: { id: unknown; data: PlainObject }, options: JugglerOptions): Promise<ModelInstance>
  destroyById(held: Held, id: unknown, options: JugglerOptions): Promise<unknown>
  count(held: Held, where: unknown, options: JugglerOptions): Promise<number>
  updateAll(held: Held, asked: { where: unknown; data: PlainObject }, options: JugglerOptions): Promise<{ count: number }>
  destroyAll(held: Held, where: unknown, options: JugglerOptions): Promise<{ count: number }>
  add?(held: Held, asked: { item: unknown; data?: PlainObject }, options: JugglerOptions): Promise<unknown>
  remove?(held: Held, item: unknown, options: JugglerOptions): Promise<unknown>
  /** The value without a query, where the owner holds it. */
  value?(held: Held): unknown
  at?(held: Held, index: number, options: JugglerOptions): Promise<ModelInstance | null>
}
