import type { FilterFor, Include } from './filter'
import type { Patch } from './infer'
import type { Instance } from './instance'
import type { Where } from './where'

interface HookContext {
  /** The class that the operation runs on; a subclass of the observed one perhaps. */
  readonly Model: unknown
  /** Shared by all hooks of one operation. */
  readonly hookState: Record<string, unknown>
  readonly options: Record<string, unknown>
}

/** What each operation hook is given. */
export interface HookContexts<D, M> {
  access: HookContext & { query: FilterFor<D, Include<D, M>, M> }
  'before save': HookContext & {
    /** The whole instance, in `create`, `save` and replacing; else there are `where` and `data`. */
    instance?: Instance<D, never, M>
    isNewInstance?: boolean
    where?: Where<D, M>
    data?: Patch<D, M>
    readonly currentInstance?: Instance<D, never, M>
  }
  persist: HookContext & {
    data: Patch<D, M>
    where?: Where<D, M>
    isNewInstance?: boolean
    readonly currentInstance?: Instance<D, never, M>
  }
  loaded: HookContext & { data: Patch<D, M>; instance?: Instance<D, never, M>; isNewInstance?: boolean }
  'after save': HookContext & {
    instance?: Instance<D, never, M>
    isNewInstance?: boolean
    where?: Where<D, M>
    data?: Patch<D, M>
    readonly info?: { readonly count: number }
  }
  'before delete': HookContext & { where: Where<D, M>; instance?: Instance<D, never, M> }
  'after delete': HookContext & {
    readonly where: Where<D, M>
    instance?: Instance<D, never, M>
    readonly info?: { readonly count: number }
  }
}

/** Tells that a hook is done, or why it refuses. */
export type Next = (error?: unknown) => void

/** A hook: async, or with `next`, or neither. */
export type Observer<C> = (context: C, next: Next) => unknown
