import { basename, join } from 'node:path'
import { readJsonFile } from '@reloop/schema'
import { isScript } from '../files/extensions'
import { isFile, namesIn, withExtension } from '../files/folder'
import { resolveFolder } from '../files/load'
import type { GivenDefinition } from '../options'
import { checked, checkSpelling, type Source } from './check'
import { definitionKeys, definitionSchema } from './schemas'

type Plain = Readonly<Record<string, unknown>>

/** A definition that was found or given. */
export interface Found {
  readonly name: string
  readonly definition: Plain
  readonly definitionFile?: string
  readonly sourceFile?: string
}

/** Where definitions are looked for. */
export interface Sources {
  readonly folder: string
  readonly sources: readonly string[]
  readonly extensions: readonly string[]
  readonly flags: Source['flags']
}

/** Reads all model definitions of the source folders; of two with one name the later holds. Folders that are not there are passed over. */
export function findDefinitions(at: Sources): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>()
  for (const source of at.sources) {
    const folder = resolveFolder(source, at.folder)
    if (folder === undefined) continue
    for (const file of namesIn(folder)) {
      if (!file.endsWith('.json') || file.startsWith('_')) continue
      const definition = readDefinition(join(folder, file), at)
      found.set(definition.name, definition)
    }
  }
  return found
}

function readDefinition(file: string, { extensions, flags }: Sources): Found {
  const definition = checked(readJsonFile(file), definitionSchema, { file, flags })
  checkSpelling(definition, definitionKeys, { file, flags })
  const name = typeof definition.name === 'string' && definition.name ? definition.name : nameOf(basename(file, '.json'))
  const sourceFile = withExtension(file.slice(0, -'.json'.length), extensions)
  return { name, definition: { ...definition, name }, definitionFile: file, ...(sourceFile && { sourceFile }) }
}

/** `coffee-shop` is CoffeeShop. */
function nameOf(file: string): string {
  const name = file.replace(/[-_\s]+(.)?/g, (_, letter: string | undefined) => (letter ?? '').toUpperCase())
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Definitions that were given as an option. */
export function givenDefinitions(
  given: readonly GivenDefinition[],
  { extensions, flags }: Pick<Sources, 'extensions' | 'flags'>,
): ReadonlyMap<string, Found> {
  return new Map(
    given.map(({ definition, sourceFile }) => {
      const plain = checked(definition, definitionSchema, { file: sourceFile ?? 'the boot option modelDefinitions', flags })
      const script = sourceFile !== undefined && isFile(sourceFile) && isScript(sourceFile, extensions) ? sourceFile : undefined
      return [String(plain.name), { name: String(plain.name), definition: plain, ...(script && { sourceFile: script }) }] as const
    }),
  )
}
