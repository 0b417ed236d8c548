import { resolve } from 'node:path'
import type { Profile } from '@reloop/compat'
import { errors } from './errors'

/** A model definition that was given instead of found. */
export interface GivenDefinition {
  readonly definition: Readonly<Record<string, unknown>>
  readonly sourceFile?: string
}

/** How a start is done; every part has a default. Paths are relative to `appRootDir`. */
export interface BootOptions {
  /** Folder of the application. @default the working directory */
  readonly appRootDir?: string
  /** Folder of config.json. @default appRootDir */
  readonly appConfigRootDir?: string
  /** Folder of model-config.json. @default appRootDir */
  readonly modelsRootDir?: string
  /** Folder of datasources.json. @default appRootDir */
  readonly dsRootDir?: string
  /** Folder of middleware.json. @default appRootDir */
  readonly middlewareRootDir?: string
  /** Folder of component-config.json. @default appRootDir */
  readonly componentRootDir?: string
  /** Chooses `<file>.<env>.json` and `boot/<env>`. @default the application's, NODE_ENV or 'development' */
  readonly env?: string
  /** Instead of config.json. */
  readonly config?: Readonly<Record<string, unknown>>
  /** Instead of model-config.json. */
  readonly models?: Readonly<Record<string, unknown>>
  /** Instead of datasources.json. */
  readonly dataSources?: Readonly<Record<string, unknown>>
  /** Instead of middleware.json. */
  readonly middleware?: Readonly<Record<string, unknown>>
  /** Instead of component-config.json. */
  readonly components?: Readonly<Record<string, unknown>>
  /** Instead of the definitions in `modelSources`. */
  readonly modelDefinitions?: readonly GivenDefinition[]
  /** Folders of model definitions, relative to modelsRootDir or names in node_modules. @default `_meta.sources` or ['./models'] */
  readonly modelSources?: readonly string[]
  /** Scripts of mixins. */
  readonly mixins?: readonly string[]
  /** Folders of mixins that are all defined. */
  readonly mixinDirs?: readonly string[]
  /** Folders of mixins, of which those that a model uses are defined. @default `_meta.mixins` or ['./mixins'] */
  readonly mixinSources?: readonly string[]
  /** Scripts that run before those of `bootDirs`. */
  readonly bootScripts?: readonly string[]
  /** Folders of boot scripts; ./boot follows them. */
  readonly bootDirs?: readonly string[]
  /** Extensions of scripts. @default those that Node loads, without .json and .node */
  readonly scriptExtensions?: readonly string[]
  /** How the name of a mixin follows from that of its file. @default 'classify' */
  readonly normalization?: 'classify' | 'dasherize' | 'none' | false | ((name: string) => string)
  /** Which line of LoopBack the start goes like. @default the application's */
  readonly compat?: Profile
}

/** The options with every folder in place. */
export interface Folders {
  readonly app: string
  readonly config: string
  readonly models: string
  readonly dataSources: string
  readonly middleware: string
  readonly components: string
}

/** Brings the forms of options, a folder or an object, to the object. */
export function readOptions(given: BootOptions | string | undefined): BootOptions {
  if (given === undefined) return {}
  if (typeof given === 'string') return { appRootDir: given }
  if (typeof given !== 'object' || given === null)
    throw errors.BOOT_OPTIONS_INVALID({ option: 'options', expected: 'a folder or an object' })
  return given
}

/** Where each file is looked for. */
export function foldersOf(options: BootOptions): Folders {
  const app = resolve(options.appRootDir ?? process.cwd())
  const folder = (given: string | undefined) => (given === undefined ? app : resolve(app, given))
  return {
    app,
    config: folder(options.appConfigRootDir),
    models: folder(options.modelsRootDir),
    dataSources: folder(options.dsRootDir),
    middleware: folder(options.middlewareRootDir),
    components: folder(options.componentRootDir),
  }
}
