import { inOneTransaction } from '../data-source/one-transaction'
import type { ModelInstance } from '../model/types'
import type { PlainObject } from '../value/plain'
import { targetOf } from './held'
import { takeNested } from './nested-data'
import { createOne, updateOnly, writeNested } from './nested-write'
import type { ManyOperations, SingleOperations } from './operations'

/** The operations of a relation to many rows, whose data may have nested relations of its own. */
export function nestedMany(operations: ManyOperations): ManyOperations {
  return {
    ...operations,

    async create(held, data, options) {
      const target = targetOf(held)
      const items = (Array.isArray(data) ? data : [data]) as readonly PlainObject[]
      if (!items.some((item) => takeNested(target, item))) return operations.create(held, data, options)
      return inOneTransaction(target, options, async (inside) => {
        const made: ModelInstance[] = []
        for (const item of items) made.push(await createOne(held, { operations, data: item }, inside))
        return Array.isArray(data) ? made : made[0]!
      })
    },

    updateById(held, { id, data }, options) {
      const target = targetOf(held)
      const nested = takeNested(target, data)
      if (!nested) return operations.updateById(held, { id, data }, options)
      return writeNested(
        target,
        {
          nested,
          owner: (inside) => operations.findById(held, { id }, inside),
          write: (own, inside) => operations.updateById(held, { id, data: own }, inside),
        },
        options,
      )
    },
  }
}

/** The operations of a relation to one row, whose data may have nested relations of its own. */
export function nestedSingle(operations: SingleOperations): SingleOperations {
  return {
    ...operations,

    create(held, data, options) {
      if (held.relation.kind === 'polymorphic') return operations.create(held, data, options)
      const target = targetOf(held)
      const nested = takeNested(target, data)
      if (!nested) return operations.create(held, data, options)
      return writeNested(target, { nested, write: (own, inside) => operations.create(held, own, inside) }, options)
    },

    update: (held, data, options) => updateOnly(held, { operations, data }, options),
  }
}
