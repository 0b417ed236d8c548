import { errors } from '../errors'
import { earthPoint } from '../geo'
import type { Compare, Near, Pattern } from '../query/ast'

/**
 * Checks that operands have the form that their operators ask for; what is wrong is told as OPERATOR_INVALID.
 *
 * @example operandOf(node).list(value)
 */
export function operandOf(node: Compare) {
  const invalid = (problem: string) => errors.OPERATOR_INVALID({ property: node.path.join('.'), operator: node.op, problem })
  return {
    list(value: unknown): readonly unknown[] {
      if (!Array.isArray(value)) throw invalid('it takes a list')
      return value
    },
    pair(value: unknown): readonly [unknown, unknown] {
      if (!Array.isArray(value) || value.length !== 2) throw invalid('it takes a list of two values')
      return value as unknown as readonly [unknown, unknown]
    },
    text(value: unknown): string {
      if (typeof value !== 'string') throw invalid('it takes a text')
      return value
    },
    pattern(value: unknown): Pattern {
      if (typeof (value as Pattern | null)?.source !== 'string') throw invalid('it takes a pattern with source and flags')
      return value as Pattern
    },
    near(value: unknown): Near {
      const near = value as Near | null
      const distances = [near?.maxDistance, near?.minDistance].filter((distance) => distance !== undefined)
      if (!earthPoint(near) || !distances.every((distance) => Number.isFinite(distance))) {
        throw invalid('it takes a point with lat and lng, and distances that are numbers')
      }
      return near as Near
    },
  }
}
