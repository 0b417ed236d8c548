import {
  and,
  compare,
  type Awaitable,
  type Call,
  type Change,
  type ChangeOperator,
  type Connector,
  type Row,
  type Where,
} from '@reloop/connector'
import { errors } from '../errors'
import type { ModelRuntime } from '../model/runtime'

/** Rows and what is done to them. */
export interface Changing {
  readonly where?: Where
  readonly change: Change
  readonly returning?: boolean
  /** What a row has to meet with the values that it gets. */
  readonly test?: (row: Row) => Promise<boolean>
}

export interface Changed {
  readonly count: number
  readonly rows?: readonly Row[]
}

/** Changes rows: in one statement of the store, or row by row where it can not do some of it in place. */
export function applyChange(model: ModelRuntime, changing: Changing, call: Call): Awaitable<Changed> {
  const { connector, entity } = model
  const { set: _, ...operators } = changing.change
  const able = connector.capabilities.change
  for (const operator in operators) if (changing.test || !able.includes(operator as ChangeOperator)) return emulate(model, changing, call)
  const { test: _test, ...asked } = changing
  return connector.update({ entity, ...asked }, call)
}

const queues = new WeakMap<Connector, Promise<unknown>>()

/** In a transaction where there are any; beside that one after the other, so that no change of this process covers another. */
async function emulate(model: ModelRuntime, changing: Changing, call: Call): Promise<Changed> {
  const { connector } = model
  if (call.transaction) return changeEach(model, changing, call)
  const waiting = queues.get(connector) ?? Promise.resolve()
  const work = waiting.then(async () => {
    if (!connector.begin || connector.capabilities.transactions === 'none') return changeEach(model, changing, call)
    const transaction = await connector.begin({})
    try {
      const changed = await changeEach(model, changing, { ...call, transaction })
      await transaction.commit()
      return changed
    } catch (error) {
      await transaction.rollback()
      throw error
    }
  })
  queues.set(
    connector,
    work.catch(() => undefined),
  )
  return work
}

async function changeEach(model: ModelRuntime, { where, change, returning, test }: Changing, call: Call): Promise<Changed> {
  const { connector, entity } = model
  const found = await connector.find({ entity, query: { ...(where && { where }) } }, call)
  let count = 0
  for (const row of found) if (await changeOne(model, { where, change, row, test }, call)) count++
  if (!returning) return { count }
  const rows: Row[] = []
  for (const row of found) rows.push(...(await connector.find({ entity, query: { where: itself(model, row) } }, call)))
  return { count, rows }
}

const attempts = 20

/** Writes a row while it is what was read; answers false when it is no longer among those to change. */
async function changeOne(model: ModelRuntime, given: Changing & { row: Row }, call: Call): Promise<boolean> {
  const { connector, entity } = model
  const { where, change, test } = given
  let row: Row | undefined = given.row
  for (let attempt = 0; attempt < attempts; attempt++) {
    const values = computed(change, row)
    if (test && !(await test({ ...row, ...change.set, ...values }))) return false
    const answer = await connector.update(
      { entity, where: unchanged(model, row, Object.keys(values)), change: { set: { ...change.set, ...values } } },
      call,
    )
    if (answer.count > 0) return true
    ;[row] = await connector.find({ entity, query: { where: and([itself(model, row), where]) } }, call)
    if (!row) return false
  }
  throw errors.CHANGE_CONFLICT({ model: model.name })
}

function itself(model: ModelRuntime, row: Row): Where {
  return and(model.compiled.ids.map((id) => compare(id.name, 'eq', row[id.name])))
}

/** The row by its ids and the plain values that are about to be replaced. */
function unchanged(model: ModelRuntime, row: Row, names: readonly string[]): Where {
  const plain = names.filter((name) => typeof row[name] !== 'object' || row[name] === null)
  return and([itself(model, row), ...plain.map((name) => compare(name, 'eq', row[name] ?? null))])
}

function computed(change: Change, row: Row): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const [operator, operands] of Object.entries(change)) {
    if (operator === 'set') continue
    for (const [name, operand] of Object.entries(operands ?? {}))
      values[name] = functions[operator as ChangeOperator](row[name] ?? undefined, operand)
  }
  return values
}

const functions: Readonly<Record<ChangeOperator, (value: unknown, operand: unknown) => unknown>> = Object.freeze({
  inc: (value, operand) => arithmetic(value, operand, '+'),
  mul: (value, operand) => arithmetic(value, operand, '*'),
  min: (value, operand) => (value === undefined || ordinal(operand) < ordinal(value) ? operand : value),
  max: (value, operand) => (value === undefined || ordinal(operand) > ordinal(value) ? operand : value),
  push: (value, operand) => [...list(value), ...list(operand)],
  pull: (value, operand) => list(value).filter((item) => !holds(list(operand), item)),
  addToSet: (value, operand) =>
    list(operand).reduce<readonly unknown[]>((whole, item) => (holds(whole, item) ? whole : [...whole, item]), list(value)),
  unset: () => null,
})

function arithmetic(value: unknown, operand: unknown, sign: '+' | '*'): unknown {
  if (typeof value === 'bigint' || typeof operand === 'bigint') {
    const [left, right] = [BigInt((value ?? 0) as bigint), BigInt(operand as bigint)]
    return sign === '+' ? left + right : left * right
  }
  const [left, right] = [Number(value ?? 0), Number(operand)]
  const result = sign === '+' ? left + right : left * right
  return typeof operand === 'string' ? String(result) : result
}

function ordinal(value: unknown): number | bigint {
  return typeof value === 'bigint' ? value : Number(value)
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value]
}

function holds(whole: readonly unknown[], item: unknown): boolean {
  const text = JSON.stringify(item)
  return whole.some((other) => JSON.stringify(other) === text)
}
