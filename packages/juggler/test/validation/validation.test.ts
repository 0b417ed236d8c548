import { ValidationError } from '@reloop/juggler'
import { overStores, memory, type AnyModel } from '../stores'

describe('rules', () => {
  let User: AnyModel

  beforeEach(() => {
    User = memory().define('User', { name: String, email: String, age: Number, kind: String, nick: String })
  })

  const failures = async (data: object) => {
    const user = new User(data)
    const valid = await user.isValid()
    return valid ? {} : { messages: { ...user.errors }, codes: user.errors.codes }
  }

  it('knows presence and absence', async () => {
    User.validatesPresenceOf('name', 'email', { message: 'is missing' })
    User.validatesAbsenceOf('nick')
    expect(await failures({ nick: 'x' })).toEqual({
      messages: { name: ['is missing'], email: ['is missing'], nick: ["can't be set"] },
      codes: { name: ['presence'], email: ['presence'], nick: ['absence'] },
    })
    expect(await failures({ name: 'a', email: 'b' })).toEqual({})
  })

  it('knows lengths', async () => {
    User.validatesLengthOf('name', { min: 3, message: { min: 'name is short' } })
    User.validatesLengthOf('nick', { is: 2, allowBlank: true, allowNull: true })
    User.validatesLengthOf('kind', { max: 2, allowBlank: true })
    expect(await failures({ name: 'ab', nick: 'abc', kind: 'abc' })).toEqual({
      messages: { name: ['name is short'], nick: ['length is wrong'], kind: ['too long'] },
      codes: { name: ['length.min'], nick: ['length.is'], kind: ['length.max'] },
    })
    expect((await failures({})).codes).toEqual({ name: ['length.blank'] })
    expect((await failures({ name: null })).messages).toEqual({ name: ['is null'] })
  })

  it('knows numbers, lists and formats', async () => {
    User.validatesNumericalityOf('age', { int: true })
    User.validatesInclusionOf('kind', { in: ['a', 'b'] })
    User.validatesExclusionOf('nick', { in: ['admin'] })
    User.validatesFormatOf('email', { with: /^\S+@\S+$/g, message: 'is no e-mail' })
    const bad = { age: 1.5, kind: 'c', nick: 'admin', email: 'x' }
    for (let again = 0; again < 2; again++) {
      expect(await failures(bad)).toEqual({
        messages: { age: ['is not an integer'], kind: ['is not included in the list'], nick: ['is reserved'], email: ['is no e-mail'] },
        codes: { age: ['numericality.int'], kind: ['inclusion'], nick: ['exclusion'], email: ['format'] },
      })
    }
    expect(await failures({ age: 2, kind: 'a', nick: 'n', email: 'a@b' })).toEqual({})
  })

  it('takes custom validators, sync and async', async () => {
    User.validate(
      'name',
      function (this: AnyModel, err: (kind?: string) => void) {
        if (this.name === 'bad') err()
        if (this.name === 'worse') err('kind')
      },
      { message: { kind: 'is worse' } },
    )
    User.validateAsync(
      'email',
      function (this: AnyModel, err: () => void, done: () => void) {
        setImmediate(() => {
          if (this.email === 'taken') err()
          done()
        })
      },
      { message: 'is taken' },
    )
    expect(await failures({ name: 'bad', email: 'taken' })).toEqual({
      messages: { name: ['is invalid'], email: ['is taken'] },
      codes: { name: ['custom'], email: ['custom'] },
    })
    expect((await failures({ name: 'worse' })).codes).toEqual({ name: ['custom.kind'] })
  })

  it('asks if and unless', async () => {
    User.validatesPresenceOf('nick', { if: 'kind' })
    User.validatesPresenceOf('email', {
      unless: function (this: AnyModel) {
        return this.age > 3
      },
    })
    expect((await failures({ kind: 'k', age: 1 })).codes).toEqual({ nick: ['presence'], email: ['presence'] })
    expect(await failures({ age: 5 })).toEqual({})
  })

  it('answers isValid at once when nothing has to wait, and to a callback', (done) => {
    User.validatesPresenceOf('name')
    const user = new User({})
    expect(user.isValid()).toBe(false)
    expect(user.errors).toMatchObject({ name: ["can't be blank"] })
    user.name = 'a'
    user.isValid((valid: boolean) => {
      expect(valid).toBe(true)
      expect(user.errors).toBe(false)
      done()
    })
  })

  it('throws the error of LoopBack, to the letter', async () => {
    User.validatesPresenceOf('name')
    User.validatesLengthOf('nick', { max: 3, allowBlank: true, message: { max: 'too long' } })
    const error = await User.create({ nick: 'x'.repeat(50) }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ValidationError)
    expect(error).toMatchObject({ name: 'ValidationError', statusCode: 422 })
    expect(error.message).toBe(
      'The `User` instance is not valid. Details: `name` can\'t be blank (value: undefined); `nick` too long (value: "xxxxxxxxxxxxxxxxxxxxxxxxx...xxx").',
    )
    expect(JSON.parse(JSON.stringify(error.details))).toEqual({
      context: 'User',
      codes: { name: ['presence'], nick: ['length.max'] },
      messages: { name: ["can't be blank"], nick: ['too long'] },
    })
  })

  it('obeys validate: false and automaticValidation', async () => {
    User.validatesPresenceOf('name')
    expect((await User.create({}, { validate: false })).id).toBeDefined()
    User.settings.automaticValidation = false
    await User.create({})
    await expect(User.create({}, { validate: true })).rejects.toBeInstanceOf(ValidationError)
  })

  it('keeps the validations of a base', async () => {
    User.validatesPresenceOf('name')
    const Admin = User.extend('Admin', { level: Number })
    Admin.attachTo(User.dataSource)
    await expect(Admin.create({})).rejects.toMatchObject({ details: { codes: { name: ['presence'] } } })
  })

  it('forgets validations that are deleted', async () => {
    User.validatesPresenceOf('name')
    delete User.validations
    expect(await failures({})).toEqual({})
  })

  it('never shows the value of a hidden property', async () => {
    User.settings.hidden = ['nick']
    User.validatesLengthOf('nick', { max: 3 })
    const error = await User.create({ nick: 'secret' }).catch((thrown: unknown) => thrown)
    expect(error.message).not.toContain('secret')
  })

  it('holds the definition’s own rules', async () => {
    const Strict = memory().define('Strict', { n: { type: Number, required: true }, at: Date }, { strict: true })
    await expect(Strict.create({ n: 'abc', at: 'never', x: 1 })).rejects.toMatchObject({
      details: { codes: { n: ['type'], at: ['date'], x: ['unknown-property'] } },
    })
  })
})

overStores((make) => {
  it('finds what is not unique, among others and within a scope', async () => {
    const { db } = make()
    const User = db.define('User', { email: String, realm: String })
    User.validatesUniquenessOf('email', { scopedTo: ['realm'], message: 'is taken' })
    await db.automigrate()
    const first = await User.create({ email: 'a', realm: 'x' })
    await User.create({ email: 'a', realm: 'y' })
    await expect(User.create({ email: 'a', realm: 'x' })).rejects.toMatchObject({
      details: { codes: { email: ['uniqueness'] }, messages: { email: ['is taken'] } },
    })
    first.realm = 'x'
    await first.save()
    await expect(first.updateAttributes({ realm: 'y' })).rejects.toMatchObject({ statusCode: 422 })
    await User.create([{ realm: 'x' }, { realm: 'x' }])
  })

  it('tells a race lost at the store as the same error', async () => {
    const { db } = make()
    const User = db.define('User', { email: { type: String, index: { unique: true } } })
    User.validatesUniquenessOf('email')
    await db.automigrate()
    const results = await Promise.allSettled([User.create({ email: 'a' }), User.create({ email: 'a' })])
    const failed = results.find((one) => one.status === 'rejected') as PromiseRejectedResult
    expect(failed.reason).toMatchObject({ statusCode: 422, details: { codes: { email: ['uniqueness'] } } })
  })
})
