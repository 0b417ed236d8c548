import type { Call, Row } from '@reloop/connector'
import { byIds, isNull } from './by-ids'
import { call } from './legacy-call'
import { read, type Access } from './read'
import { duplicateEntry, isDuplicate, valueRequired } from './refusals'
import { count, removeByIds } from './write'

/** Inserts rows one by one; when one fails, those before it are taken back. */
export async function insert(access: Access, rows: readonly Row[], at: Call): Promise<readonly Row[]> {
  const made: Row[] = []
  for (const row of rows) {
    try {
      made.push(await insertOne(access, row, at))
    } catch (error) {
      const reason = await reasonOf(access, { row, error }, at)
      await takeBack(access, made, at)
      throw reason
    }
  }
  return made
}

async function insertOne(access: Access, row: Row, at: Call): Promise<Row> {
  const { entity, raw, values } = access
  const data = values.toStore(row)
  for (const property of entity.ids) if (property.generated && isNull(data[property.name])) delete data[property.name]
  const [id, revision] = await call(raw, 'create', [entity.name, data], access.options(at))
  const key = entity.ids.length === 1 ? entity.ids[0]!.name : undefined
  const given: Row = {
    ...row,
    ...(key && isNull(row[key]) && !isNull(id) && values.fromStore({ [key]: id })),
    ...(typeof revision === 'string' && { _rev: revision }),
  }
  const makesMore = entity.properties.some(
    (property) => property.storeDefault !== undefined || (property.generated && property.id === undefined),
  )
  if (!makesMore) return given
  const [whole] = await read(access, { where: byIds(access.entity, [given]) }, at)
  return whole ?? given
}

/** What is left of a failed insert is removed; the failure is the error to tell, also when that does not work. */
async function takeBack(access: Access, made: readonly Row[], at: Call): Promise<void> {
  if (made.length === 0) return
  try {
    await removeByIds(access, made, at)
  } catch {
    return
  }
}

interface Refused {
  readonly row: Row
  readonly error: unknown
}

/** What a refused row means; the errors of drivers do not tell it in one way. */
async function reasonOf(access: Access, { row, error }: Refused, at: Call): Promise<unknown> {
  const { entity } = access
  const missing = entity.properties.find(({ name, required, generated }) => required && !generated && isNull(row[name]))
  if (missing) return valueRequired(entity, missing.name, error)
  return isDuplicate(error) || (await isTaken(access, row, at)) ? duplicateEntry(entity, error) : error
}

async function isTaken(access: Access, row: Row, at: Call): Promise<boolean> {
  const { ids } = access.entity
  if (ids.length === 0 || ids.some((id) => isNull(row[id.name]))) return false
  try {
    return (await count(access, byIds(access.entity, [row]), at)) > 0
  } catch {
    return false
  }
}
