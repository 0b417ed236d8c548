import { errors } from '../errors'
import { resolveModule } from '../files/load'
import type { ComponentInstruction } from '../instructions'

/** The folder of component-config.json, and which files are scripts. */
export interface ComponentSource {
  readonly folder: string
  readonly extensions: readonly string[]
}

const ancestor = /^(?:loopback-component-|@reloop\/loopback-component-)/

/**
 * Makes instructions of component-config.json, in the order of the file. A component whose options are `false` or `null` is left out; a
 * LoopBack component that is not installed is replaced by ours of the same name.
 *
 * @throws MODULE_MISSING
 */
export function componentInstructions(
  config: Readonly<Record<string, unknown>>,
  { folder, extensions }: ComponentSource,
): readonly ComponentInstruction[] {
  return Object.entries(config)
    .filter(([, options]) => Boolean(options))
    .map(([ref, options]) => {
      const ours = ancestor.test(ref) ? ref.replace(ancestor, '@reloop/component-') : undefined
      const sourceFile = resolveModule(ref, folder, extensions) ?? (ours && resolveModule(ours, folder, extensions))
      if (sourceFile === undefined) throw errors.MODULE_MISSING({ what: 'Component', module: ours ?? ref, from: folder })
      return { ref, sourceFile, config: options }
    })
}
