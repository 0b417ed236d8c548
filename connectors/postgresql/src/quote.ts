/**
 * Quotes a name of the database; a quote inside is doubled.
 *
 * @param name whatever is in it
 */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
