import { join } from 'node:path'
import { readJsonFile, type Schema } from '@reloop/schema'
import type { BootFlags } from '../compat'
import { errors } from '../errors'
import { isFile } from '../files/folder'
import { load } from '../files/load'
import { checked } from './check'
import { isPlain, merge, MergeProblem } from './merge'
import { anything } from './schemas'

type Plain = Readonly<Record<string, unknown>>

/** One configuration: its file, its folder, what it may hold. */
export interface ConfigFile {
  readonly name: 'config' | 'datasources' | 'model-config' | 'middleware' | 'component-config'
  readonly folder: string
  readonly env: string
  readonly flags: BootFlags
  readonly schema: Schema<Plain>
  /** How an override is laid over the main file. @default deeply */
  readonly merge?: (base: Plain, over: Plain) => Plain
}

/** Reads `<name>.json` with `<name>.local` and then `<name>.<env>` laid over it; nothing when there is no such file. */
export function readConfig(config: ConfigFile): Plain {
  const main = join(config.folder, `${config.name}.json`)
  const overrides = [`${config.name}.local`, `${config.name}.${config.env}`].map((name) => overrideFile(join(config.folder, name)))
  const found = [...new Set(overrides.filter((file) => file !== undefined))]
  if (!isFile(main)) {
    if (found.length) process.emitWarning(`${found.join(' and ')} is ignored: there is no ${main}.`)
    return {}
  }
  return found.reduce((base, file) => apply(base, file, config), read(main, config))
}

/** `.js` is preferred to `.json`. */
function overrideFile(path: string): string | undefined {
  return ['.js', '.cjs', '.json'].map((extension) => path + extension).find(isFile)
}

function read(file: string, { schema, flags }: ConfigFile): Plain {
  return checked(file.endsWith('.json') ? readJsonFile(file) : loadValue(file), schema, { file, flags })
}

function apply(base: Plain, file: string, config: ConfigFile): Plain {
  const over = read(file, config)
  try {
    return config.merge ? config.merge(base, over) : (merge(base, over) as Plain)
  } catch (error) {
    throw error instanceof MergeProblem ? errors.CONFIG_NOT_MERGED({ file, problem: error.message }) : error
  }
}

function loadValue(file: string): unknown {
  try {
    return load(file)
  } catch (cause) {
    throw errors.CONFIG_NOT_LOADED({ file, reason: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }
}

/** A configuration that was given as an object instead of a file. */
export function givenConfig(value: unknown, option: string, { schema, flags }: Pick<ConfigFile, 'schema' | 'flags'>): Plain {
  if (!isPlain(value)) throw errors.BOOT_OPTIONS_INVALID({ option, expected: 'an object' })
  return checked(anything.check(value, { at: option }), schema, { file: `the boot option ${option}`, flags })
}
