import { nearest } from '@reloop/errors'
import type { SharedModel } from '@reloop/core'
import type { BootFlags } from '../compat'
import { errors } from '../errors'
import { isInside, projectRoot } from '../files/project-root'
import type { Instructions, ModelInstruction } from '../instructions'
import type { Bootable } from './bootable'
import { exportedFunction } from './functions'

/** Defines all models, bases first, and only then configures those that are: relations find their other side. */
export function makeModels(app: Bootable, instructions: Instructions, flags: BootFlags): void {
  const root = projectRoot(instructions.appRootDir)
  const builtIn = new Set(Object.keys(app.registry.modelBuilder.models))
  const made = instructions.models.map((model) => [model, makeModel(app, model, { root, builtIn, flags })] as const)
  for (const [{ config }, model] of made) if (config) app.model(model, config)
}

interface Around {
  /** Folder of the project. */
  readonly root: string
  /** Names that the registry had before. */
  readonly builtIn: ReadonlySet<string>
  readonly flags: BootFlags
}

function makeModel(app: Bootable, instruction: ModelInstruction, around: Around): SharedModel {
  const { name, definition, sourceFile } = instruction
  if (!definition || isBuiltIn(instruction, around)) return existing(app, name)
  const model = app.registry.createModel(definition as { name: string })
  if (sourceFile !== undefined) exportedFunction(sourceFile)?.(model)
  return model
}

/** Built-in models whose files are among the sources, as LoopBack's own folders were, are there already. */
function isBuiltIn({ name, definitionFile }: ModelInstruction, { root, builtIn, flags }: Around): boolean {
  if (!builtIn.has(name)) return false
  const isForeign =
    definitionFile !== undefined && (!isInside(definitionFile, root) || /[\\/]node_modules[\\/]/.test(definitionFile.slice(root.length)))
  if (!isForeign && flags.refuseBuiltInNames) throw errors.MODEL_NAME_TAKEN({ name, file: definitionFile ?? 'A definition' })
  return isForeign
}

function existing(app: Bootable, name: string): SharedModel {
  const model = app.registry.findModel(name)
  if (model) return model
  throw errors.MODEL_NOT_CONFIGURABLE({ name, nearest: nearest(name, Object.keys(app.registry.modelBuilder.models)) })
}
