import { errors } from '../errors'
import type { ModelInstruction } from '../instructions'
import type { Found } from './definitions'
import { isPlain } from './merge'

type Plain = Readonly<Record<string, unknown>>

/**
 * Makes instructions for the models that are configured and for the bases they need, bases first.
 *
 * @param config of model-config.json
 * @param definitions by name
 * @param file of the config, for messages
 * @throws MODEL_LAYOUT_OLD, MODELS_IN_A_CIRCLE
 */
export function modelInstructions(config: Plain, definitions: ReadonlyMap<string, Found>, file: string): readonly ModelInstruction[] {
  const names = Object.keys(config).filter((name) => name !== '_meta')
  for (const name of names) refuseOldLayout(file, name, config[name])
  return inOrder(names, definitions).map((name) => instruction(name, config, definitions.get(name)))
}

function instruction(name: string, config: Plain, found: Found | undefined): ModelInstruction {
  const configured = Object.hasOwn(config, name) ? withoutNotes((config[name] ?? {}) as Plain) : undefined
  return { ...found, name, ...(configured && { config: configured }) }
}

/** Keys with `$` are notes of tools. */
function withoutNotes(config: Plain): Plain {
  return Object.fromEntries(Object.entries(config).filter(([key]) => !key.startsWith('$')))
}

function refuseOldLayout(file: string, model: string, config: unknown): void {
  if (!isPlain(config)) return
  const key = ['properties', 'base', 'plural'].find((name) => Object.hasOwn(config, name))
  if (key !== undefined) throw errors.MODEL_LAYOUT_OLD({ file, model, key })
}

/** The names and their bases; every base stands before what extends it. */
function inOrder(names: readonly string[], definitions: ReadonlyMap<string, Found>): readonly string[] {
  const ordered = new Set<string>()
  const open: string[] = []
  const visit = (name: string): void => {
    if (ordered.has(name)) return
    if (open.includes(name)) throw errors.MODELS_IN_A_CIRCLE({ models: [...open.slice(open.indexOf(name)), name] })
    open.push(name)
    const base = baseOf(definitions.get(name)?.definition)
    if (base !== undefined && (definitions.has(base) || names.includes(base))) visit(base)
    open.pop()
    ordered.add(name)
  }
  names.forEach(visit)
  return [...ordered]
}

function baseOf(definition: Plain | undefined): string | undefined {
  const options = isPlain(definition?.options) ? definition.options : {}
  const base = definition?.base ?? definition?.super ?? options.base ?? options.super
  return typeof base === 'string' ? base : undefined
}
