import { overStores, type AnyModel, type Store } from '../stores'

overStores((make) => {
  let store: Store
  let db: AnyModel
  const names = (list: AnyModel[]) => list.map((one) => one.name)

  beforeEach(() => {
    store = make()
    db = store.db
  })

  describe('hasOne', () => {
    let User: AnyModel
    let Profile: AnyModel
    beforeEach(async () => {
      User = db.define('User', { name: String }, { relations: { profile: { type: 'hasOne', model: 'Profile', foreignKey: 'userId' } } })
      Profile = db.define('Profile', { bio: String })
      await db.automigrate()
    })

    it('creates one and no second, reads, updates and destroys it', async () => {
      const user = await User.create({ name: 'A' })
      const profile = await user.profile.create({ bio: 'x' })
      expect(profile.userId).toEqual(user.id)
      await expect(user.profile.create({ bio: 'y' })).rejects.toThrow('HasOne relation cannot create more than one instance of Profile')
      const again = await User.findById(user.id)
      expect((await again.profile.getAsync()).bio).toBe('x')
      await again.profile.update({ bio: 'z' })
      expect((await Profile.findOne()).bio).toBe('z')
      await again.profile.destroy()
      expect(await Profile.count()).toBe(0)
      await expect(again.profile.update({})).rejects.toThrow('HasOne relation profile is empty')
    })

    it('is included, null where there is none', async () => {
      const [a] = await User.create([{ name: 'A' }, { name: 'B' }])
      await a.profile.create({ bio: 'x' })
      store.reset()
      const users = await User.find({ include: 'profile', order: 'name' })
      expect(users.map((user: AnyModel) => user.toJSON().profile?.bio ?? null)).toEqual(['x', null])
      expect(store.calls).toHaveLength(2)
    })
  })

  describe('hasMany through', () => {
    let Physician: AnyModel
    let Patient: AnyModel
    let Appointment: AnyModel
    beforeEach(async () => {
      Physician = db.define(
        'Physician',
        { name: String },
        { relations: { patients: { type: 'hasMany', model: 'Patient', through: 'Appointment' } } },
      )
      Patient = db.define(
        'Patient',
        { name: String },
        { relations: { physicians: { type: 'hasMany', model: 'Physician', through: 'Appointment' } } },
      )
      Appointment = db.define(
        'Appointment',
        { day: String },
        { relations: { physician: { type: 'belongsTo', model: 'Physician' }, patient: { type: 'belongsTo', model: 'Patient' } } },
      )
      await db.automigrate()
    })

    it('links, unlinks, creates and destroys', async () => {
      const doctor = await Physician.create({ name: 'D' })
      const ann = await doctor.patients.create({ name: 'Ann' })
      const bob = await Patient.create({ name: 'Bob' })
      const link = await doctor.patients.add(bob, { day: 'mon' })
      expect(link).toMatchObject({ physicianId: doctor.id, patientId: bob.id, day: 'mon' })
      await doctor.patients.add(bob.id)
      expect(await Appointment.count()).toBe(2)
      expect(names(await doctor.patients.find({ order: 'name' }))).toEqual(['Ann', 'Bob'])
      expect(names(await doctor.patients.find({ where: { name: 'Bob' } }))).toEqual(['Bob'])
      expect(await doctor.patients.count()).toBe(2)
      expect(await doctor.patients.exists(bob)).toBe(true)
      expect((await doctor.patients.findById(ann.id)).name).toBe('Ann')
      await doctor.patients.remove(bob)
      expect(await doctor.patients.exists(bob.id)).toBe(false)
      expect(await Patient.count()).toBe(2)
      await expect(doctor.patients.findById(bob.id)).rejects.toMatchObject({
        statusCode: 404,
        message: expect.stringContaining('No relation found in Appointment'),
      })
      await doctor.patients.destroy(ann.id)
      expect([await Patient.count(), await Appointment.count()]).toEqual([1, 0])
      expect(names(await bob.physicians.find())).toEqual([])
    })

    it('is included with two queries, paged per parent', async () => {
      const [d1, d2] = await Physician.create([{ name: 'D1' }, { name: 'D2' }, { name: 'D3' }])
      for (const name of ['A', 'B', 'C']) await d1.patients.create({ name })
      await d2.patients.add((await Patient.findOne({ where: { name: 'B' } })).id)
      store.reset()
      const doctors = await Physician.find({ include: { relation: 'patients', scope: { order: 'name DESC' } }, order: 'name' })
      expect(doctors.map((one: AnyModel) => names(one.toJSON().patients))).toEqual([['C', 'B', 'A'], ['B'], []])
      expect(store.calls).toHaveLength(3)
      const paged = await Physician.find({ include: { relation: 'patients', scope: { order: 'name', limit: 1, skip: 1 } }, order: 'name' })
      expect(paged.map((one: AnyModel) => names(one.toJSON().patients))).toEqual([['B'], [], []])
    })

    it('can be asked in a where', async () => {
      const d1 = await Physician.create({ name: 'D1' })
      await Physician.create({ name: 'D2' })
      await d1.patients.create({ name: 'A' })
      expect(names(await Physician.find({ where: { patients: { some: { name: 'A' } } } }))).toEqual(['D1'])
    })
  })

  it('many to many makes the model in between', async () => {
    const Part = db.define('Part', { name: String })
    const Assembly = db.define('Assembly', { name: String })
    Assembly.hasAndBelongsToMany(Part)
    Part.hasAndBelongsToMany(Assembly)
    expect(Object.keys(db.models)).toContain('AssemblyPart')
    await db.automigrate()
    const car = await Assembly.create({ name: 'car' })
    await car.parts.create({ name: 'wheel' })
    const part = await Part.create({ name: 'door' })
    await car.parts.add(part)
    expect(names(await car.parts.find({ order: 'name' }))).toEqual(['door', 'wheel'])
    expect(names(await part.assemblies.find())).toEqual(['car'])
    const [found] = await Assembly.find({ include: 'parts' })
    expect(names(found.toJSON().parts).sort()).toEqual(['door', 'wheel'])
  })

  it('referencesMany keeps ids in a list of the owner', async () => {
    const Job = db.define('Job', { name: String })
    const Person = db.define('Person', { name: String })
    Person.referencesMany(Job)
    await db.automigrate()
    const person = await Person.create({ name: 'P' })
    const a = await person.jobs.create({ name: 'a' })
    const b = await Job.create({ name: 'b' })
    await person.jobs.add(b)
    expect([...(await Person.findById(person.id)).jobIds]).toEqual([a.id, b.id])
    expect(names(await person.jobs.find())).toEqual(['a', 'b'])
    expect(await person.jobs.exists(a.id)).toBe(true)
    expect((await person.jobs.at(1)).name).toBe('b')
    store.reset()
    const [found] = await Person.find({ include: 'jobs' })
    expect(names(found.toJSON().jobs)).toEqual(['a', 'b'])
    expect(store.calls).toHaveLength(2)
    expect([...(await person.jobs.remove(a))]).toEqual([b.id])
    await person.jobs.destroy(b.id)
    expect(await Job.count()).toBe(1)
    await expect(person.jobs.findById(a.id)).rejects.toMatchObject({ statusCode: 400 })
  })

  it('embeds one', async () => {
    const Address = db.modelBuilder.define('Address', { city: { type: String, required: true } }, { idInjection: false })
    const User = db.define('User', { name: String })
    User.embedsOne(Address, { as: 'address', property: 'home' })
    await db.automigrate()
    const user = await User.create({ name: 'A' })
    expect(user.address()).toBeNull()
    await user.address.create({ city: 'X' })
    const again = await User.findById(user.id)
    expect(again.address()).toBeInstanceOf(Address)
    expect(again.toJSON().home).toEqual({ city: 'X' })
    await again.address.update({ city: 'Y' })
    expect((await User.findById(user.id)).address().city).toBe('Y')
    await expect(again.address.update({ city: null })).rejects.toMatchObject({ statusCode: 422 })
    const reread = await User.findById(user.id)
    await reread.address.destroy()
    expect((await User.findById(user.id)).address()).toBeNull()
    await reread.address.create({ city: 'Z' })
    const [included] = await User.find({ include: 'address' })
    expect(included.toJSON().address).toEqual({ city: 'Z' })
  })

  it('embeds many, filtered, ordered and with ids', async () => {
    const Todo = db.modelBuilder.define('Todo', { id: { type: Number, id: true }, text: { type: String, required: true }, done: Boolean })
    const User = db.define('User', { name: String })
    User.embedsMany(Todo, { as: 'todos', property: 'todoItems' })
    await db.automigrate()
    const user = await User.create({ name: 'A' })
    const one = await user.todos.create({ text: 'a', done: true })
    await user.todos.create([{ text: 'c' }, { text: 'b' }])
    expect(one.id).toBe(1)
    const again = await User.findById(user.id)
    expect(again.toJSON().todoItems.map((item: AnyModel) => [item.id, item.text])).toEqual([
      [1, 'a'],
      [2, 'c'],
      [3, 'b'],
    ])
    expect((await again.todos.find({ where: { done: true } })).map((item: AnyModel) => item.text)).toEqual(['a'])
    expect((await again.todos.find({ order: 'text DESC', limit: 2 })).map((item: AnyModel) => item.text)).toEqual(['c', 'b'])
    expect(await again.todos.count()).toBe(3)
    expect((await again.todos.findById(2)).text).toBe('c')
    expect(await again.todos.findById(9)).toBeNull()
    await again.todos.updateById(2, { text: 'cc' })
    await again.todos.destroy(1)
    expect((await User.findById(user.id)).todos.value().map((item: AnyModel) => item.text)).toEqual(['cc', 'b'])
    await expect(again.todos.create({})).rejects.toMatchObject({ statusCode: 422 })
    expect(await again.todos.destroyAll({ text: 'b' })).toEqual({ count: 1 })
    expect(again.todos.at && (await again.todos.at(0)).text).toBe('cc')
  })

  it('follows polymorphic relations', async () => {
    const Picture = db.define('Picture', { name: String })
    const Author = db.define('Author', { name: String })
    const Reader = db.define('Reader', { name: String })
    Author.hasMany(Picture, { as: 'pictures', polymorphic: 'imageable' })
    Reader.hasOne(Picture, { as: 'mugshot', polymorphic: { as: 'imageable' } })
    Picture.belongsTo('imageable', { polymorphic: true })
    await db.automigrate()
    const author = await Author.create({ name: 'Ann' })
    const reader = await Reader.create({ name: 'Rob' })
    await author.pictures.create({ name: 'p1' })
    await reader.mugshot.create({ name: 'p2' })
    const [p1, p2] = await Picture.find({ order: 'name' })
    expect(p1).toMatchObject({ imageableType: 'Author', imageableId: author.id })
    expect((await p2.imageable.getAsync()).name).toBe('Rob')
    expect(names(await author.pictures.find())).toEqual(['p1'])
    store.reset()
    const pictures = await Picture.find({ include: 'imageable', order: 'name' })
    expect(pictures.map((one: AnyModel) => one.toJSON().imageable.name)).toEqual(['Ann', 'Rob'])
    expect(store.calls).toHaveLength(3)
    const [found] = await Author.find({ include: 'pictures' })
    expect(names(found.toJSON().pictures)).toEqual(['p1'])
    const stray = new Picture({ name: 'x' })
    expect(await stray.imageable.getAsync()).toBeUndefined()
    stray.imageable(reader)
    expect(stray).toMatchObject({ imageableType: 'Reader', imageableId: reader.id })
  })

  it('refuses unknown types, targets and names', () => {
    const Model = db.define('Model', {})
    expect(() => Model.hasMany('Nope')).toThrow('Could not find "Nope" relation for Model')
    expect(() => Model.belongsTo(Model, { as: 'trigger' })).toThrow('Invalid relation name: trigger')
    expect(() => db.define('Other', {}, { relations: { x: { type: 'owns', model: 'Model' } } })).toThrow('Invalid relation type: owns')
  })

  it('adds custom methods to relations', async () => {
    const Book = db.define('Book', { name: String })
    const Author = db.define('Author', { name: String })
    Author.hasMany(Book, {
      scopeMethods: {
        shout(this: AnyModel) {
          return `${this.modelInstance.name}!`
        },
      },
    })
    await db.automigrate()
    const author = await Author.create({ name: 'Ann' })
    expect(author.books.shout()).toBe('Ann!')
  })

  it('works over two data sources', async () => {
    const other = make().db
    const Author = db.define('Author', { name: String })
    const Book = other.define('Book', { name: String })
    Author.hasMany(Book)
    Book.belongsTo(Author)
    await db.automigrate()
    await other.automigrate()
    const author = await Author.create({ name: 'Ann' })
    await author.books.create({ name: 'b' })
    const [found] = await Author.find({ include: { books: 'author' } })
    expect(found.toJSON().books[0]).toMatchObject({ name: 'b', author: { name: 'Ann' } })
  })
})
