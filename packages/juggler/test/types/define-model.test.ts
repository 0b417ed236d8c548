import { DataSource, defineModel } from '@reloop/juggler'

const definition = {
  properties: {
    id: { type: 'number', id: true, generated: true },
    name: { type: 'string', required: true },
    price: { type: 'number', default: 3 },
  },
  relations: { parts: { type: 'hasMany', model: 'DefinedPart', foreignKey: 'wholeId' } },
  hidden: ['price'],
} as const

const Whole = defineModel('DefinedWhole', definition)
const Part = defineModel('DefinedPart', {
  properties: { name: 'string' },
  relations: { whole: { type: 'belongsTo', model: 'DefinedWhole' } },
})
const Special = defineModel('DefinedSpecial', { base: Whole, properties: { price: null, size: { type: 'number', default: 1 } } })
const Loose = defineModel('DefinedLoose', {
  base: { properties: { note: { type: 'string', default: 'n' } }, strict: true },
  properties: { more: 'string' },
})

declare module '@reloop/juggler' {
  interface Models {
    DefinedWhole: typeof Whole
    DefinedPart: typeof Part
  }
}

describe('defineModel', () => {
  beforeAll(() => {
    const source = new DataSource({ connector: 'memory' })
    for (const Model of [Whole, Part, Special, Loose]) Model.attachTo(source)
  })

  it('leaves the definition as it was', () => {
    expect(Object.keys(definition)).toEqual(['properties', 'relations', 'hidden'])
    expect(definition.properties.name).toEqual({ type: 'string', required: true })
  })

  it('makes a class that stores rows once it is attached', async () => {
    const made = await Whole.create({ name: 'a' })
    expect(made.toJSON()).toEqual({ id: made.id, name: 'a' })
    expect(made.price).toBe(3)
    expect((await Whole.findById(made.id))?.name).toBe('a')
  })

  it('follows relations in both directions', async () => {
    const made = await Whole.create({ name: 'a' })
    const part = await made.parts.create({ name: 'b' })
    const [found] = await Part.find({ where: { id: part.id }, include: 'whole' })
    expect(found?.whole()?.toJSON()).toEqual({ id: made.id, name: 'a' })
    expect((await Whole.findById(made.id, { include: 'parts' }))?.toJSON().parts.map((one) => one.name)).toEqual(['b'])
  })

  it('merges bases, given as a class or as a definition', async () => {
    const special = await Special.create({ name: 's' })
    expect(special.toJSON()).toEqual({ id: special.id, name: 's', size: 1 })
    expect((await Loose.create({})).note).toBe('n')
  })
})
