// The start
export { boot, type Boot } from './boot'
export { compile } from './compile/index'
export type { BootOptions, GivenDefinition } from './options'
export type {
  ComponentInstruction,
  Instructions,
  MiddlewareInstruction,
  MiddlewareInstructions,
  MixinInstruction,
  ModelInstruction,
} from './instructions'

// What it says and how it may differ
export { errors } from './errors'
export { flags } from './compat'
