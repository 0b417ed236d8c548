/** What became of a record: `unknown` when it came and went between two checkpoints. */
export type ChangeType = 'create' | 'update' | 'delete' | 'unknown'

/** What is recorded of the latest change of a record. */
export interface ChangeData {
  readonly id?: string
  /** Revision of the record; null once it is deleted. */
  readonly rev?: string | null
  /** Revision before the checkpoint. */
  readonly prev?: string | null
  readonly checkpoint?: number
  readonly modelName?: string
  readonly modelId?: unknown
  readonly [further: string]: unknown
}

/** A change with what the other side needs to follow it. */
export interface Update {
  readonly type: ChangeType
  readonly change: ChangeData
  /** The record, unless it is deleted. */
  readonly data?: Readonly<Record<string, unknown>>
}

/** What became of the record of a change. */
export function typeOf({ rev, prev }: ChangeData): ChangeType {
  if (rev) return prev ? 'update' : 'create'
  return prev ? 'delete' : 'unknown'
}

/** Whether two changes led to the same record. */
export function areEqual(one: ChangeData, other: ChangeData): boolean {
  return (one.rev || null) === (other.rev || null)
}

/** Whether a change was made to what the other one led to. */
export function isBasedOn(one: ChangeData, other: ChangeData): boolean {
  return (one.prev || null) === (other.rev || null)
}

/** Whether both changes deleted the record. */
export function bothDeleted(one: ChangeData, other: ChangeData): boolean {
  return typeOf(one) === 'delete' && typeOf(other) === 'delete'
}

/** Whether two changes were made without knowing of each other. */
export function conflicts(one: ChangeData, other: ChangeData | undefined | null): boolean {
  if (!other || areEqual(one, other) || bothDeleted(one, other)) return false
  return !isBasedOn(one, other)
}
