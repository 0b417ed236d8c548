/** A hook in our manner; users' hooks are brought to it at registration. */
export type Hook = (context: HookContext) => unknown

const alone = new WeakSet<Hook>()

/** Marks a hook that looks at nothing but its own instance: all rows of a bulk create may pass it before one of them is written. */
export function ofOneRow(hook: Hook): Hook {
  alone.add(hook)
  return hook
}

export function isOfOneRow(hook: Hook): boolean {
  return alone.has(hook)
}

/** What hooks share during one operation; the only thing of an operation that changes. */
export interface HookContext {
  Model?: unknown
  hookState: Record<string, unknown>
  options: object
  [member: string]: unknown
}

interface Registered {
  readonly original: unknown
  readonly hook: Hook
}

/** The hooks of one class, connector or transaction, by operation, in order of registration. */
export class Observers {
  readonly #hooks = new Map<string, Registered[]>()

  add(operation: string, original: unknown, hook: Hook): void {
    const list = this.#hooks.get(operation)
    if (list) list.push({ original, hook })
    else this.#hooks.set(operation, [{ original, hook }])
  }

  remove(operation: string, original: unknown): void {
    const list = this.#hooks.get(operation)
    const index = list?.findIndex((registered) => registered.original === original) ?? -1
    if (index >= 0) list!.splice(index, 1)
  }

  clear(operation?: string): void {
    if (operation === undefined) this.#hooks.clear()
    else this.#hooks.delete(operation)
  }

  of(operation: string): readonly Hook[] {
    return this.#hooks.get(operation)?.map((registered) => registered.hook) ?? []
  }

  has(operation: string): boolean {
    return (this.#hooks.get(operation)?.length ?? 0) > 0
  }
}

/** Runs hooks one after the other; the first failure stops. */
export async function runHooks(hooks: readonly Hook[], context: HookContext): Promise<void> {
  for (const hook of hooks) await hook(context)
}
