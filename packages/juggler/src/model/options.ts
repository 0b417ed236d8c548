import type { kGuard } from '../symbols'

/** What a guard is asked for: to read, count or aggregate rows is to find them. */
export type GuardAction = 'find' | 'aggregate' | 'create' | 'update' | 'delete'

/** The relation over which an entity is reached, and the entity that has it. */
export interface GuardHop {
  readonly entity: string
  readonly relation: string
  /** How the rows were reached from which it starts; undefined where those are the rows of the call itself. */
  readonly from?: GuardHop
  /** Whether it starts from an instance whose relation is called, not from rows of a query. */
  readonly held?: boolean
}

/** What an allowed call may reach. */
export interface GuardAllowed {
  /** Rows that exist for the caller: a filter's where, AND-ed wherever the entity is touched, over relations too. */
  readonly where?: Readonly<Record<string, unknown>>
  /** What a row has to meet once it is created or changed. @default `where` */
  readonly after?: Readonly<Record<string, unknown>>
  /** Properties that the caller may not see: absent in rows, refused in where, order and aggregate. */
  readonly hidden?: readonly string[]
  /** Properties that the caller may not write: refused in create and update. */
  readonly fixed?: readonly string[]
}

/** What a guard answers: yes, no, or yes for some rows and properties. */
export type GuardAnswer = boolean | GuardAllowed

/**
 * Asked once for every entity that a call touches: `(entity, action, paths, hop)`, where `paths` are the properties that the call names in
 * where and order, or writes, and `hop` is there when the entity is reached over a relation.
 */
export type Guard = (
  ...question: readonly [entityName: string, action: GuardAction, paths: readonly string[], hop?: GuardHop]
) => GuardAnswer | Promise<GuardAnswer>

/** The options of a call; keys that are not ours reach hooks and connectors untouched. */
export interface JugglerOptions {
  readonly transaction?: unknown
  readonly validate?: boolean
  readonly throws?: boolean
  readonly notify?: boolean
  readonly fromOutside?: boolean
  readonly signal?: AbortSignal
  readonly [kGuard]?: Guard
  readonly [key: string]: unknown
}

export const noOptions: JugglerOptions = Object.freeze({})
