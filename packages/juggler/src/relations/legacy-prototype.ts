import type { ModelInstance } from '../model/types'
import type { Accessor } from './legacy-single'
import type { ManyOperations, SingleOperations } from './operations'
import type { Relation } from './relation'

type Method = (this: ModelInstance, ...args: unknown[]) => unknown

function through(relation: Relation, name: string): Method {
  return function (...args) {
    const accessor = this[relation.name] as Accessor
    return (accessor[name] as (...args: unknown[]) => unknown)(...args)
  }
}

/** Reads through the accessor: `(refresh or filter, options)`, and a promise without a callback. */
function reading(relation: Relation): Method {
  return function (...args) {
    const accessor = this[relation.name] as Accessor
    return args.length === 0 ? accessor(false, undefined) : accessor(...args)
  }
}

/** The prototype methods of a relation to one row that remoting calls. */
export function singlePrototype({ relation }: { relation: Relation; operations: SingleOperations }): Record<string, Method> {
  const { name } = relation
  return {
    [`__get__${name}`]: reading(relation),
    [`__create__${name}`]: through(relation, 'create'),
    [`__update__${name}`]: through(relation, 'update'),
    [`__destroy__${name}`]: through(relation, 'destroy'),
  }
}

/** The prototype methods of a relation to many rows that remoting calls. */
export function manyPrototype({ relation, operations }: { relation: Relation; operations: ManyOperations }): Record<string, Method> {
  const { name } = relation
  return {
    [`__get__${name}`]: reading(relation),
    [`__create__${name}`]: through(relation, 'create'),
    [`__delete__${name}`]: through(relation, 'destroyAll'),
    [`__count__${name}`]: through(relation, 'count'),
    [`__findById__${name}`]: through(relation, 'findById'),
    [`__destroyById__${name}`]: through(relation, 'destroyById'),
    [`__updateById__${name}`]: through(relation, 'updateById'),
    [`__exists__${name}`]: through(relation, 'exists'),
    [`__findOne__${name}`]: through(relation, 'findOne'),
    [`__update__${name}`]: through(relation, 'updateAll'),
    ...(operations.add && { [`__link__${name}`]: through(relation, 'add') }),
    ...(operations.remove && { [`__unlink__${name}`]: through(relation, 'remove') }),
  }
}
