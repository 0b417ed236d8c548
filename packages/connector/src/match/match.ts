import type { Row } from '../connector'
import type { Entity, PropertyType } from '../entity'
import { errors } from '../errors'
import type { Compare, Join, Operator, Path, Related, Where } from '../query/ast'
import { bindJoin, bindValue, isSlot } from '../query/slot'
import { operandOf } from './operand'
import { anyValueAt } from './read-path'
import { scalarTest } from './scalar-tests'
import { valueTests, type TestContext } from './value-tests'

/** Whether a row fulfils a condition whose values are known. */
export type RowTest = (row: Row) => boolean

/** Whether a row fulfils a condition; `values` are those of its slots and must not change while they are in use. */
export type Matcher = (row: Row, values?: readonly unknown[]) => boolean

/** The rows on the other side of a join that belong to a row; `join.where` need not be regarded, `join.through.where` must be. */
export type ResolveJoin = (join: Join, row: Row) => Iterable<Row>

/** What a matcher may need beside the condition. */
export interface MatchOptions {
  /** Gives the rows that `related` asks about. Left out: `related` is refused. */
  readonly resolve?: ResolveJoin
  /**
   * Most milliseconds that regular expressions may take in one synchronous run of a bound condition: one scan, as a rule.
   * @default 50
   */
  readonly patternTime?: number
}

type Bind = (values: readonly unknown[]) => RowTest

const none: readonly unknown[] = Object.freeze([])

/**
 * Compiles a condition to a function of a row, once per shape.
 *
 * Logic is two-valued and a missing value is null: `neq`, `nin`, `nlike` and `not` hold for exactly the rows that their opposites do not.
 * On a list an operator of single values holds when it holds for any element, also for lists met along the path. Dates are compared by
 * time, ids by value; a number never equals a text.
 *
 * @param entity what the rows are
 * @param where condition; left out: every row
 * @param options how joins are resolved, and the time for regular expressions
 * @returns `(row, values?) => boolean`; without slots it is one closure, made whole at once
 * @throws OPERATOR_INVALID, PATTERN_INVALID for malformed operands (of slots: when called), CONNECTOR_NOT_SUPPORTED for native conditions
 * @example compileMatch(product, compare('price', 'gt', 10))({ price: 12 }) // true
 */
export function compileMatch(entity: Entity, where?: Where, options: MatchOptions = {}): Matcher {
  const bind = compile({ entity, options }, where)
  if (!where || !hasSlots(where)) return bind(none)
  let [seen, test]: [readonly unknown[] | undefined, RowTest] = [undefined, everyRow]
  return (row, values = none) => {
    if (values !== seen) [seen, test] = [values, bind(values)]
    return test(row)
  }
}

/**
 * Compiles a condition with slots; the result takes the values of one query and gives the function for its rows.
 *
 * @param entity what the rows are
 * @param where condition; left out: every row
 * @param options as in `compileMatch`
 * @throws as `compileMatch`
 * @example prepareMatch(product, compare('price', 'gt', slot(0)))([10])({ price: 12 }) // true
 */
export function prepareMatch(entity: Entity, where?: Where, options: MatchOptions = {}): (values: readonly unknown[]) => RowTest {
  return compile({ entity, options }, where)
}

interface Scope {
  readonly entity: Entity
  readonly options: MatchOptions
}

const everyRow: RowTest = () => true

/** Parts without slots are made once, here; the others for each list of values. */
function compile(scope: Scope, where: Where | undefined): Bind {
  if (!where) return () => everyRow
  const bind = compileNode(scope, where)
  if (hasSlots(where)) return bind
  const made = bind(none)
  return () => made
}

function compileNode(scope: Scope, where: Where): Bind {
  switch (where.kind) {
    case 'compare':
      return compileCompare(scope, where)
    case 'and': {
      const items = where.items.map((item) => compile(scope, item))
      return (values) => every(items.map((bind) => bind(values)))
    }
    case 'or': {
      const items = where.items.map((item) => compile(scope, item))
      return (values) => some(items.map((bind) => bind(values)))
    }
    case 'not': {
      const item = compile(scope, where.item)
      return (values) => opposite(item(values))
    }
    case 'related':
      return compileRelated(scope, where)
    case 'native':
      throw errors.CONNECTOR_NOT_SUPPORTED({ connector: scope.entity.name, what: 'conditions in another language' })
  }
}

function every(tests: readonly RowTest[]): RowTest {
  const [first, second, third] = tests
  if (!first) return everyRow
  if (!second) return first
  if (!third) return (row) => first(row) && second(row)
  if (tests.length === 3) return (row) => first(row) && second(row) && third(row)
  return (row) => tests.every((test) => test(row))
}

function some(tests: readonly RowTest[]): RowTest {
  const [first, second, third] = tests
  if (!first) return () => false
  if (!second) return first
  if (!third) return (row) => first(row) || second(row)
  return (row) => tests.some((test) => test(row))
}

function opposite(test: RowTest): RowTest {
  return (row) => !test(row)
}

const positive: Partial<Record<Operator, Operator>> = { neq: 'eq', nin: 'inq', nlike: 'like', nilike: 'ilike' }

function compileCompare({ entity, options }: Scope, node: Compare): Bind {
  const property = entity.byName.get(node.path[0]!)
  const plain = node.path.length === 1 ? property : undefined
  const type: PropertyType = plain ? (plain.type === 'list' ? (plain.items ?? 'any') : plain.type) : 'any'
  const context = { type, patternTime: options.patternTime }
  return (values) => {
    const value = bindValue(node.value, values)
    return scalarTest(plain, node.op, value) ?? generalTest(node, value, context)
  }
}

function generalTest(node: Compare, value: unknown, context: TestContext): RowTest {
  if (node.op === 'exists') return presence(node, value !== false)
  const op = positive[node.op]
  if (op) return opposite(generalTest({ ...node, op }, value, context))
  if (node.op === 'eq' && isNull(value)) return presence(node, false)
  const test = valueTests[node.op]!(value, node, context)
  const matches = onValue(node.path, test)
  return node.op === 'inq' && operandOf(node).list(value).some(isNull) ? some([matches, presence(node, false)]) : matches
}

/** A property of the row itself is read without a walk. */
function onValue(path: Path, test: (value: unknown) => boolean): RowTest {
  const [name] = path
  if (path.length !== 1 || name === undefined || name in Object.prototype) return (row) => anyValueAt(row, path, test)
  return (row) => {
    const value = row[name]
    return value !== null && value !== undefined && test(value)
  }
}

function presence({ path }: Compare, there: boolean): RowTest {
  const present = onValue(path, everyValue)
  return there ? present : opposite(present)
}

function everyValue(): boolean {
  return true
}

function compileRelated({ options }: Scope, node: Related): Bind {
  const { join, quantifier } = node
  const { resolve } = options
  if (!resolve) throw errors.CONNECTOR_NOT_SUPPORTED({ connector: join.entity.name, what: 'conditions on related rows' })
  const scope = { entity: join.entity, options }
  const [belongs, holds] = [compile(scope, join.where), compile(scope, node.where)]
  return (values) => {
    const [bound, belongsNow, holdsNow] = [bindJoin(join, values), belongs(values), holds(values)]
    const wanted = quantifier === 'every' ? opposite(holdsNow) : holdsNow
    const found: RowTest = (row) => {
      for (const other of resolve(bound, row)) if (belongsNow(other) && wanted(other)) return true
      return false
    }
    return quantifier === 'some' ? found : opposite(found)
  }
}

function hasSlots(where: Where | undefined): boolean {
  switch (where?.kind) {
    case 'compare':
      return isSlot(where.value) || bindValue(where.value, none) !== where.value
    case 'and':
    case 'or':
      return where.items.some(hasSlots)
    case 'not':
      return hasSlots(where.item)
    case 'related':
      return hasSlots(where.where) || hasSlots(where.join.where) || hasSlots(where.join.through?.where)
    default:
      return false
  }
}

function isNull(value: unknown): boolean {
  return value === null || value === undefined
}
