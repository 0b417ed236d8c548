/** A name with wildcards, made ready to compare. */
export interface Pattern {
  readonly text: string
  matches(name: string): boolean
  /** Sorts patterns: literal segments before `*`, `*` before `**`. */
  readonly rank: string
}

/**
 * Makes a name with wildcards ready to compare.
 *
 * As a hook, `*` stands for one segment between dots and `**` for any number of them. As a glob, `*` stands for any characters.
 *
 * @example hookPattern('*.find').matches('Product.find') // true
 */
export function hookPattern(text: string, kind: 'hook' | 'glob' = 'hook'): Pattern {
  const segments = text.split('.')
  const rank = segments.map((segment) => (segment === '**' ? '2' : segment === '*' ? '1' : '0')).join('')
  if (!text.includes('*')) return { text, rank, matches: (name) => name === text }
  if (text === '**') return { text, rank, matches: () => true }
  const source =
    kind === 'glob'
      ? text.split('*').map(escape).join('.*')
      : segments.map(segmentSource).join('\\.').replaceAll('\\.§', '(?:\\..+)?').replaceAll('§\\.', '(?:.+\\.)?')
  const expression = new RegExp(`^${source}$`)
  return { text, rank, matches: (name) => expression.test(name) }
}

function segmentSource(segment: string): string {
  if (segment === '**') return '§'
  return segment.split('*').map(escape).join('[^.]*')
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
