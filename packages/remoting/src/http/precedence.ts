import type { Route } from '../contract/shared-method'

/**
 * LoopBack's order of endpoints: verbs from put to all, then segment by segment literals before parameters, alphabetically,
 * longer paths before shorter ones.
 */
export function byPrecedence(a: Route, b: Route): number {
  if (a.verb !== b.verb) return a.verb < b.verb ? 1 : -1
  const left = segmentsOf(a.path)
  const right = segmentsOf(b.path)
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const order = compareSegments(left[index], right[index])
    if (order !== 0) return order
  }
  return 0
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter(Boolean)
}

function compareSegments(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  const parameters = Number(a.startsWith(':')) - Number(b.startsWith(':'))
  return parameters !== 0 ? parameters : a < b ? -1 : 1
}

/** Whether a path uses more of Express' patterns than whole segments that are parameters. */
export function isPatterned(path: string): boolean {
  return /[*?+()]|[^/]:/.test(path)
}

const tokens = /\/:\w+(\([^)]*\))?\?|:\w+(\([^)]*\))?|\*|[.\\^$|{}[\]]/g

/** A path with patterns of Express 4 as an expression with one group per named parameter. */
export function routeExpression(path: string): RegExp {
  const source = path.replace(tokens, (token, optionalGroup?: string, group?: string) => {
    if (token === '*') return '.*'
    if (token.endsWith('?')) return `(?:/${groupOf(optionalGroup)})?`
    return token.startsWith(':') ? groupOf(group) : `\\${token}`
  })
  return new RegExp(`^${source}/?$`, 'i')
}

function groupOf(given: string | undefined): string {
  return given === '(*)' ? '(.*)' : (given ?? '([^/]+?)')
}
