import { errors, escapeLike, isSlot, type Compare } from '@reloop/connector'
import type { Operand } from '../text/operand'
import type { Scope } from './scope'

/** Whether a value is null or undefined. */
export function isMissing(value: unknown): boolean {
  return value === null || value === undefined
}

/** The operand of an operator that takes a list. Throws OPERATOR_INVALID for anything else. */
export function listOperand(scope: Scope, node: Compare): Operand {
  const operand = scope.operand(node.value)
  if (!operand.is(Array.isArray)) throw invalid(node, 'it takes a list')
  return operand
}

/** The two operands of `between`. Throws OPERATOR_INVALID. */
export function pairOperand(scope: Scope, node: Compare): readonly [Operand, Operand] {
  if (!isSlot(node.value) && Array.isArray(node.value)) {
    if (node.value.length !== 2) throw invalid(node, 'it takes a list of two values')
    return [scope.operand(node.value[0]), scope.operand(node.value[1])]
  }
  const operand = scope.operand(node.value)
  if (!operand.is(isPair)) throw invalid(node, 'it takes a list of two values')
  return [operand.map(first), operand.map(second)]
}

/** The operand of an operator that takes text. Throws OPERATOR_INVALID. */
export function textOperand(scope: Scope, node: Compare): Operand {
  const operand = scope.operand(node.value)
  if (!operand.is(isText)) throw invalid(node, 'it takes a text')
  return operand
}

/** The pattern of `startsWith`, `endsWith` and `contains`, whose operand is literal text. */
export function textPattern(scope: Scope, node: Compare): Operand {
  const before = node.op === 'startsWith' ? '' : '%'
  const behind = node.op === 'endsWith' ? '' : '%'
  return textOperand(scope, node).map((text) => `${before}${escapeLike(String(text))}${behind}`)
}

/** An operand that is wrong in a way that only its values tell. */
export function invalid(node: Compare, problem: string): Error {
  return errors.OPERATOR_INVALID({ property: node.path.join('.'), operator: node.op, problem })
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2
}

function first(value: unknown): unknown {
  return (value as readonly unknown[])[0]
}

function second(value: unknown): unknown {
  return (value as readonly unknown[])[1]
}
