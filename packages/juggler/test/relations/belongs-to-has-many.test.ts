import { overStores, type AnyModel, type Store } from '../stores'

overStores((make) => {
  let store: Store
  let Author: AnyModel
  let Book: AnyModel

  beforeEach(async () => {
    store = make()
    Author = store.db.define(
      'Author',
      { name: String },
      { relations: { books: { type: 'hasMany', model: 'Book', foreignKey: 'authorId' } } },
    )
    Book = store.db.define(
      'Book',
      { title: { type: String, required: true } },
      { relations: { author: { type: 'belongsTo', model: 'Author' } } },
    )
    await store.db.automigrate()
  })

  it('declares foreign keys, also when the other model comes later', () => {
    expect(Book.definition.properties.authorId).toBeDefined()
    expect(Author.relations.books).toMatchObject({ type: 'hasMany', keyFrom: 'id', keyTo: 'authorId', multiple: true })
    expect(Author.relations.books.modelTo).toBe(Book)
    expect(Book.relations.author.toJSON()).toMatchObject({ name: 'author', type: 'belongsTo', modelTo: 'Author' })
  })

  it('creates, reads, counts and removes through the relation', async () => {
    const author = await Author.create({ name: 'Ann' })
    const book = await author.books.create({ title: 'One' })
    expect(book.authorId).toEqual(author.id)
    await author.books.create([{ title: 'Two' }, { title: 'Three' }])
    await Book.create({ title: 'Other' })
    expect((await author.books.find({ order: 'title' })).map((one: AnyModel) => one.title)).toEqual(['One', 'Three', 'Two'])
    expect(await author.books.count()).toBe(3)
    expect(await author.books.count({ title: 'Two' })).toBe(1)
    expect((await author.books.findById(book.id)).title).toBe('One')
    expect(await author.books.exists(book.id)).toBe(true)
    expect((await author.books.updateById(book.id, { title: 'Uno' })).title).toBe('Uno')
    await author.books.destroy(book.id)
    expect(await author.books.destroyAll({ title: 'Two' })).toEqual({ count: 1 })
    expect(await Book.count()).toBe(2)
  })

  it('reads once and again when told to, with callbacks', async () => {
    const author = await Author.create({ name: 'Ann' })
    await Book.create({ title: 'One', authorId: author.id })
    const read = (...args: unknown[]) =>
      new Promise<AnyModel[]>((resolve, reject) =>
        author.books(...args, (error: Error | null, books: AnyModel[]) => (error ? reject(error) : resolve(books))),
      )
    expect(author.books()).toBeUndefined()
    expect(await read()).toHaveLength(1)
    await Book.create({ title: 'Two', authorId: author.id })
    expect(await read()).toHaveLength(1)
    expect(author.books()).toHaveLength(1)
    expect(await read(true)).toHaveLength(2)
    expect(await read({ where: { title: 'Two' } })).toHaveLength(1)
    expect(author.books()).toHaveLength(2)
  })

  it('does not begin a list that looks complete', async () => {
    const author = await Author.create({ name: 'Ann' })
    await Book.create({ title: 'One', authorId: author.id })
    await author.books.create({ title: 'Two' })
    expect(await author.books.find()).toHaveLength(2)
  })

  it('answers 404 for rows that are not there or not the owner’s', async () => {
    const [ann, bob] = await Author.create([{ name: 'Ann' }, { name: 'Bob' }])
    const book = await bob.books.create({ title: 'B' })
    await expect(ann.books.findById(999)).rejects.toMatchObject({ statusCode: 404 })
    await expect(ann.books.findById(book.id)).rejects.toMatchObject({
      statusCode: 404,
      message: `No instance with id ${book.id} found for Book`,
    })
    await expect(bob.books.updateById(book.id, { authorId: ann.id })).rejects.toThrow('Cannot override foreign key authorId')
    await expect(bob.books.updateAll({ authorId: ann.id })).rejects.toThrow('Cannot override foreign key authorId')
  })

  it('keeps the foreign key of a created row the owner’s', async () => {
    const [ann, bob] = await Author.create([{ name: 'Ann' }, { name: 'Bob' }])
    const book = await ann.books.create({ title: 'A', authorId: bob.id })
    expect(book.authorId).toEqual(ann.id)
  })

  it('reaches nothing through an owner that was never written', async () => {
    await Book.create({ title: 'Stray' })
    const author = new Author({ name: 'New' })
    expect(await author.books.find()).toEqual([])
    expect(await author.books.destroyAll()).toEqual({ count: 0 })
    await expect(author.books.create({ title: 'X' })).rejects.toThrow()
    expect(await Book.count()).toBe(1)
  })

  it('follows a belongsTo both ways', async () => {
    const author = await Author.create({ name: 'Ann' })
    const book = new Book({ title: 'One' })
    book.author(author)
    expect(book.authorId).toEqual(author.id)
    await book.save()
    const again = await Book.findById(book.id)
    expect(again.author()).toBeUndefined()
    expect((await again.author.getAsync()).name).toBe('Ann')
    expect(again.author().name).toBe('Ann')
    await again.author.update({ name: 'Anna' })
    expect((await Author.findById(author.id)).name).toBe('Anna')
    await again.author.destroy()
    expect((await Book.findById(book.id)).authorId).toBeNull()
    expect(await Author.count()).toBe(1)
    await expect(again.author.update({ name: 'x' })).rejects.toThrow('BelongsTo relation author is empty')
    const made = await again.author.create({ name: 'New' })
    expect((await Book.findById(book.id)).authorId).toEqual(made.id)
  })

  it('defines relations by calls too', async () => {
    const Shelf = store.db.define('Shelf', { name: String })
    Book.belongsTo(Shelf)
    Shelf.hasMany(Book, { as: 'volumes', foreignKey: 'shelfId' })
    await store.db.automigrate()
    const shelf = await Shelf.create({ name: 'S' })
    await shelf.volumes.create({ title: 'T' })
    const [book] = await Book.find({ include: 'shelf' })
    expect(book.toJSON().shelf).toMatchObject({ name: 'S' })
  })

  it('keeps the relation’s scope and properties', async () => {
    Author.hasMany(Book, {
      as: 'drafts',
      foreignKey: 'authorId',
      scope: { where: { title: { like: 'Draft%' } }, order: 'title DESC' },
      properties: { name: 'title' },
    })
    const author = await Author.create({ name: 'Draft of Ann' })
    await Book.create([
      { title: 'Draft 1', authorId: author.id },
      { title: 'Final', authorId: author.id },
    ])
    const made = await author.drafts.create({})
    expect(made.title).toBe('Draft of Ann')
    expect((await author.drafts.find()).map((one: AnyModel) => one.title)).toEqual(['Draft of Ann', 'Draft 1'])
  })

  it('offers the methods that remoting calls', async () => {
    const author = await Author.create({ name: 'Ann' })
    const book = await author.__create__books({ title: 'One' })
    expect(await author.__get__books()).toHaveLength(1)
    expect(await author.__count__books()).toBe(1)
    expect((await author.__findById__books(book.id)).title).toBe('One')
    expect((await book.__get__author()).name).toBe('Ann')
    await author.__destroyById__books(book.id)
    await author.__delete__books()
    expect(await Book.count()).toBe(0)
  })
})
