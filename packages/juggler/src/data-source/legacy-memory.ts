import { acceptCallback } from '@reloop/callback'
import type { PlainObject } from '../value/plain'
import { DataSource } from './data-source'

type Method = (...args: unknown[]) => unknown

/** What LoopBack's connectors are told of a model. */
export interface MemoryDefinition {
  readonly model: { readonly modelName: string }
  readonly properties: Readonly<Record<string, PlainObject>>
  readonly settings?: PlainObject
}

const stores = new WeakMap<object, DataSource>()

function storeOf(self: object): DataSource {
  return stores.get(self)!
}

/** A class of LoopBack's kind. */
class MemoryConnector {
  declare name: string
  declare settings: PlainObject
  declare dataSource: unknown
  declare isTransaction: boolean
  declare _models: Record<string, MemoryDefinition>

  constructor(first?: PlainObject | string | null, settings?: PlainObject) {
    prepare(this, first, settings)
  }

  getTypes(): string[] {
    return ['db', 'nosql', 'memory']
  }

  getDefaultIdType(): unknown {
    return Number
  }

  connect(callback?: Method): void {
    storeOf(this)
      .whenConnected()
      .then(
        () => callback?.(),
        (error: unknown) => callback?.(error),
      )
  }

  disconnect(callback?: Method): void {
    ;(storeOf(this).disconnect as Method).call(storeOf(this), callback)
  }

  ping(callback: Method): void {
    ;(storeOf(this).ping as Method).call(storeOf(this), callback)
  }

  define(definition: MemoryDefinition): void {
    const { modelName } = definition.model
    this._models[modelName] = definition
    storeOf(this).define(modelName, { ...definition.properties }, { forceId: false, idInjection: false, strict: false })
  }

  getCollection(model: string): string {
    const { memory } = this._models[model]?.settings ?? {}
    return ((memory as PlainObject | undefined)?.collection as string | undefined) ?? model
  }
}

/** @param first settings, or a name and then settings, or nothing and then settings */
function prepare(self: MemoryConnector, first?: PlainObject | string | null, more?: PlainObject): void {
  const settings = { ...(typeof first === 'object' ? first : undefined), ...more }
  const { file } = settings
  stores.set(self, new DataSource({ connector: 'memory', ...(file !== undefined && { file }) }))
  Object.assign(self, { name: typeof first === 'string' ? first : 'memory', settings, isTransaction: false, _models: {} })
}

/** Calls the connector of the rows by one of its methods. */
function ask(self: MemoryConnector, name: string, args: readonly unknown[]): unknown {
  return (storeOf(self).connector as unknown as Record<string, Method>)[name]!(...args)
}

Object.defineProperty(MemoryConnector, 'name', { value: 'Memory' })

/** Methods by the name of a model, as the connector of the rows answers them. */
const verbs = [
  ...['create', 'find', 'findById', 'all', 'count', 'exists', 'update', 'updateAll', 'destroyAll', 'destroy', 'save'],
  ...['updateAttributes', 'updateOrCreate', 'findOrCreate', 'replaceById', 'replaceOrCreate'],
] as const

for (const name of verbs)
  Object.defineProperty(MemoryConnector.prototype, name, {
    value(this: MemoryConnector, ...args: unknown[]) {
      return ask(this, name, args)
    },
    writable: true,
    configurable: true,
  })

Object.defineProperty(MemoryConnector.prototype, 'automigrate', {
  value: acceptCallback(async function (this: MemoryConnector, models?: readonly string[] | string) {
    for (const name of models === undefined ? Object.keys(this._models) : [models].flat()) await ask(this, 'destroyAll', [name, {}])
  }),
  writable: true,
  configurable: true,
})

/**
 * `Memory` of `lib/connectors/memory`, for those who extend it: a connector of LoopBack's kind over rows of our memory connector, with
 * every method by the name of a model and with a callback. What a subclass overrides is what a data source calls. Functions that inherit
 * from it may call it on themselves.
 */
export const Memory = new Proxy(MemoryConnector, {
  apply(_target, self: MemoryConnector, [first, settings]: [PlainObject, PlainObject]) {
    prepare(self, first, settings)
  },
})
