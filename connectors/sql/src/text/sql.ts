/** Takes one bound value out of the values of a statement. */
export type Bind = (values: readonly unknown[]) => unknown

/**
 * A piece of SQL: constant text and quoted names around places for values. `text` has one element more than `binds`.
 * Values never become text, so that there is nothing to escape.
 */
export interface Sql {
  readonly text: readonly string[]
  readonly binds: readonly Bind[]
}

/**
 * Joins constant text and pieces into a piece. Only pieces can be put in, never strings.
 *
 * @param strings constant text, as a template has it
 * @param parts pieces between
 * @example sql`${column} between ${low} and ${high}`
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly Sql[]): Sql {
  return concat(strings.flatMap((constant, index) => (index < parts.length ? [literal(constant), parts[index]!] : [literal(constant)])))
}

/**
 * Text that is SQL already: a constant of a dialect, or a name that `quote` has quoted. Never a value.
 *
 * @param text SQL text
 * @example literal(quote(property.column))
 */
export function literal(text: string): Sql {
  return Object.freeze({ text: Object.freeze([text]), binds: none })
}

/**
 * A place for a value.
 *
 * @param bind takes the value out of those of the statement
 * @example place((values) => values[0])
 */
export function place(bind: Bind): Sql {
  return Object.freeze({ text: emptyPair, binds: Object.freeze([bind]) })
}

/**
 * Joins pieces with constant text between them.
 *
 * @param pieces any number of pieces
 * @param separator constant text
 * @example join(conditions, ' and ')
 */
export function join(pieces: readonly Sql[], separator: string): Sql {
  const between = literal(separator)
  return concat(pieces.flatMap((piece, index) => (index ? [between, piece] : [piece])))
}

const none: readonly Bind[] = Object.freeze([])
const emptyPair: readonly string[] = Object.freeze(['', ''])

function concat(pieces: readonly Sql[]): Sql {
  const text = ['']
  const binds: Bind[] = []
  for (const piece of pieces) {
    text[text.length - 1] += piece.text[0]!
    text.push(...piece.text.slice(1))
    binds.push(...piece.binds)
  }
  return Object.freeze({ text: Object.freeze(text), binds: Object.freeze(binds) })
}
