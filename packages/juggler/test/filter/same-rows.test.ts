import fc from 'fast-check'
import { matchWhere, runtimeOf } from '@reloop/juggler'
import { overStores, type AnyModel } from '../stores'

/* Values are few, so that conditions meet them often. */
const texts = ['', 'a', 'A', 'b', 'ab', 'a%b', 'a_b', 'ß', '\\', "o'x"] as const
const numbers = [-1, 0, 1, 2, 2.5] as const
const dates = ['2020-01-01T00:00:00.000Z', '2020-01-02T00:00:00.000Z', '2021-06-01T12:00:00.000Z'].map((text) => new Date(text))

const maybe = <T>(from: readonly T[]) => fc.constantFrom<T | null>(...from, null)

const row = fc.record({
  text: maybe(texts),
  number: maybe(numbers),
  flag: maybe([true, false]),
  date: maybe(dates),
  tags: fc.option(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 })),
  place: fc.option(fc.record({ city: fc.constantFrom('Rome', 'Bonn'), floor: fc.constantFrom(1, 2) })),
})

/** Conditions on one property of values that can be ordered. */
function ordered<T>(values: readonly T[]): fc.Arbitrary<unknown> {
  const value = fc.constantFrom(...values)
  return fc.oneof(
    maybe(values),
    fc.record({ gt: value }),
    fc.record({ gte: value }),
    fc.record({ lt: value }),
    fc.record({ lte: value }),
    fc.record({ gte: value, lt: value }),
    fc.record({ neq: maybe(values) }),
    fc.record({ between: fc.tuple(value, value) }),
    fc.record({ inq: fc.array(maybe(values), { maxLength: 3 }) }),
    fc.record({ nin: fc.array(maybe(values), { maxLength: 3 }) }),
    fc.record({ exists: fc.boolean() }),
    fc.record({ not: fc.record({ gt: value }) }),
  )
}

const patterns = fc.constantFrom('a%', '%b', '_', 'a\\%b', '%', 'A_%')
const text = fc.oneof(
  { weight: 2, arbitrary: ordered(texts) },
  { weight: 1, arbitrary: fc.oneof(...['like', 'nlike', 'ilike', 'nilike'].map((name) => patterns.map((value) => ({ [name]: value })))) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      ...['startsWith', 'endsWith', 'contains'].map((name) => fc.constantFrom(...texts).map((value) => ({ [name]: value }))),
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('^a', 'b$', 'a.b', '[ab]').map((regexp) => ({ regexp })) },
)
const tags = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 })

const clause = fc.oneof(
  text.map((value) => ({ text: value })),
  ordered(numbers).map((value) => ({ number: value })),
  ordered(dates).map((value) => ({ date: value })),
  fc.oneof(maybe([true, false]), fc.record({ neq: maybe([true, false]) })).map((value) => ({ flag: value })),
  fc
    .oneof(fc.record({ contains: tags }), fc.record({ containsAny: tags }), fc.record({ containedBy: tags }))
    .map((value) => ({ tags: value })),
  fc.constantFrom('Rome', 'Bonn', 'Ulm').map((city) => ({ 'place.city': city })),
  fc.constantFrom(1, 2).map((floor) => ({ 'place.floor': { gt: floor - 1, lte: floor } })),
)

const { where } = fc.letrec<{ where: Record<string, unknown> }>((tie) => ({
  where: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    { weight: 4, arbitrary: clause },
    { weight: 1, arbitrary: fc.tuple(clause, clause).map(([a, b]) => ({ ...a, ...b })) },
    ...(['and', 'or', 'nor'] as const).map((name) => ({
      weight: 1,
      arbitrary: fc.array(tie('where'), { minLength: 1, maxLength: 3 }).map((items) => ({ [name]: items })),
    })),
    { weight: 1, arbitrary: tie('where').map((item) => ({ not: item })) },
  ),
}))

overStores((make) => {
  it('random filters give the rows that the same filter matches in memory', async () => {
    const { db } = make()
    const Row: AnyModel = db.define(
      'SameRow',
      { text: String, number: Number, flag: Boolean, date: Date, tags: [String], place: { city: String, floor: Number } },
      { strict: true },
    )
    await db.automigrate()
    await Row.create(fc.sample(row, { numRuns: 60, seed: 42 }))
    const rows = await runtimeOf(Row).rows.find({ order: 'id' })
    await fc.assert(
      fc.asyncProperty(where, fc.nat({ max: 20 }), async (condition, limit) => {
        const expected = rows.filter(matchWhere(runtimeOf(Row), condition)).map(({ id }) => id)
        const found = await runtimeOf(Row).rows.find({ where: condition, order: 'id', ...(limit && { limit }) })
        expect(found.map(({ id }) => id)).toEqual(limit ? expected.slice(0, limit) : expected)
        expect(await Row.count(condition)).toBe(expected.length)
      }),
      { numRuns: 300 },
    )
  })
})
