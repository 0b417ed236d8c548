/**
 * The names under which LoopBack keeps what an application has: as given, in camel case and as a class.
 *
 * @example spellings('my-store') // ['my-store', 'myStore', 'MyStore']
 */
export function spellings(name: string): readonly string[] {
  const camel = name.replace(/[-_\s]+(.)?/g, (_all, letter: string | undefined) => (letter ?? '').toUpperCase())
  const lower = camel.charAt(0).toLowerCase() + camel.slice(1)
  const upper = camel.charAt(0).toUpperCase() + camel.slice(1)
  return [...new Set([name, lower, upper])]
}
