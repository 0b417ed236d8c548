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
    else if (data !== undefined && data !== null) this.#fill(itemsOf(data))
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

  #fill(given: readonly unknown[]): void {
    for (let index = 0; index < given.length; index++) this[index] = this.toItem(given[index])
  }

  override push(...items: unknown[]): number {
    for (const item of items) super.push(this.toItem(item))
    return this.length
  }

  toArray(): T[] {
    return Array.from(this)
  }

  toObject(onlySchema?: boolean, removeHidden?: boolean, removeProtected?: boolean): unknown[] {
    return plainItems(this, [onlySchema, removeHidden, removeProtected])
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

type Flags = [onlySchema?: boolean, removeHidden?: boolean, removeProtected?: boolean]

/** By index: an iterator takes ten times as long. */
function plainItems(list: readonly unknown[], flags: Flags): unknown[] {
  const plain: unknown[] = []
  for (let index = 0; index < list.length; index++) plain.push(plainOf(list[index], flags))
  return plain
}

function plainOf(item: unknown, flags: Flags): unknown {
  const toObject = (item as { toObject?: (...flags: Flags) => unknown } | null | undefined)?.toObject
  return typeof toObject === 'function' ? toObject.apply(item, flags) : item
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
