import type { kGuard } from '../symbols'

/** What a guard answers: yes, no, or yes for some rows and properties. */
export type GuardAnswer = boolean | { readonly where?: Readonly<Record<string, unknown>>; readonly fields?: readonly string[] }

/** Asked once for every entity that a call touches. */
export type Guard = (entityName: string, action: string, paths: readonly string[]) => GuardAnswer | Promise<GuardAnswer>

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
