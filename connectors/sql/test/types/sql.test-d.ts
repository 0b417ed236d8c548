import { literal, sql, type Dialect, type Sql } from '../../src'

const name = 'x; drop table y'

// @ts-expect-error text cannot be put into a piece
sql`select * from ${name}`

// @ts-expect-error neither can a value
sql`select ${1}`

export const piece: Sql = sql`select ${literal('1')}`

// @ts-expect-error a dialect is whole
export const half: Dialect = { name: 'half', client: 'pg' }
