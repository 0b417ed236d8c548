import type { JugglerFlags } from '../compat'
import { errors } from '../errors'
import type { ModelRuntime } from '../model/runtime'
import { listOf, type ItemType } from '../value/list'
import { isPlainObject } from '../value/plain'
import { plainOf, scalarCodec } from './codecs'
import type { Codec } from './compiled'
import { kindOf } from './property-types'

type Constructor = new (data?: unknown, options?: unknown) => object
type Custom = (value: unknown) => unknown

/** The codec of whatever type a property declares. `runtimeOf` answers undefined for what is no model. */
export function codecOf(type: unknown, flags: JugglerFlags, runtimeOf: (type: unknown) => ModelRuntime | undefined): Codec {
  if (Array.isArray(type)) return listCodec(type[0], codecOf(type[0] ?? undefined, flags, runtimeOf), flags)
  if (type === Array) return listCodec(undefined, scalarCodec('any', flags), flags)
  const kind = kindOf(type)
  if (kind) return scalarCodec(kind, flags)
  if (typeof type !== 'function') return scalarCodec('any', flags)
  return runtimeOf(type) ? modelCodec(type as unknown as Constructor, () => runtimeOf(type)) : customCodec(type as Custom)
}

function listCodec(type: unknown, items: Codec, flags: JugglerFlags): Codec {
  const itemType: ItemType = { type, coerce: (value, parent) => items.assign(value, parent) }
  const Typed = listOf(itemType)
  const make = (value: unknown) => (value instanceof Typed ? value : new Typed(value))
  return Object.freeze({
    kind: 'list',
    complex: true,
    nested: items.kind === 'model' || items.kind === 'custom' || items.nested,
    items,
    assign: (value: unknown) => {
      if (typeof value === 'number' && !flags.keepInvalid) throw errors.LIST_INVALID({ value })
      if (!flags.keepInvalid || Array.isArray(value) || looksLikeList(value)) return make(value)
      return value
    },
    problem: (value: unknown) => {
      if (!Array.isArray(value)) return 'is not an array'
      for (const item of value) {
        const problem = item === null || item === undefined ? undefined : items.problem(item)
        if (problem) return `has an item that ${problem}`
      }
      return undefined
    },
    hydrate: (value: unknown) => {
      const list = new Typed()
      const given = value as unknown[]
      for (let index = 0; index < given.length; index++) {
        const item = given[index]
        list[index] = item === null || item === undefined ? item : items.hydrate(item)
      }
      return list
    },
    store: (value: unknown) => {
      if (!Array.isArray(value)) return value
      const kept: unknown[] = []
      for (let index = 0; index < value.length; index++) {
        const item: unknown = value[index]
        kept.push(item === null || item === undefined ? item : items.store(item))
      }
      return kept
    },
    ...(items.wire ? { wire: (value: unknown) => (Array.isArray(value) ? value.map(items.wire!) : value) } : {}),
  })
}

function looksLikeList(value: unknown): boolean {
  return typeof value === 'string' && value.trimStart().startsWith('[')
}

function modelCodec(type: Constructor, model: () => ModelRuntime | undefined): Codec {
  const make = (value: unknown) => {
    if (value instanceof type) return value
    return isPlainObject(value) ? new type(value) : value
  }
  return Object.freeze({
    kind: 'model',
    complex: true,
    nested: true,
    model,
    assign: make,
    problem: (value: unknown) => (typeof value === 'object' ? undefined : 'is not an object'),
    hydrate: (value: unknown) =>
      isPlainObject(value) ? new type(value, { applySetters: false, persisted: true, applyDefaultValues: false }) : value,
    store: plainOf,
  })
}

function customCodec(type: Custom): Codec {
  const isClass = /^class\b/.test(Function.prototype.toString.call(type))
  const make = (value: unknown) => {
    if (value instanceof (type as unknown as Constructor)) return value
    return isClass ? new (type as unknown as Constructor)(value) : type(value)
  }
  return Object.freeze({
    kind: 'custom',
    complex: true,
    nested: true,
    assign: make,
    problem: () => undefined,
    hydrate: make,
    store: plainOf,
  })
}
