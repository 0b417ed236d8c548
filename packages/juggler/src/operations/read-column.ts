import { planFind } from '../filter/plan'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { readQuery } from './begin'

/** The different values of one property among the rows that a call may reach: keys that lead further, also where the caller may not see them. */
export async function readColumn(
  model: ModelRuntime,
  asked: { where?: unknown; column: string },
  options: JugglerOptions,
): Promise<unknown[]> {
  if (!model.ready) await model.whenReady('find')
  const name = asked.column
  const { where } = await readQuery(model, { filter: { where: asked.where }, action: 'find' }, options)
  const { plan, values } = planFind(model, { where, fields: [name] }, { outside: false })
  const rows = await plan.run(values, model.call(options))
  return [...new Set(rows.map((row) => row[name]).filter((key) => key !== undefined && key !== null))]
}
