import { acceptCallback, results } from '../../src'

interface Filter {
  limit?: number
}

const find = acceptCallback(async (_filter?: Filter, _options?: object) => [1, 2])
const rows: Promise<number[]> = find({ limit: 1 })
find((error, found) => {
  const nothing: Error | null = error
  const first: number | undefined = found[0]
  return [nothing, first]
})
find({ limit: 1 }, (_error, found) => found.length)
find({ limit: 1 }, {}, (_error, found) => found.length)
find(undefined, (_error, found) => found.length)

const byId = acceptCallback(async (_id: number, _filter?: Filter) => 'row')
byId(1, (_error, row) => row.length)
byId(1, { limit: 1 }, (_error, row) => row.length)
// @ts-expect-error the id is not optional
byId((_error: unknown, _row: string) => {})
// @ts-expect-error a filter is not a number
byId(1, 2)

const findOrCreate = acceptCallback(async (_where: object) => results({ name: 'Lamp' }, true))
findOrCreate({}, (_error, instance, created) => {
  const name: string = instance.name
  const made: boolean = created
  return [name, made]
})

export async function destructures() {
  const [instance, created] = await findOrCreate({})
  const name: string = instance.name
  const made: boolean = created
  return [name, made, rows]
}
