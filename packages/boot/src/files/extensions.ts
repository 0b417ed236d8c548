import { extname } from 'node:path'

const notScripts: ReadonlySet<string> = new Set(['.json', '.node', '.map'])

/** Extensions that Node (with what was registered, such as a TypeScript loader) runs as scripts. */
export function scriptExtensions(given: readonly string[] | undefined): readonly string[] {
  if (given) return given.map((extension) => (extension.startsWith('.') ? extension : `.${extension}`))

  const known = Object.keys(require.extensions)
  return [...new Set([...known, '.js', '.cjs', '.mjs'])].filter((extension) => !notScripts.has(extension))
}

/** Whether a file is a script by its extension; declarations of TypeScript are none. */
export function isScript(file: string, extensions: readonly string[]): boolean {
  return extensions.includes(extname(file)) && !/\.d\.[cm]?ts$/.test(file)
}
