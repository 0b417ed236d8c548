import { defineModel, type NestedData, type PageOf } from '@reloop/juggler'
import { expectType } from './expect-type'

const Author = defineModel('NestedAuthor', {
  properties: { name: { type: 'string', required: true } },
  relations: {
    books: { type: 'hasMany', model: 'NestedBook', foreignKey: 'authorId', options: { nested: true } },
    address: { type: 'hasOne', model: 'NestedAddress', options: { nested: true } },
    plain: { type: 'hasMany', model: 'NestedAddress' },
  },
  mixins: { SoftDelete: { cascade: ['books'] } },
})

const Book = defineModel('NestedBook', {
  properties: { id: { type: 'number', id: true, generated: true }, title: { type: 'string', required: true } },
  relations: { author: { type: 'belongsTo', model: 'NestedAuthor', options: { nested: true } } },
})

const Address = defineModel('NestedAddress', { properties: { city: 'string' } })

declare module '@reloop/juggler' {
  interface Models {
    NestedAuthor: typeof Author
    NestedBook: typeof Book
    NestedAddress: typeof Address
  }
}

export async function nested(): Promise<void> {
  await Author.create({ name: 'a', books: [{ title: 'x', author: { connect: 1 } }], address: { city: 'c' } })
  const author = await Author.create({ name: 'a', books: { create: { title: 'x' }, connect: [1, 2] }, address: null })
  await author.updateAttributes({ books: { update: { id: 1, title: 'y' }, delete: 2, set: [3] } })
  const books: NestedData<typeof Book> = { connect: 1 }
  await Author.upsert({ name: 'a', books })
  // @ts-expect-error a book has a title
  await Author.create({ name: 'a', books: [{ pages: 1 }] })
  // @ts-expect-error ids of books are numbers
  await Author.create({ name: 'a', books: { connect: 'x' } })
  // @ts-expect-error the relation is not nested
  await Author.create({ name: 'a', plain: [{ city: 'c' }] })
}

export async function softly(): Promise<void> {
  expectType<{ count: number }>()(await Author.restoreAll({ name: 'a' }))
  expectType<{ count: number }>()(await Author.restoreById(1))
  await Author.purge({ before: new Date() })
  const author = await Author.findOne()
  expectType<string>()((await author!.restore()).name)
  const page: PageOf<unknown> = await Author.page()
  void page.next
  // @ts-expect-error its rows are removed for good
  await Book.restoreAll()
  // @ts-expect-error its rows are removed for good
  await Book.purge()
}
