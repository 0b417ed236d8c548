import { defineModel } from '@reloop/juggler'
import { expectType } from './expect-type'

const Thing = defineModel('QueriesThing', { properties: { name: { type: 'string', required: true }, price: 'number' } })

export async function queries(): Promise<void> {
  for await (const thing of Thing.stream({ where: { price: { lt: 1 } }, order: 'name' })) expectType<string>()(thing.name)
  const page = await Thing.page({ limit: 5, after: 'cursor' })
  expectType<string | undefined>()(page.next)
  page.rows[0]!.name.toUpperCase()
  const groups = await Thing.aggregate({
    groupBy: ['name'],
    values: { total: { sum: 'price' }, rows: { count: true }, first: { min: 'name' }, mean: { avg: 'price' } },
    having: { total: { gt: 1 } },
  })
  const [group] = groups
  expectType<string>()(group!.name)
  expectType<number | null>()(group!.total)
  expectType<number>()(group!.rows)
  expectType<string | null>()(group!.first)
  expectType<number | null>()(group!.mean)
  // @ts-expect-error nothing was computed under that name
  void group!.other
  const [all] = await Thing.aggregate({ where: { price: { gt: 1 } } })
  expectType<number>()(all!.count)
  const [one] = await Thing.aggregate({ groupBy: 'price' })
  expectType<number | null>()(one!.price)
  Thing.aggregate({ values: { n: { count: true } } }, (_error, rows) => void expectType<number>()(rows![0]!.n))
  const names = await Thing.distinct('name', { price: 1 })
  names[0]!.toUpperCase()
  // @ts-expect-error no such property
  await Thing.aggregate({ groupBy: 'nothing' })
  // @ts-expect-error no such property
  await Thing.aggregate({ values: { x: { sum: 'nothing' } } })
  // @ts-expect-error no such function
  await Thing.aggregate({ values: { x: { median: 'price' } } })
  // @ts-expect-error no such property
  await Thing.distinct('nothing')
  // @ts-expect-error no such property
  Thing.stream({ where: { nothing: 1 } })
}
