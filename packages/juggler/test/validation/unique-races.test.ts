import { ValidationError } from '@reloop/juggler'
import { overStores, type AnyModel, type Store } from '../stores'

overStores((make) => {
  let User: AnyModel
  let store: Store

  beforeEach(async () => {
    store = make()
    User = store.db.define('User', { email: { type: String, unique: true }, name: String }, { strict: true })
    User.validatesUniquenessOf('email', { message: 'is taken' })
    await store.db.automigrate()
  })

  const details = { context: 'User', codes: { email: ['uniqueness'] }, messages: { email: ['is taken'] } }

  it('tells of a lost race what the validation tells', async () => {
    await User.create({ email: 'a' })
    const checked = await User.create({ email: 'a' }).catch((error: unknown) => error)
    const raced = await User.create({ email: 'a' }, { validate: false }).catch((error: unknown) => error)
    expect(checked).toBeInstanceOf(ValidationError)
    expect(raced).toBeInstanceOf(ValidationError)
    expect(raced).toMatchObject({ statusCode: 422, name: 'ValidationError', details })
    expect(raced.message).toBe(checked.message)
    expect(raced.details).toEqual(checked.details)
  })

  it('lets one of many at once through', async () => {
    const made = await Promise.allSettled(Array.from({ length: 8 }, () => User.create({ email: 'b' })))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of made) if (one.status === 'rejected') expect(one.reason).toMatchObject({ statusCode: 422, details })
    expect(await User.count()).toBe(1)
  })

  it('tells it for each row of a bulk create', async () => {
    const error = await User.create([{ email: 'c' }, { email: 'd' }, { email: 'c' }]).catch((failed: unknown) => failed)
    expect(error[0]).toBeUndefined()
    expect(error[2]).toMatchObject({ statusCode: 422, details })
    const [single] = await User.create([{ email: 'd' }], { validate: false }).catch((failed: unknown) => failed)
    expect(single).toMatchObject({ statusCode: 422, details })
  })

  it('tells it for changes too', async () => {
    const [, second] = await User.create([{ email: 'e' }, { email: 'f' }])
    const refused = { statusCode: 422, details }
    await expect(second.updateAttributes({ email: 'e' }, { validate: false })).rejects.toMatchObject(refused)
    await expect(User.replaceById(second.id, { email: 'e' }, { validate: false })).rejects.toMatchObject(refused)
    second.email = 'e'
    await expect(second.save({ validate: false })).rejects.toMatchObject(refused)
  })

  it('finds what another one created meanwhile', async () => {
    const found = await Promise.all(
      Array.from({ length: 5 }, (_, index) => User.findOrCreate({ where: { email: 'g', name: { neq: `${index}` } } }, { email: 'g' })),
    )
    expect(new Set(found.map(([user]) => user.id)).size).toBe(1)
    expect(found.filter(([, created]) => created)).toHaveLength(1)
  })

  it('holds for several properties together where an index does', async () => {
    const Seat = store.db.define(
      'Seat',
      { row: Number, number: Number },
      { strict: true, indexes: { place: { keys: { row: 1, number: 1 }, options: { unique: true } } } },
    )
    Seat.validatesUniquenessOf('number', { scopedTo: ['row'] })
    await store.db.automigrate('Seat')
    await Seat.create({ row: 1, number: 1 })
    await Seat.create({ row: 2, number: 1 })
    await expect(Seat.create({ row: 1, number: 1 }, { validate: false })).rejects.toMatchObject({
      statusCode: 422,
      details: { codes: { number: ['uniqueness'] }, messages: { number: ['is not unique'] } },
    })
  })
})
