/** A path with its parameters in braces. */
export interface Template {
  readonly path: string
  /** Names of the parameters in order, as they stand in `path`. */
  readonly names: readonly string[]
}

/**
 * The template of a route: `/Products/:id` becomes `/Products/{id}`.
 * Optional marks and patterns of Express' paths have no place in a template and are left out.
 */
export function templateOf(path: string): Template {
  const names: string[] = []
  const converted = path.replace(/:(\w+)(\([^)]*\))?[?*+]?/g, (_, name: string) => {
    names.push(name)
    return `{${name}}`
  })
  const trimmed = converted.length > 1 ? converted.replace(/\/+$/, '') : converted
  return { path: `/${trimmed.replace(/^\/+/, '')}`, names }
}

/** What makes two templates the same to OpenAPI: everything but the names of their parameters. */
export function shapeOf({ path }: Template): string {
  return path.replace(/\{[^}]*\}/g, '{}')
}
