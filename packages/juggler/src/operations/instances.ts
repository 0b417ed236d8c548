import type { Row } from '@reloop/connector'
import { applyDefaults, extra, fromPartOfRow, fromRow, own } from '../model/instance'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelConstructor, ModelInstance } from '../model/types'
import { Operation } from './begin'
import type { Read } from './read'
import { withhold } from '../guard/withhold'
import { clonePlain } from '../value/plain'

type LookUp = (data: unknown) => ModelConstructor

interface Given {
  readonly shared?: Operation
  readonly options: JugglerOptions
}

/** Instances of rows that were read, each told to the loaded hooks when there are any. */
export async function toInstances(model: ModelRuntime, read: Read, given: Given): Promise<ModelInstance[]> {
  const { rows, included } = read
  if (model.has.loaded && given.options.notify !== false) return loadedInstances(model, read, given)
  const instances = new Array<ModelInstance>(rows.length)
  for (let index = 0; index < rows.length; index++) instances[index] = toInstance(model, rows[index]!, read.fields)
  if (included.size) place(instances, included)
  return withholdAll(instances, read.withheld)
}

/** Keeps properties that the caller may not see out of the JSON of instances. */
function withholdAll(instances: ModelInstance[], names: readonly string[] | undefined): ModelInstance[] {
  if (names?.length) for (const instance of instances) withhold(instance, names)
  return instances
}

/** One instance of a row. A class may choose a subclass by its static `lookupModel`. */
export function toInstance(model: ModelRuntime, row: Row, fields?: readonly string[]): ModelInstance {
  const { ctor } = model
  const lookUp = ctor.lookupModel as LookUp | undefined
  const Model = typeof lookUp === 'function' ? lookUp.call(ctor, row) : ctor
  if (!fields || !model.compiled.applyDefaultsOnReads) return new Model(row, fromRow)
  const instance: ModelInstance = new Model(row, fromPartOfRow)
  applyDefaults(instance, { fields })
  return instance
}

async function loadedInstances(model: ModelRuntime, read: Read, given: Given): Promise<ModelInstance[]> {
  const instances: ModelInstance[] = []
  const shared = given.shared ?? new Operation(model, given.options)
  for (const row of read.rows) {
    if (model.flags.loadedInstance) {
      const { instance } = await shared.stage('loaded', { instance: toInstance(model, row, read.fields), isNewInstance: false })
      instances.push(instance)
    } else {
      const { data } = await shared.stage('loaded', { data: clonePlain(row), isNewInstance: false })
      instances.push(toInstance(model, data, read.fields))
    }
  }
  place(instances, read.included)
  return withholdAll(instances, read.withheld)
}

/** Puts included values where accessors and toJSON find them. */
export function place(instances: readonly ModelInstance[], included: ReadonlyMap<string, readonly unknown[]>): void {
  for (const [relation, values] of included) {
    instances.forEach((instance, index) => {
      const value = values[index]
      if (value === undefined) return
      own(instance)[relation] = value
      ;(extra(instance).cachedRelations ??= {})[relation] = value
    })
  }
}
