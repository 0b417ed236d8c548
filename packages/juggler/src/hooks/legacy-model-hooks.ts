import { fromCallback, type UserFunction } from '@reloop/callback'
import { kModel } from '../symbols'
import type { ModelInstance } from '../model/types'

const actions = ['Validate', 'Save', 'Create', 'Update', 'Destroy'] as const
export type HookAction = (typeof actions)[number]

const names: readonly string[] = [
  ...actions.flatMap((action) => [`before${action}`, `after${action}`, `pre${action}`, `post${action}`]),
  'beforeValidation',
  'afterValidation',
  'afterInitialize',
]

const aliases: Readonly<Record<string, readonly string[]>> = Object.fromEntries([
  ...actions.flatMap((action) => [
    [`before${action}`, [`before${action}`, `pre${action}`]],
    [`after${action}`, [`after${action}`, `post${action}`]],
  ]),
  ['beforeValidate', ['beforeValidate', 'preValidate', 'beforeValidation']],
  ['afterValidate', ['afterValidate', 'postValidate', 'afterValidation']],
]) as Record<string, readonly string[]>

const warned = new Set<string>()

type WithHooks = Record<string, unknown>

/** The deprecated model hooks: functions that a class carries under fixed names. */
export const modelHooks = Object.freeze({
  /** Names that a class carries, its own or inherited. */
  of(ctor: unknown): readonly string[] {
    return names.filter((name) => typeof (ctor as WithHooks)[name] === 'function')
  },

  initialize(instance: ModelInstance): void {
    const hook = (instance[kModel].ctor as unknown as WithHooks).afterInitialize
    if (typeof hook === 'function') hook.call(instance)
  },
})

/** Runs the hook of that name with the instance as `this`; an error given to `next` stops. */
export async function runModelHook(
  instance: ModelInstance,
  when: `before${HookAction}` | `after${HookAction}`,
  data?: unknown,
): Promise<void> {
  const ctor = instance[kModel].ctor as unknown as WithHooks
  for (const name of aliases[when]!) {
    const hook = ctor[name]
    if (typeof hook !== 'function') continue
    deprecate(instance[kModel].name, name)
    await fromHook(hook as UserFunction).call(instance, data)
    return
  }
}

/** `fn(next, data)`: the callback comes first, unlike everywhere else. */
function fromHook(hook: UserFunction) {
  return function (this: unknown, data: unknown): Promise<unknown> {
    const waits = hook.length > 0
    const turned = function (this: unknown, given: unknown, next: unknown) {
      return hook.call(this, next, given)
    }
    const plain = function (this: unknown) {
      return hook.call(this)
    }
    return waits ? fromCallback<[unknown]>(turned, 1).call(this, data) : fromCallback<[]>(plain, 0).call(this)
  }
}

function deprecate(model: string, name: string): void {
  if (warned.has(name)) return
  warned.add(name)
  process.emitWarning(`Model hook "${model}.${name}" is deprecated, use Operation hooks instead.`, 'DeprecationWarning')
}

/** Setters under all hook names: a hook that is assigned to a class is noticed. */
export function installModelHooks(base: object): void {
  for (const name of names) {
    Object.defineProperty(base, name, {
      configurable: true,
      enumerable: false,
      get: () => undefined,
      set(this: { [kModel]?: { invalidate(): void } }, hook: unknown) {
        Object.defineProperty(this, name, { value: hook, writable: true, configurable: true, enumerable: true })
        this[kModel]?.invalidate()
      },
    })
  }
}
