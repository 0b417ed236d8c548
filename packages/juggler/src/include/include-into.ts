import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import type { ModelInstance } from '../model/types'
import { place } from '../operations/instances'
import { kData, kModel } from '../symbols'
import type { PlainObject } from '../value/plain'
import { Budget, loadIncludes } from './load'
import { planInclude } from './plan'

/** Loads relations into instances or plain rows that are at hand. */
export async function includeInto(
  model: ModelRuntime,
  asked: { objects: unknown; include: unknown },
  options: JugglerOptions,
): Promise<unknown> {
  const objects = (Array.isArray(asked.objects) ? asked.objects : [asked.objects]) as PlainObject[]
  const plan = planInclude(model, asked.include, options)
  if (!plan || objects.length === 0) return asked.objects
  const areInstances = (objects[0] as Partial<ModelInstance>)[kModel] !== undefined
  const rows = areInstances ? (objects as unknown as ModelInstance[]).map((instance) => instance[kData]) : objects
  const included = await loadIncludes(rows, plan, { mode: 'instances', options, budget: new Budget(model.limits.include.rows) })
  if (areInstances) place(objects as unknown as ModelInstance[], included)
  else for (const [name, values] of included) objects.forEach((object, index) => (object[name] = values[index]))
  return asked.objects
}
