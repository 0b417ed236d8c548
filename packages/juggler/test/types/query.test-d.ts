import type { Filter } from '@reloop/juggler'
import type { Where } from '@reloop/juggler'
import { expectType } from './expect-type'
import { Category, Product } from './shop'

const where = (given: Where<typeof Product>) => given

export function operatorsFollowTheType() {
  where({ name: 'Lamp', price: { gt: 1, lte: 10 }, sold: true, born: { between: ['2020-01-01', new Date()] } })
  where({ name: { like: 'L%', options: 'i' }, serial: { lt: 10n }, weight: { gte: '1.5' } })
  where({ name: /^L/, price: null, tags: 'red', sold: { neq: true } })
  where({ tags: { containsAny: ['red', 'blue'] }, place: { near: '1,2', maxDistance: 3, unit: 'kilometers' } })
  where({ name: { inq: ['a', null] }, price: { exists: true }, extra: { whatever: 1 } })
  where({ price: { not: { gt: 3 } }, name: { not: { like: 'a%' } }, tags: { contains: 'red' } })
  // @ts-expect-error -- like is for strings
  where({ price: { like: '1%' } })
  // @ts-expect-error -- near is for points
  where({ name: { near: '1,2' } })
  // @ts-expect-error -- an item of the wrong type
  where({ price: { inq: ['a'] } })
  // @ts-expect-error -- two bounds
  where({ price: { between: [1] } })
  // @ts-expect-error -- yes or no have no order
  where({ sold: { gt: false } })
  // @ts-expect-error -- no such operator
  where({ price: { greater: 1 } })
  // @ts-expect-error -- no such property
  where({ name: 'Lamp', colour: 'red' })
  // @ts-expect-error -- red is no unit
  where({ place: { near: '1,2', unit: 'red' } })
}

export function conditionsCombine() {
  where({ or: [{ name: 'a' }, { and: [{ price: 1 }, { not: { sold: true } }] }], nor: [{ name: 'b' }] })
  // @ts-expect-error -- checked within `or` too
  where({ or: [{ name: 'a' }, { price: 'b' }] })
  // @ts-expect-error -- checked within `not` too
  where({ not: { name: 3 } })
}

export function relatedRowsAreConditionsToo() {
  where({ 'category.title': 'Light', 'parts.name': { like: 'x%' }, 'maker.city': 'Bonn', 'address.zip': '1' })
  where({ parts: { some: { name: 'Screw' } }, category: { none: { products: { every: { price: { gt: 3 } } } } } })
  where({ 'category.parent.title': 'All', 'stranger.anything': 1, stranger: { some: { anything: 1 } }, 'extra.a': 1 })
  // @ts-expect-error -- the title of a category is a string
  where({ 'category.title': 3 })
  // @ts-expect-error -- categories have no such property
  where({ 'category.titel': 'Light' })
  // @ts-expect-error -- checked at any depth
  where({ category: { none: { products: { every: { price: 'x' } } } } })
  // @ts-expect-error -- no such quantifier
  where({ parts: { any: { name: 'Screw' } } })
}

export function ordersAndFieldsAreNames() {
  const good: Filter<typeof Product>[] = [
    { order: 'price DESC' },
    { order: ['name', 'price asc', 'category.title ASC'] },
    { order: 'name ASC, price DESC' },
    { fields: ['id', 'name'], limit: 3, skip: 2 },
    { fields: { secret: false } },
  ]
  // @ts-expect-error -- no such property
  const order: Filter<typeof Product> = { order: 'prize DESC' }
  // @ts-expect-error -- no such direction
  const direction: Filter<typeof Product> = { order: 'price DOWN' }
  // @ts-expect-error -- many rows give no order
  const many: Filter<typeof Product> = { order: 'parts.name' }
  // @ts-expect-error -- no such property
  const fields: Filter<typeof Product> = { fields: ['nmae'] }
  return [good, order, direction, many, fields]
}

export async function includedRelationsAreKnown() {
  const [lamp] = await Product.find({ where: { price: { lt: 10 } }, order: 'price DESC', include: ['category'] })
  if (!lamp) return
  expectType<string | undefined>()(lamp.category()?.title)
  expectType<string | undefined>()(lamp.toJSON().category?.title)
  // @ts-expect-error -- not included
  lamp.toJSON().parts
  // @ts-expect-error -- hidden
  lamp.toJSON().secret
  // @ts-expect-error -- protected: not shown inside another model
  lamp.toJSON().category?.note
  // @ts-expect-error -- not included, so perhaps not loaded
  lamp.parts().length
}

export async function includesNest() {
  const one = await Product.findOne({
    include: [{ relation: 'category', scope: { where: { title: 'x' }, include: 'parent' } }, { parts: 'product' }],
  })
  if (!one) return
  const json = one.toJSON()
  expectType<string | undefined>()(json.category?.parent?.title)
  expectType<string | undefined>()(json.parts[0]?.product?.name)
  expectType<string | undefined>()(one.parts()[0]?.product()?.name)
  expectType<string | undefined>()(json.serial ?? undefined)
  // @ts-expect-error -- the parent's parent was not included
  json.category?.parent?.parent
  // @ts-expect-error -- no such relation
  await Product.find({ include: 'categories' })
  // @ts-expect-error -- no such relation of a category
  await Product.find({ include: { category: 'parts' } })
  const unknown = await Product.findOne({ include: 'stranger' })
  expectType<unknown>()(unknown?.toJSON().stranger)
}

export async function aFilterInAVariableTellsNothingOfItsInclude() {
  const filter: Filter<typeof Product> = { include: 'category' }
  const [lamp] = await Product.find(filter)
  // @ts-expect-error -- the variable's type names no relation
  lamp?.category().title
}

export async function idsAreChecked() {
  await Product.findById(1)
  await Category.findById('light', { include: 'products' })
  // @ts-expect-error -- ids of products are numbers
  await Product.findById('1')
  // @ts-expect-error -- ids of categories are strings
  await Category.deleteById(1)
  // @ts-expect-error -- every one of them
  await Product.findByIds([1, '2'])
}
