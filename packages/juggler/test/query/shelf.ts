import { kGuard, type GuardAnswer } from '@reloop/juggler'
import type { AnyModel, Store } from '../stores'

/** Authors and their books, with a property that nobody outside may see. */
export async function shelf({ db }: Store): Promise<{ Author: AnyModel; Book: AnyModel }> {
  const Author = db.define(
    'Author',
    { name: String, secret: String },
    { strict: true, hidden: ['secret'], relations: { books: { type: 'hasMany', model: 'Book', foreignKey: 'authorId' } } },
  )
  const Book = db.define(
    'Book',
    { title: String, pages: Number, genre: String, sold: Date, cost: Number },
    { strict: true, protected: ['cost'], relations: { author: { type: 'belongsTo', model: 'Author' } } },
  )
  await db.automigrate()
  return { Author, Book }
}

/** Options whose guard writes down what it is asked. */
export function guarded(asked: string[], answer: (entity: string, action: string) => GuardAnswer = () => true): AnyModel {
  return {
    [kGuard]: async (entity: string, action: string, paths: readonly string[]) => {
      asked.push(`${entity}.${action}(${paths.join(',')})`)
      return answer(entity, action)
    },
  }
}
