import type { ComponentInstruction, Instructions } from '../instructions'
import type { Bootable } from './bootable'
import { resolveDynamic, type Dynamic } from './dynamic'
import { requiredFunction } from './functions'

/**
 * Runs the components in order.
 *
 * @returns a promise from the first one on that gave one; undefined when all are done
 */
export function runComponents(app: Bootable, { components }: Instructions, dynamic: Omit<Dynamic, 'file'>): Promise<unknown> | undefined {
  let waiting: Promise<unknown> | undefined
  for (const component of components) {
    const run = () => runComponent(app, component, dynamic)
    if (waiting) waiting = waiting.then(run)
    else waiting = pending(run())
  }
  return waiting
}

function runComponent(app: Bootable, { ref, sourceFile, config }: ComponentInstruction, dynamic: Omit<Dynamic, 'file'>): unknown {
  const component = requiredFunction('Component', sourceFile)
  return component(app, resolveDynamic(config, { ...dynamic, file: `component-config.json: ${ref}` }))
}

function pending(returned: unknown): Promise<unknown> | undefined {
  return typeof (returned as { then?: unknown } | null | undefined)?.then === 'function' ? (returned as Promise<unknown>) : undefined
}
