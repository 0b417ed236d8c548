import { errors, fold, type Compare, type Entity, type Pattern, type Where } from '@reloop/connector'

/** A condition as LoopBack's REST API takes it. */
export type RestWhere = Readonly<Record<string, unknown>>

/**
 * Writes a condition as LoopBack's `where`.
 *
 * @param entity for a condition that no record meets
 * @param where condition
 * @throws CONNECTOR_NOT_SUPPORTED for conditions over relations and in the language of a store
 */
export function writeWhere(entity: Entity, where: Where | undefined): RestWhere {
  if (!where) return {}
  const refuse = (what: string): never => {
    throw errors.CONNECTOR_NOT_SUPPORTED({ connector: 'remote', what })
  }
  const none = { [entity.ids[0]?.name ?? entity.properties[0]?.name ?? 'id']: { inq: [] } }
  return fold<RestWhere>(where, {
    compare: writeCompare,
    and: (items) => (items.length === 0 ? {} : items.length === 1 ? items[0]! : { and: items }),
    or: (items) => (items.length === 0 ? none : items.length === 1 ? items[0]! : { or: items }),
    not: () => refuse('negated conditions'),
    related: () => refuse('conditions over relations'),
    native: () => refuse('native conditions'),
  })
}

function writeCompare(node: Compare): RestWhere {
  const { path, op, value } = node
  const name = path.join('.')
  for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value]) checkValue(one, node)
  if (op === 'eq') return { [name]: typeof value === 'object' && value !== null && !(value instanceof Date) ? { eq: value } : value }
  // Servers of LoopBack know no `exists`, but they know null.
  if (op === 'exists') return { [name]: value ? { neq: null } : null }
  if (op === 'regexp') return { [name]: { regexp: patternText(value as Pattern) } }
  return { [name]: { [op]: value } }
}

/** JSON would turn these into null, which rows may well have. */
function checkValue(value: unknown, { path, op }: Compare): void {
  const isNone = value instanceof Date ? Number.isNaN(value.getTime()) : typeof value === 'number' && !Number.isFinite(value)
  if (isNone) throw errors.OPERATOR_INVALID({ property: path.join('.'), operator: op, problem: `${String(value)} cannot be sent` })
}

function patternText({ source, flags }: Pattern): string {
  let pattern: RegExp
  try {
    pattern = new RegExp(source, flags)
  } catch (error) {
    throw errors.PATTERN_INVALID({ problem: (error as Error).message })
  }
  // Its own text has every slash escaped, and something between the slashes where there is nothing.
  return `/${pattern.source}/${flags}`
}
