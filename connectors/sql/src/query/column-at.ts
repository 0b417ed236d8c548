import { errors, type Path } from '@reloop/connector'
import type { JsonPlace } from '../dialect'
import type { Column } from '../statement/table'
import type { Scope } from './scope'

/** The column of a path's first part. Throws OPERATOR_INVALID when the entity has no such property. */
export function columnAt(scope: Scope, path: Path): Column {
  const column = scope.table.byName.get(path[0]!)
  if (column) return column
  throw errors.OPERATOR_INVALID({ property: path.join('.'), operator: 'order', problem: `${scope.table.entity.name} has no such property` })
}

/** The place of a path inside its JSON column. */
export function jsonPlace(scope: Scope, path: Path): JsonPlace {
  const column = columnAt(scope, path)
  const name = scope.column(column)
  return {
    column: scope.making.dialect.jsonColumn?.(name, column.property) ?? name,
    list: column.property.type === 'list',
    parts: path.slice(1),
  }
}
