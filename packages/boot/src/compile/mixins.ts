import { readJsonFile } from '@reloop/schema'
import type { BootFlags } from '../compat'
import { errors } from '../errors'
import { isFile, scriptsIn } from '../files/folder'
import { resolveFolder, resolveModule } from '../files/load'
import { isInside, projectRoot } from '../files/project-root'
import type { MixinInstruction } from '../instructions'
import type { BootOptions } from '../options'
import type { Found } from './definitions'
import { isPlain } from './merge'
import { mixinNaming } from './mixin-names'

type Plain = Readonly<Record<string, unknown>>

/** Where mixins are looked for. */
export interface MixinSources {
  readonly options: BootOptions
  /** Folder of the application. */
  readonly app: string
  /** Folder of model-config.json. */
  readonly models: string
  /** `_meta.mixins` of model-config.json. */
  readonly configured: readonly string[] | undefined
  readonly extensions: readonly string[]
  readonly flags: BootFlags
}

/**
 * Finds the mixins: scripts that are named, all of some folders, and of others those that models use. Of one name a used one beats one of
 * a folder, which beats a named script.
 */
export function mixinInstructions(at: MixinSources, definitions: Iterable<Found>): readonly MixinInstruction[] {
  const { options, app, models, configured } = at
  const folders = foldersOf(options.mixinDirs ?? [], app, at)
  const sources = options.mixinSources
    ? foldersOf(options.mixinSources, app, at)
    : foldersOf(configured ?? ['./mixins'], configured ? models : app, at)
  const used = usedBy(definitions)
  const read = (files: readonly string[]) => files.map((file) => describe(file, options))
  const all = [
    ...read(scripts(options.mixins ?? [], at)),
    ...read(folders.flatMap((folder) => scriptsIn(folder, at.extensions))),
    ...read(sources.filter((folder) => !folders.includes(folder)).flatMap((folder) => scriptsIn(folder, at.extensions))).filter(
      ({ name }) => used.has(name),
    ),
  ]
  return [...new Map(all.map((mixin) => [mixin.name, mixin])).values()]
}

function foldersOf(refs: readonly string[], from: string, at: MixinSources): readonly string[] {
  return refs.flatMap((ref) => {
    const folder = resolveFolder(ref, from)
    if (folder === undefined) return []
    if (ref.startsWith('.')) refuseOutside(folder, at)
    return [folder]
  })
}

function scripts(refs: readonly string[], at: MixinSources): readonly string[] {
  return refs.map((ref) => {
    const file = resolveModule(ref, at.app, at.extensions)
    if (file === undefined) throw errors.MODULE_MISSING({ what: 'Mixin', module: ref, from: at.app })
    if (ref.startsWith('.')) refuseOutside(file, at)
    return file
  })
}

/** A path that climbs out of the project is somebody else's code. */
function refuseOutside(path: string, { app, flags }: MixinSources): void {
  const root = projectRoot(app)
  if (flags.mixinsInside && !isInside(path, root)) throw errors.MIXIN_OUTSIDE({ path, root })
}

function describe(sourceFile: string, options: BootOptions): MixinInstruction {
  const notes = sourceFile.replace(/\.[^.]+$/, '.json')
  const meta = isFile(notes) ? (readJsonFile(notes) as Plain) : {}
  const name = typeof meta.name === 'string' ? meta.name : mixinNaming(options.normalization)(sourceFile)
  return { ...meta, name, sourceFile }
}

function usedBy(definitions: Iterable<Found>): ReadonlySet<string> {
  const used = new Set<string>()
  for (const { definition } of definitions) {
    const options = isPlain(definition.options) ? definition.options : {}
    for (const mixins of [definition.mixins, options.mixins]) for (const name of Object.keys(isPlain(mixins) ? mixins : {})) used.add(name)
  }
  return used
}
