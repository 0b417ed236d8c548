import { errors as connectorErrors, type Call, type Change, type Row, type Where } from '@reloop/connector'
import type { PlainObject } from '../../value/plain'
import { batches, isNull } from './by-ids'
import { call, countOldWay } from './legacy-call'
import { pushWhere } from './push-where'
import { has } from './raw'
import { read, type Access } from './read'
import { duplicateEntry, isDuplicate, valueRequired } from './refusals'

/** The number of rows that fulfil a condition. */
export async function count(access: Access, where: Where | undefined, at: Call): Promise<number> {
  const pushed = pushWhere(where, access)
  if (pushed.where === false) return 0
  if (!pushed.exact || access.conditions !== 'all') return (await read(access, { where, columns: [] }, at)).length
  const condition = typeof pushed.where === 'object' ? pushed.where : {}
  return Number(await countOldWay(access.raw, [access.entity.name, condition], access.options(at)))
}

/** The error of a refused change, or what it means. */
function changeRefused({ entity }: Access, set: Row, error: unknown): unknown {
  const missing = entity.properties.find(({ name, required }) => required && set[name] === null)
  if (missing) return valueRequired(entity, missing.name, error)
  return isDuplicate(error) ? duplicateEntry(entity, error) : error
}

type Asked = { readonly where?: Where; readonly change: Change; readonly returning?: boolean }
type Updated = { readonly count: number; readonly rows?: readonly Row[] }

/** Updates rows: at once where the connector is trusted with the condition, else those found, by their ids. */
export async function update(access: Access, asked: Asked, at: Call): Promise<Updated> {
  try {
    return await change(access, asked, at)
  } catch (error) {
    throw changeRefused(access, asked.change.set ?? {}, error)
  }
}

async function change(access: Access, { where, change: given, returning }: Asked, at: Call): Promise<Updated> {
  const { set = {}, ...others } = given
  if (Object.keys(others).length)
    throw connectorErrors.CONNECTOR_NOT_SUPPORTED({ connector: String(access.raw.name), what: `the change ${Object.keys(others)[0]}` })
  const pushed = pushWhere(where, access)
  if (pushed.where === false) return returning ? { count: 0, rows: [] } : { count: 0 }
  if (pushed.exact && !returning && has(access.raw, 'update'))
    return { count: await updateWhere(access, { where, condition: pushed.where, set }, at) }
  const found = await read(access, { where, columns: [] }, at)
  await updateByIds(access, found, set, at)
  return returning
    ? {
        count: found.length,
        rows: await readByIds(
          access,
          found.map((row) => ({ ...row, ...idsIn(access, set) })),
          at,
        ),
      }
    : { count: found.length }
}

interface Update {
  readonly where: Where | undefined
  readonly condition: PlainObject | boolean
  readonly set: Row
}

async function updateWhere(access: Access, { where, condition, set }: Update, at: Call): Promise<number> {
  const data = access.values.toStore(set)
  return counted(access, where, at, () =>
    call(access.raw, 'update', [access.entity.name, typeof condition === 'object' ? condition : {}, data], access.options(at)),
  )
}

async function updateByIds(access: Access, found: readonly Row[], set: Row, at: Call): Promise<void> {
  const { entity, raw, values } = access
  if (has(raw, 'update')) {
    for (const where of batches(access.entity, found)) {
      const { where: condition } = pushWhere(where, access)
      await call(raw, 'update', [entity.name, condition, values.toStore(set)], access.options(at))
    }
    return
  }
  const key = entity.ids[0]!.name
  for (const row of found) await call(raw, 'updateAttributes', [entity.name, row[key], values.toStore(set)], access.options(at))
}

function idsIn({ entity }: Access, set: Row): Row {
  return Object.fromEntries(entity.ids.flatMap(({ name }) => (isNull(set[name]) ? [] : [[name, set[name]]])))
}

async function readByIds(access: Access, found: readonly Row[], at: Call): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const where of batches(access.entity, found)) rows.push(...(await read(access, { where }, at)))
  return rows
}

/** The number of rows removed: at once where the connector is trusted with the condition, else those found. */
export async function remove(access: Access, where: Where | undefined, at: Call): Promise<number> {
  const pushed = pushWhere(where, access)
  if (pushed.where === false) return 0
  if (!pushed.exact || (where && access.conditions !== 'all'))
    return removeByIds(access, await read(access, { where, columns: [] }, at), at)
  const condition = typeof pushed.where === 'object' ? pushed.where : {}
  return counted(access, where, at, () => call(access.raw, 'destroyAll', [access.entity.name, condition], access.options(at)))
}

/** Removes rows that were found. */
export async function removeByIds(access: Access, found: readonly Row[], at: Call): Promise<number> {
  if (access.conditions !== 'all') return removeOneByOne(access, found, at)
  for (const where of batches(access.entity, found)) {
    const { where: condition } = pushWhere(where, access)
    await call(access.raw, 'destroyAll', [access.entity.name, condition], access.options(at))
  }
  return found.length
}

/** `destroyAll` of such connectors removes everything when the condition is more than an id. */
async function removeOneByOne({ entity, raw, options }: Access, found: readonly Row[], at: Call): Promise<number> {
  const key = entity.ids[0]!.name
  for (const row of found) await call(raw, 'destroy', [entity.name, row[key]], options(at))
  return found.length
}

const tellsCount = new WeakMap<object, boolean>()

/** The count that the connector tells; until it is known to tell one, rows are counted before. */
async function counted(access: Access, where: Where | undefined, at: Call, act: () => Promise<readonly unknown[]>): Promise<number> {
  const before = tellsCount.get(access.raw) ? undefined : await count(access, where, at)
  const [info] = await act()
  const told = typeof info === 'number' ? info : (info as { count?: unknown } | null | undefined)?.count
  if (typeof told === 'number') tellsCount.set(access.raw, true)
  return typeof told === 'number' ? told : (before ?? 0)
}
