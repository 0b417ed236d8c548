import type { InvokingConnector } from '@reloop/connector'
import { runtimeOf, type JugglerOptions } from '@reloop/juggler'
import type { SharedModel } from '../types'

function invokingOf(Model: SharedModel): InvokingConnector | undefined {
  const connector = runtimeOf(Model).dataSource?.connector as Partial<InvokingConnector> | undefined
  return typeof connector?.invoke === 'function' ? (connector as InvokingConnector) : undefined
}

/** Whether a model is one of another server. */
export function isRemote(Model: SharedModel): boolean {
  return invokingOf(Model) !== undefined
}

/** Calls a method of the same model on its server. */
export async function invoke(
  Model: SharedModel,
  { method, args }: { readonly method: string; readonly args: Readonly<Record<string, unknown>> },
  options?: JugglerOptions,
): Promise<unknown> {
  const runtime = runtimeOf(Model)
  if (!runtime.ready) await runtime.whenReady(method)
  return invokingOf(Model)!.invoke({ entity: runtime.entity, method, args }, { options: {}, signal: options?.signal })
}
