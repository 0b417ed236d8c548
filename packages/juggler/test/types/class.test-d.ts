import type { Model, ModelClass } from '@reloop/juggler'
import type { Instance } from '@reloop/juggler'
import { defineModel } from '@reloop/juggler'
import { expectType } from './expect-type'
import { Category, Part, Product, type product } from './shop'

export async function everyStaticTakesACallbackToo() {
  Product.find((error, products) => expectType<string | undefined>()(products[0]?.name))
  Product.find({ include: 'category' }, (error, products) => expectType<string | undefined>()(products[0]?.category()?.title))
  Product.findById(1, {}, { transaction: null }, (error, one) => expectType<string | undefined>()(one?.name))
  Product.create({ name: 'Lamp' }, (error, lamp) => expectType<number>()(lamp.id))
  Product.findOrCreate({ where: { name: 'a' } }, { name: 'a' }, (error, lamp, created) => expectType<boolean>()(created))
  Product.count({ price: 1 }, (error, count) => expectType<number>()(count))
  const [lamp, created] = await Product.findOrCreate({ where: { name: 'a' } }, { name: 'a' })
  expectType<boolean>()(created)
  expectType<number>()((await Product.updateAll({ id: lamp.id }, { price: 2 })).count)
  expectType<number>()((await Product.destroyAll()).count)
  expectType<string>()((await Product.upsert({ id: 1, name: 'x' })).name)
  // @ts-expect-error -- data is checked in every overload
  Product.create({ nam: 'Lamp' }, () => undefined)
}

export async function instancesHaveMethodsAndAccessors() {
  const lamp = await Product.create({ name: 'Lamp' })
  await lamp.updateAttributes({ price: 3, sold: null })
  await lamp.updateAttribute('price', 3)
  lamp.setAttributes({ tags: ['a'] })
  const part = await lamp.parts.create({ name: 'Screw' })
  expectType<string>()(part.name)
  expectType<string | undefined>()((await lamp.category.get())?.title)
  lamp.parts({ where: { name: 'x' } }, (error, parts) => expectType<string | undefined>()(parts[0]?.name))
  lamp.category(await Category.create({ title: 'Light' }))
  // @ts-expect-error -- no such property
  await lamp.updateAttributes({ prise: 3 })
  // @ts-expect-error -- the type of that property
  await lamp.updateAttribute('price', 'high')
  // @ts-expect-error -- parts need a name
  await lamp.parts.create({})
  // @ts-expect-error -- a to-many relation is not set by call
  lamp.parts(part)
}

export function classesCanBeExtendedAndCalled() {
  class Lamp extends Product {
    watts() {
      return this.price * 2
    }
  }
  expectType<number>()(new Lamp({ name: 'x' }).watts())
  expectType<string>()(Product({ name: 'x' }).name)
}

export function hooksKnowTheirContext() {
  Product.observe('before save', async (context) => {
    if (context.instance) context.instance.price = 1
    else context.data!.price = 2
    // @ts-expect-error -- no such property
    context.instance?.colour
  })
  Product.observe('access', (context, next) => {
    context.query.where
    next()
  })
  Product.observe('my own', (context) => context.anything)
  Product.validatesLengthOf('name', { min: 2 })
  // @ts-expect-error -- no such property
  Product.validatesPresenceOf('naem')
}

export function modelsAreFoundByName(Found: Model<'TypesProduct'>, Maker: Model<'TypesMaker'>) {
  expectType<Promise<Instance<typeof product> | null>>()(Found.findOne())
  expectType<Promise<string | undefined>>()(Maker.findOne().then((maker) => maker?.city))
  // @ts-expect-error -- nobody declared it
  type Nobody = Model<'Nobody'>
}

interface OtherModels {
  Part: { properties: { weight: { type: 'number'; required: true } }; relations: { whole: { type: 'belongsTo'; model: 'Part' } } }
}

export async function anotherProgramHasItsOwnModels(Parts: Model<'Part', OtherModels>) {
  const [part] = await Parts.find({ where: { 'whole.weight': { gt: 1 } }, include: { whole: 'whole' } })
  expectType<number | undefined>()(part?.whole()?.whole()?.weight)
  // @ts-expect-error -- the other program's parts have no name
  part?.name
}

export function definitionsAreChecked() {
  // @ts-expect-error -- no such type of relation
  defineModel('A', { relations: { b: { type: 'hasSome', model: 'B' } } })
  // @ts-expect-error -- a mistyped section
  defineModel('A', { propertys: { a: 'string' } })
  // @ts-expect-error -- a type is not a number
  defineModel('A', { properties: { a: 3 } })
  defineModel('A', {})
  const parts: ModelClass<typeof Part extends ModelClass<infer D> ? D : never> = Part
  return parts
}
