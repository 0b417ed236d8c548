import { ofOneRow } from '../hooks/observers'
import type { JugglerOptions } from '../model/options'
import type { ModelConstructor, ModelInstance } from '../model/types'
import { idOf } from '../operations/ids'
import { kData, kModel } from '../symbols'
import type { PlainObject } from '../value/plain'

/** Names of the two properties; false leaves one out. */
export interface TimeStampsOptions {
  /** @default 'createdAt' */
  readonly createdAt?: string | false
  /** @default 'updatedAt' */
  readonly updatedAt?: string | false
}

interface SaveContext {
  readonly instance?: ModelInstance
  readonly data?: PlainObject
  readonly isNewInstance?: boolean
  readonly options?: JugglerOptions
}

/**
 * Keeps when a row was created and when it was last changed. Callers from outside can set neither.
 *
 * @param Model class that gets the properties
 * @param options names of the properties
 * @example dataSource.define('Product', { name: String }, { mixins: { TimeStamps: { updatedAt: 'changed' } } })
 */
export function timeStamps(Model: ModelConstructor, options: PlainObject): void {
  const { createdAt = 'createdAt', updatedAt = 'updatedAt' } = options as TimeStampsOptions
  const runtime = Model[kModel]
  const { builder } = runtime
  for (const name of [createdAt, updatedAt])
    if (name !== false) builder.defineProperty(Model.modelName, name, { type: Date, default: () => new Date() })
  const stamp = ofOneRow(async (context) => {
    const { instance, data, isNewInstance, options: call = {} } = context as SaveContext
    const outside = call.fromOutside === true
    const now = new Date()
    if (data && createdAt !== false && outside) delete data[createdAt]
    if (data && updatedAt !== false) data[updatedAt] = now
    if (!instance) return
    if (createdAt !== false && isNewInstance && (outside || !instance[createdAt])) instance[createdAt] = now
    if (createdAt !== false && isNewInstance === false) instance[createdAt] = await stored(instance, createdAt, call)
    if (updatedAt !== false && (!isNewInstance || outside || !instance[updatedAt])) instance[updatedAt] = now
  })
  runtime.observers.add('before save', stamp, stamp)
  runtime.invalidate()
}

type FindById = (id: unknown, filter: object, options: JugglerOptions) => Promise<ModelInstance | null>

/** A row that is replaced was created when it was. */
async function stored(instance: ModelInstance, name: string, { transaction }: JugglerOptions): Promise<unknown> {
  const model = instance[kModel]
  const options = { notify: false, withDeleted: true, ...(transaction !== undefined && { transaction }) }
  const id = idOf(model, instance[kData])
  const found = await (model.ctor.findById as FindById).call(model.ctor, id, {}, options)
  return found?.[name] ?? null
}
