import { kGuard, matchWhere, runtimeOf, type GuardAllowed, type JugglerOptions } from '@reloop/juggler'
import type { SharedModel } from '../types'
import type { ChangeEvent, Told } from './change-events'
import type { ReplicationFlags } from './compat'
import { stored } from './stored'

type Data = Readonly<Record<string, unknown>>

/** Which events a stream has, and what of them. */
export interface StreamFilter {
  readonly where?: Data
  readonly fields?: readonly string[] | Readonly<Record<string, boolean>>
}

interface Judging {
  readonly Model: SharedModel
  readonly flags: ReplicationFlags
  readonly filter: StreamFilter | undefined
}

type Test = (row: Data) => boolean

/** Makes what decides of every event whether, and as what, a stream has it. */
export function judge(judging: Judging): (told: Told, caller: JugglerOptions) => Promise<ChangeEvent | undefined> {
  const { Model, filter } = judging
  const where = filter?.where && Object.keys(filter.where).length > 0 ? filter.where : undefined
  const matches = where && testOf(Model, where)
  return async (told, caller) => {
    const shown = await (told.event.type === 'remove' ? removal : saved)({ ...judging, where, matches, told }, caller)
    return shown && chosen(shown, filter?.fields)
  }
}

interface Judged extends Judging {
  readonly where: Data | undefined
  readonly matches: Test | undefined
  readonly told: Told
}

/** Rows of events are as JSON: their dates are texts, until the model reads them. */
function testOf(Model: SharedModel, where: Data): Test {
  const matches = matchWhere(runtimeOf(Model), where)
  return (row) => matches(read(Model, row))
}

function read(Model: SharedModel, row: Data): Data {
  return (new Model(row, { applyDefaultValues: false }) as unknown as { toObject(): Data }).toObject()
}

/** A record that was created or changed: whether the caller may see it is asked of the store, as for a find. */
async function saved({ Model, flags, where, matches, told }: Judged, caller: JugglerOptions): Promise<ChangeEvent | undefined> {
  const { event, whole } = told
  const guard = caller[kGuard]
  if (event.target === undefined) {
    if (matches && !(event.data && matches(event.data))) return undefined
    return guard ? forAll(event, await guard(Model.modelName, 'find', [])) : event
  }
  if (!guard && (whole || !where || !flags.streamRemovals)) return matches && !(event.data && matches(event.data)) ? undefined : event
  const id = { [stored(Model).getIdName()]: event.target }
  const [row] = await stored(Model).find({ where: where ? { and: [id, where] } : id, limit: 1 }, caller)
  if (!row) return undefined
  const data = row.toJSON()
  const { where: _where, ...rest } = event
  return { ...rest, ...(whole ? {} : { where: id }), data: whole ? data : pick(data, Object.keys(event.data ?? {})) }
}

/** A record that is gone: rules are asked about what it was; one that cannot be asked about it says no. */
async function removal({ Model, flags, matches, told }: Judged, caller: JugglerOptions): Promise<ChangeEvent | undefined> {
  const { event } = told
  const row = event.data ?? (flags.streamRemovals ? told.removed : undefined)
  if (matches && !(row && matches(row))) return undefined
  const answer = (await caller[kGuard]?.(Model.modelName, 'find', [])) ?? true
  if (typeof answer === 'boolean' || !answer.where) return forAll(event, answer)
  const was = event.data ?? told.removed
  return was && mayBeSeen(Model, answer.where, was) ? forAll(event, { ...answer, where: undefined }) : undefined
}

function mayBeSeen(Model: SharedModel, rule: Data, row: Data): boolean {
  const { hidden } = runtimeOf(Model).compiled
  if (Object.keys(rule).some((name) => hidden.has(name))) return false
  try {
    return testOf(Model, rule)(row)
  } catch {
    // A rule about related records.
    return false
  }
}

/** An event about no single record is for those only who may see all of them. */
function forAll(event: ChangeEvent, answer: boolean | GuardAllowed): ChangeEvent | undefined {
  if (answer === true) return event
  if (answer === false || answer.where) return undefined
  const hidden = answer.hidden ?? []
  if (hidden.length === 0) return event
  const { where: _where, ...rest } = event
  return event.data ? { ...rest, data: without(event.data, hidden) } : rest
}

function chosen(event: ChangeEvent, fields: StreamFilter['fields']): ChangeEvent {
  if (!fields || !event.data) return event
  if (Array.isArray(fields)) return fields.length === 0 ? event : { ...event, data: pick(event.data, fields as string[]) }
  const entries = Object.entries(fields)
  const wanted = entries.filter(([, value]) => value).map(([name]) => name)
  if (wanted.length > 0) return { ...event, data: pick(event.data, wanted) }
  return {
    ...event,
    data: without(
      event.data,
      entries.map(([name]) => name),
    ),
  }
}

function pick(data: Data, names: readonly string[]): Data {
  return Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name)))
}

function without(data: Data, names: readonly string[]): Data {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)))
}
