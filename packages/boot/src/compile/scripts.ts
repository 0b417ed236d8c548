import { join } from 'node:path'
import { errors } from '../errors'
import { scriptsIn } from '../files/folder'
import { resolveFolder, resolveModule } from '../files/load'
import type { BootOptions } from '../options'

/** Where boot scripts are looked for. */
export interface ScriptSource {
  readonly options: BootOptions
  readonly app: string
  readonly env: string
  readonly extensions: readonly string[]
}

/** Boot scripts in the order in which they run: named ones, then those of each folder followed by those of its folder for the environment. */
export function bootScripts({ options, app, env, extensions }: ScriptSource): readonly string[] {
  const named = (options.bootScripts ?? []).map((ref) => {
    const file = resolveModule(ref, app, extensions)
    if (file === undefined) throw errors.MODULE_MISSING({ what: 'Boot script', module: ref, from: app })
    return file
  })
  const folders = [...(options.bootDirs ?? []), './boot'].flatMap((ref) => resolveFolder(ref, app) ?? [])
  const found = folders.flatMap((folder) => [...scriptsIn(folder, extensions), ...scriptsIn(join(folder, env), extensions)])
  return [...new Set([...named, ...found])]
}
