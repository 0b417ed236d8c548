import { join } from 'node:path'
import { resolveProfile } from '@reloop/compat'
import { flags as flagsOf, type BootFlags } from '../compat'
import { scriptExtensions } from '../files/extensions'
import type { Instructions } from '../instructions'
import { foldersOf, readOptions, type BootOptions, type Folders } from '../options'
import { componentInstructions } from './components'
import { givenConfig, readConfig, type ConfigFile } from './config'
import { findDefinitions, givenDefinitions, type Found } from './definitions'
import { mergeMiddleware } from './merge-middleware'
import { isPlain } from './merge'
import { middlewareInstructions } from './middleware'
import { mixinInstructions } from './mixins'
import { modelInstructions } from './models'
import { componentsSchema, configSchema, dataSourcesSchema, middlewareSchema, modelConfigSchema } from './schemas'
import { bootScripts } from './scripts'

type Plain = Readonly<Record<string, unknown>>

/** What all parts of a compilation look at. */
interface Compilation {
  readonly options: BootOptions
  readonly folders: Folders
  readonly env: string
  readonly flags: BootFlags
  readonly extensions: readonly string[]
}

/**
 * Reads the folder of an application into instructions, without touching an application.
 *
 * @param given folder of the application, or options (see `BootOptions`)
 * @returns plain data, which `execute` brings to life
 * @throws SCHEMA_INVALID, JSON_SYNTAX, CONFIG_NOT_MERGED, CONFIG_KEY_MISTYPED, MODULE_MISSING, MODELS_IN_A_CIRCLE, MIXIN_OUTSIDE and others, each naming the file
 * @example const instructions = boot.compile(__dirname)
 */
export function compile(given?: BootOptions | string): Instructions {
  const options = readOptions(given)
  const folders = foldersOf(options)
  const env = options.env ?? process.env.NODE_ENV ?? 'development'
  const config = readSettings({ options, folders, env })
  const flags = flagsOf.of(resolveProfile({ option: options.compat, config: config.compat }))
  const at: Compilation = { options, folders, env, flags, extensions: scriptExtensions(options.scriptExtensions) }
  return {
    env,
    appRootDir: folders.app,
    config,
    dataSources: dataSources(at),
    ...models(at),
    middleware: middlewareInstructions(fileOrGiven(at, 'middleware'), { folder: folders.middleware, extensions: at.extensions }),
    components: componentInstructions(fileOrGiven(at, 'components'), { folder: folders.components, extensions: at.extensions }),
    files: { boot: bootScripts({ options, app: folders.app, env, extensions: at.extensions }) },
  }
}

/** config.json comes first: it may choose the profile that the other files are read by. */
function readSettings({ options, folders, env }: Pick<Compilation, 'options' | 'folders' | 'env'>): Plain {
  const flags = flagsOf.of(resolveProfile({ option: options.compat }))
  if (options.config !== undefined) return givenConfig(options.config, 'config', { schema: configSchema, flags })
  return readConfig({ name: 'config', folder: folders.config, env, flags, schema: configSchema })
}

const files = {
  dataSources: { name: 'datasources', schema: dataSourcesSchema },
  models: { name: 'model-config', schema: modelConfigSchema },
  middleware: { name: 'middleware', schema: middlewareSchema, merge: mergeMiddleware },
  components: { name: 'component-config', schema: componentsSchema },
} as const satisfies Record<string, Pick<ConfigFile, 'name' | 'schema' | 'merge'>>

function fileOrGiven({ options, folders, env, flags }: Compilation, part: keyof typeof files): Plain {
  const given = options[part]
  if (given !== undefined) return givenConfig(given, part, { schema: files[part].schema, flags })
  return readConfig({ ...files[part], folder: folders[part], env, flags })
}

function dataSources(at: Compilation): Instructions['dataSources'] {
  const config = fileOrGiven(at, 'dataSources')
  return Object.fromEntries(Object.entries(config).filter((entry): entry is [string, Plain] => isPlain(entry[1])))
}

function models(at: Compilation): Pick<Instructions, 'models' | 'mixins'> {
  const { options, folders, extensions, flags } = at
  const config = fileOrGiven(at, 'models')
  const meta = (config._meta ?? {}) as { readonly sources?: readonly string[]; readonly mixins?: readonly string[] }
  const sources = options.modelSources ?? meta.sources ?? ['./models']
  const definitions: ReadonlyMap<string, Found> = options.modelDefinitions
    ? givenDefinitions(options.modelDefinitions, { extensions, flags })
    : findDefinitions({ folder: folders.models, sources, extensions, flags })
  return {
    mixins: mixinInstructions(
      { options, app: folders.app, models: folders.models, configured: meta.mixins, extensions, flags },
      definitions.values(),
    ),
    models: modelInstructions(config, definitions, join(folders.models, 'model-config.json')),
  }
}
