import { inherits } from 'node:util'
import { DataSource } from '@reloop/juggler'
import { memory as entrance, relationDefinition, types } from '@reloop/juggler/legacy'
import { memory, type AnyModel } from '../stores'

const { Memory } = entrance as AnyModel

describe('lib/connectors/memory', () => {
  it('is a connector that a data source takes', async () => {
    const db: AnyModel = new DataSource({ connector: entrance })
    const Pen = db.define('Pen', { name: String })
    expect(await Pen.create({ name: 'quill' })).toMatchObject({ id: 1, name: 'quill' })
    expect(db.connector.name).toBe('memory')
  })

  it('has a class whose subclasses serve a data source, with every method that they override', async () => {
    const asked: string[] = []
    class Counting extends Memory {
      all(...args: unknown[]) {
        asked.push(`all ${String(args[0])}`)
        return super.all(...args)
      }
    }
    const module = {
      initialize(dataSource: AnyModel, callback: () => void) {
        dataSource.connector = new (Counting as AnyModel)(null, dataSource.settings)
        dataSource.connector.connect(callback)
      },
    }
    const db: AnyModel = new DataSource({ connector: module })
    const Pen = db.define('Pen', { name: String, size: Number, made: Date })
    const quill = await Pen.create({ name: 'quill', size: 1, made: new Date(0) })
    await Pen.create({ name: 'biro', size: 2 })
    expect(quill.id).toBe(1)
    expect(await Pen.find({ where: { size: { gt: 1 } } })).toEqual([expect.objectContaining({ name: 'biro' })])
    expect(await Pen.findOne({ where: { name: 'quill' } })).toMatchObject({ id: 1, size: 1, made: new Date(0) })
    await quill.updateAttributes({ size: 5 })
    expect(await Pen.findById(1)).toMatchObject({ name: 'quill', size: 5 })
    expect(await Pen.count({ size: 5 })).toBe(1)
    expect(await Pen.updateAll({ size: 5 }, { size: 6 })).toEqual({ count: 1 })
    expect(await Pen.destroyAll({ name: 'biro' })).toEqual({ count: 1 })
    expect(await Pen.count()).toBe(1)
    expect(asked).toContain('all Pen')
  })

  it('may be extended in the manner of util.inherits', async () => {
    const Old = function (this: AnyModel, settings: object) {
      Memory.call(this, null, settings)
    } as AnyModel
    inherits(Old, Memory)
    const connector = new Old({})
    expect(connector).toBeInstanceOf(Memory)
    expect(connector.getTypes()).toEqual(['db', 'nosql', 'memory'])
    connector.define({
      model: { modelName: 'Pen' },
      properties: { id: { type: Number, id: true, generated: true }, name: { type: String } },
    })
    const id = await new Promise((resolve, reject) =>
      connector.create('Pen', { name: 'quill' }, {}, (error: Error | null, made: unknown) => (error ? reject(error) : resolve(made))),
    )
    expect(id).toBe(1)
    await new Promise<void>((resolve) => connector.automigrate(resolve))
    expect(await connector.count('Pen')).toBe(0)
  })
})

describe('lib/types', () => {
  it('puts the named types on a class, and registers others for all builders', () => {
    const target: AnyModel = {}
    types(target)
    expect(target).toMatchObject({ Text: expect.any(Function), JSON: expect.any(Function), Any: expect.any(Function) })
    class Money {}
    types.registerType(Money, ['money'])
    const Price: AnyModel = memory().define('Price', { amount: 'Money' })
    expect(Price.definition.properties.amount.type).toBe(Money)
    delete types.schemaTypes.money
  })
})

describe('lib/relation-definition', () => {
  const world = async () => {
    const db = memory()
    const Author: AnyModel = db.define('Author', { name: String })
    const Book: AnyModel = db.define('Book', { title: String })
    const { RelationDefinition } = relationDefinition as AnyModel
    RelationDefinition.hasMany(Author, Book, { as: 'books', foreignKey: 'authorId' })
    RelationDefinition.belongsTo(Book, Author, { as: 'author', foreignKey: 'authorId' })
    const author = await Author.create({ name: 'a' })
    return { Author, Book, author }
  }

  it('defines relations, which are its instances', async () => {
    const { Author, Book, author } = await world()
    const { RelationDefinition, RelationTypes } = relationDefinition as AnyModel
    expect(Author.relations.books).toBeInstanceOf(RelationDefinition)
    expect(Author.relations.books.type).toBe(RelationTypes.hasMany)
    expect(await author.books.create({ title: 'one' })).toBeInstanceOf(Book)
  })

  it('has a class for each type that works on one instance', async () => {
    const { Author, author } = await world()
    const { HasMany, BelongsTo, Relation, RelationClasses } = relationDefinition as AnyModel
    const books = new HasMany(Author.relations.books, author)
    expect(books).toBeInstanceOf(Relation)
    const book = await books.create({ title: 'one' })
    expect(await books.exists(book.id)).toBe(true)
    expect(await books.fetch()).toEqual([expect.objectContaining({ title: 'one' })])
    const toAuthor = new BelongsTo(book.constructor.relations.author, book)
    expect(await toAuthor.get()).toMatchObject({ name: 'a' })
    toAuthor.resetCache(author)
    expect(toAuthor.getCache()).toBe(author)
    expect(toAuthor.related()).toBe(author)
    expect(Object.keys(RelationClasses)).toContain('hasManyThrough')
  })
})

it('_initProperties fills an instance again', () => {
  const Pen: AnyModel = memory().define('Pen', { name: String, kind: { type: String, default: 'plain' } })
  const pen = new Pen({ name: 'quill' })
  pen._initProperties({ id: 7, name: 'biro' }, { persisted: true, applyDefaultValues: false })
  expect(pen.toJSON()).toEqual({ id: 7, name: 'biro' })
  expect(pen.isNewRecord()).toBe(false)
})
