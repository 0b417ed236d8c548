/** Two paths as one, with one slash between them and none at the end. */
export function joined(head: string, tail: string): string {
  const path = `${head}/${tail}`.replace(/\/{2,}/g, '/')
  return path.length > 1 ? path.replace(/\/$/, '') : path
}
