import { asError } from '../legacy'
import type { CompiledCall } from './compile-call'
import type { HttpContext } from './context'

/**
 * Runs a call that is no HTTP request: the same steps, authorization and hooks among them.
 *
 * @param call the compiled method
 * @param context with the arguments by name
 * @returns the result
 * @throws what the call failed with, after the hooks for errors
 */
export async function runCall(call: CompiledCall, context: HttpContext): Promise<unknown> {
  try {
    await call.run(context)
    return context.result
  } catch (error) {
    context.error = asError(error)
  }
  if (!context.outsideHooks) await runErrorSteps(call, context)
  throw context.error
}

/** Error hooks one after the other, until one puts another error in place of the one that came. */
export async function runErrorSteps(call: CompiledCall, context: HttpContext): Promise<void> {
  for (const step of call.errorSteps) {
    try {
      await step(context)
    } catch (error) {
      context.error = asError(error)
      return
    }
  }
}
