import type { Data, IdOf, NewData, Patch } from '@reloop/juggler'
import type { GeoPoint } from '@reloop/juggler'
import { expectType } from './expect-type'
import { Category, Part, product, Product, Shelf } from './shop'

export async function rowsHaveTheTypesOfTheirProperties() {
  const lamp = await Product.create({ name: 'Lamp' })
  expectType<number>()(lamp.id)
  expectType<string>()(lamp.name)
  expectType<number>()(lamp.price)
  expectType<boolean | null | undefined>()(lamp.sold)
  expectType<bigint | null | undefined>()(lamp.serial)
  expectType<string | null | undefined>()(lamp.weight)
  expectType<Date | null | undefined>()(lamp.born)
  expectType<GeoPoint | null | undefined>()(lamp.place)
  expectType<string[] | null | undefined>()(lamp.tags)
  expectType<unknown>()(lamp.extra)
  expectType<string | undefined>()(lamp.address?.zip)
  expectType<string | null | undefined>()(lamp.address?.street)
  expectType<string | undefined>()(lamp.maker?.city)
  // @ts-expect-error -- no such property
  lamp.naem
  // @ts-expect-error -- a price is a number
  lamp.price = '3'
}

export async function relationsBringTheirKeys() {
  const lamp = await Product.create({ name: 'Lamp', categoryId: 'light', strangerId: 7 })
  expectType<string | null | undefined>()(lamp.categoryId)
  expectType<number | string | null | undefined>()(lamp.strangerId)
  const shelf = await Shelf.create({ meters: 2, categoryIds: ['light'] })
  expectType<string[] | null | undefined>()(shelf.categoryIds)
  // @ts-expect-error -- ids of categories are strings
  await Product.create({ name: 'Lamp', categoryId: 3 })
}

export async function newRowsNeedWhatIsRequired() {
  await Product.create({ name: 'Lamp', born: '2020-01-01', place: [1, 2], serial: 12, maker: { city: 'Bonn' }, address: { zip: '1' } })
  await Product.create([{ name: 'Lamp' }, { name: 'Bulb', price: 3 }])
  await Category.create({ title: 'Light' })
  // @ts-expect-error -- name is required
  await Product.create({ price: 3 })
  // @ts-expect-error -- no such property
  await Product.create({ name: 'Lamp', colour: 'red' })
  // @ts-expect-error -- a required property cannot be null
  await Product.create({ name: null })
  // @ts-expect-error -- zip is required within the address
  await Product.create({ name: 'Lamp', address: { street: 'Long' } })
  // @ts-expect-error -- an item of the list has the wrong type
  await Product.create([{ name: 'Lamp' }, { name: 3 }])
  const patch: Patch<typeof product> = { sold: null }
  return patch
}

export async function aBaseIsMergedIn() {
  const shelf = await Shelf.create({ meters: 2 })
  expectType<number | string>()(shelf.id)
  expectType<string | null | undefined>()(shelf.name)
  expectType<number | null | undefined>()(shelf.productId)
  // @ts-expect-error -- meters is required
  await Shelf.create({ name: 'long' })

  type Slim = Data<{ base: typeof Part; properties: { name: null; size: 'number' } }>
  const slim = { id: 1 } as Slim
  expectType<number | null | undefined>()(slim.size)
  // @ts-expect-error -- taken away
  slim.name

  type Named = Data<{ base: 'TypesMaker'; properties: { founded: 'date' } }>
  const named = {} as Named
  expectType<string>()(named.city)
  expectType<Date | null | undefined>()(named.founded)

  const Tall = Shelf.extend('Tall', { height: { type: 'number', required: true } })
  expectType<number>()((await Tall.create({ meters: 1, height: 2 })).meters)
}

export function keysAreThoseOfTheDefinition() {
  expectType<number>()({} as IdOf<typeof Product>)
  expectType<string>()({} as IdOf<typeof Category>)
  expectType<number | string>()({} as IdOf<typeof Part>)
  expectType<{ a: number; b: string }>()({} as IdOf<{ properties: { a: { type: 'number'; id: 1 }; b: { type: 'string'; id: 2 } } }>)
  expectType<never>()({} as IdOf<{ idInjection: false; properties: { a: 'number' } }>)
}

export function openModelsTakeAnything() {
  const open: NewData<{ strict: false; properties: { name: { type: 'string'; required: true } } }> = { name: 'x', whatever: [1] }
  // @ts-expect-error -- what is declared keeps its type
  const wrong: NewData<{ strict: false; properties: { name: { type: 'string'; required: true } } }> = { name: 1 }
  const wide: NewData<{ properties: Record<string, 'string'> }> = { any: 'thing' }
  return [open, wrong, wide]
}
