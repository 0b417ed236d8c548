import { normalizeInclude } from '../include/normalize'
import type { JugglerOptions } from '../model/options'
import type { ModelRuntime } from '../model/runtime'
import { askGuard } from './ask'
import { hopOver, startingFrom } from './over-relation'

/**
 * Asks the guard about everything that a query includes, before anything is read: whether an include is refused must not depend on which rows
 * there are. The rows that it starts from have been asked about.
 */
export async function askIncluded(model: ModelRuntime, include: unknown, options: JugglerOptions): Promise<void> {
  for (const { relation: name, scope } of normalizeInclude(include)) {
    const relation = model.relation(name)
    if (!relation || relation.options.disableInclude) continue
    const [hop, target] = [hopOver(relation), relation.target()]
    for (const far of [relation.throughTarget?.()?.model, target]) if (far) await askGuard(far, { action: 'find', paths: [], hop }, options)
    if (target && scope.include !== undefined) await askIncluded(target, scope.include, startingFrom(hop, options))
  }
}
