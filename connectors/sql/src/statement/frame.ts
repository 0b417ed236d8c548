import { knex, type Knex } from 'knex'
import type { Dialect } from '../dialect'
import type { Command } from '../run/driver'
import { join, literal, place, type Bind, type Sql } from '../text/sql'

/** A statement: the text that runs, and how its values are found. */
export interface Statement extends Command {
  readonly binds: readonly Bind[]
}

// Numbers that Knex sees instead of values and checks for being integers; it has no such number of its own.
const base = 1_000_000_000_000
const token = /\{\{(\d+)\}\}|\?/g

/**
 * Lets Knex write the frame of a statement: order of clauses, paging, conflict clauses, table definitions. Our own pieces stand in it as tokens,
 * so that Knex neither reads nor changes them, and every name in the text was quoted by the dialect.
 */
export class Frame {
  readonly #pieces: Sql[] = []
  readonly #count: Dialect['count']
  readonly knex: Knex

  constructor(builder: Knex, count: Dialect['count']) {
    this.knex = builder
    this.#count = count
  }

  /** A piece, as Knex takes raw text. */
  raw(piece: Sql): Knex.Raw {
    return this.knex.raw(this.name(piece))
  }

  /** A piece, as Knex takes a name. */
  name(piece: Sql): string {
    return `{{${this.#pieces.push(piece) - 1}}}`
  }

  /** A value, as Knex takes a number: limit and offset. */
  number(bind: Bind): number {
    const number = place(bind)
    return base + this.#pieces.push(this.#count?.(number) ?? number) - 1
  }

  /** The text that a Knex builder describes, as a piece. */
  piece(builder: { toSQL(): Knex.Sql }): Sql {
    const { sql, bindings } = builder.toSQL()
    return this.#fill(sql, bindings)
  }

  /** The statements of a Knex schema builder. */
  pieces(builder: Knex.SchemaBuilder): readonly Sql[] {
    return builder.toSQL().map(({ sql, bindings }) => this.#fill(sql, bindings ?? []))
  }

  #fill(text: string, bindings: readonly unknown[]): Sql {
    const parts: Sql[] = []
    let [at, next] = [0, 0]
    for (const { 0: found, 1: number, index } of text.matchAll(token)) {
      parts.push(literal(text.slice(at, index)), number === undefined ? this.#value(bindings[next++]) : this.#pieces[Number(number)]!)
      at = index + found.length
    }
    return join([...parts, literal(text.slice(at))], '')
  }

  #value(binding: unknown): Sql {
    return typeof binding === 'number' && binding >= base ? this.#pieces[binding - base]! : place(() => binding)
  }
}

/**
 * Makes frames for one dialect; Knex gets no connection and runs nothing.
 *
 * @param dialect which Knex client writes
 * @returns function that makes a frame
 */
export function createFrames({ client, count }: Pick<Dialect, 'client' | 'count'>): () => Frame {
  const builder = knex({ client, useNullAsDefault: true, wrapIdentifier: (name) => name })
  return () => new Frame(builder, count)
}

/**
 * Makes a statement of a piece.
 *
 * @param dialect how places for values look
 * @param piece whole text
 */
export function statementOf(dialect: Pick<Dialect, 'placeholder'>, piece: Sql): Statement {
  const text = piece.text.reduce((written, constant, index) => `${written}${dialect.placeholder(index)}${constant}`)
  return { text, binds: piece.binds, kept: undefined }
}

/** Values in the order of a statement's places. */
export function bindAll(binds: readonly Bind[], values: readonly unknown[]): unknown[] {
  const bound = new Array<unknown>(binds.length)
  for (let index = 0; index < binds.length; index++) bound[index] = binds[index]!(values)
  return bound
}
