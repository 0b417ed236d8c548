import { errors } from '../errors'

/** What makes an item of a list: coercion of one value, and how an item is written out. */
export interface ItemType {
  readonly coerce: (value: unknown, parent: unknown) => unknown
  readonly type: unknown
}

interface ListSlots {
  itemType?: ItemType
  parent?: unknown
}

const slots = new WeakMap<object, ListSlots>()
const kItems = Symbol('items')

/**
 * A list of a typed property: an array whose items take the type when they enter.
 *
 * @example new List(['1', 2], { type: Number, coerce: Number }) // [1, 2]
 */
export class List<T = unknown> extends Array<T> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }

  constructor(data?: unknown, itemType?: ItemType, parent?: unknown) {
    super()
    if (itemType || parent) slots.set(this, { itemType, parent })
    if (typeof data === 'number') this.length = data
    else if (data !== undefined && data !== null) for (const item of itemsOf(data)) this.push(item)
  }

  get itemType(): unknown {
    return this[kItems]?.type
  }

  /** How items get their type: of this list, or of all lists of a property. */
  get [kItems](): ItemType | undefined {
    return slots.get(this)?.itemType
  }

  get parent(): unknown {
    return slots.get(this)?.parent
  }

  /** Gives a value the type of the items. */
  toItem(value: unknown): T {
    const items = this[kItems]
    return (items && value !== null && value !== undefined ? items.coerce(value, slots.get(this)?.parent) : value) as T
  }

  override push(...items: unknown[]): number {
    for (const item of items) super.push(this.toItem(item))
    return this.length
  }

  toArray(): T[] {
    return Array.from(this)
  }

  toObject(onlySchema?: boolean, removeHidden?: boolean, removeProtected?: boolean): unknown[] {
    return Array.from(this, (item) => plainOf(item, [onlySchema, removeHidden, removeProtected]))
  }

  toJSON(): unknown[] {
    return this.toObject(false, true, false)
  }

  override toString(): string {
    return JSON.stringify(this.toJSON())
  }
}

/** The class of lists of one property: what its items are stands on the prototype and costs no list anything. */
export function listOf(items: ItemType): new (data?: unknown) => List {
  const Typed = class extends List {}
  Object.defineProperty(Typed, 'name', { value: 'List' })
  Object.defineProperty(Typed.prototype, kItems, { value: items })
  return Typed
}

function plainOf(item: unknown, flags: readonly (boolean | undefined)[]): unknown {
  const toObject = (item as { toObject?: (...flags: readonly unknown[]) => unknown } | null)?.toObject
  return typeof toObject === 'function' ? toObject.apply(item, [...flags]) : item
}

function itemsOf(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) return data
  if (typeof data !== 'string') throw errors.LIST_INVALID({ value: data })
  let parsed: unknown
  try {
    parsed = JSON.parse(data)
  } catch (cause) {
    throw errors.LIST_TEXT_INVALID({ value: data }, { cause })
  }
  if (!Array.isArray(parsed)) throw errors.LIST_INVALID({ value: data })
  return parsed
}
