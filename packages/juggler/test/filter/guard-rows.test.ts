import { kGuard, runtimeOf, type GuardAction, type GuardAnswer, type GuardHop } from '@reloop/juggler'
import { overStores, type AnyModel } from '../stores'

type Answers = (entity: string, action: GuardAction, hop?: GuardHop) => GuardAnswer

/** Options with a guard that answers as told. */
function guard(answer: Answers): AnyModel {
  return { [kGuard]: (entity: string, action: GuardAction, _paths: unknown, hop?: GuardHop) => answer(entity, action, hop) }
}

/** Rows of one entity only. */
const rowsOf = (entity: string, where: Readonly<Record<string, unknown>>) => guard((name) => (name === entity ? { where } : true))

/** Lets a store not answer conditions on related rows. */
function unable(db: AnyModel): void {
  const connector = new Proxy(db.connector, {
    get: (target, key) => (key === 'capabilities' ? { ...target.capabilities, related: false } : target[key]),
  })
  Object.defineProperty(db, 'connector', { value: connector, configurable: true })
}

const names = (rows: readonly AnyModel[]) => rows.map(({ name }) => name).sort()

overStores((make) =>
  describe.each([
    ['joins of the store', true],
    ['steps above it', false],
  ])('by %s', (_how, joins) => {
    let Team: AnyModel
    let Person: AnyModel
    let Task: AnyModel
    let Member: AnyModel
    let red: AnyModel
    let blue: AnyModel
    let ann: AnyModel
    let bob: AnyModel

    beforeEach(async () => {
      const { db } = make()
      if (!joins) unable(db)
      Team = db.define('Team', { name: String, city: String }, { strict: true })
      Person = db.define('Person', { name: String, age: Number, salary: Number }, { strict: true })
      Task = db.define('Task', { name: String, state: String, points: { type: Number, operators: ['$inc'] } }, { strict: true })
      Member = db.define('Member', { role: String }, { strict: true })
      Person.hasMany(Task)
      Person.hasOne(Task, { as: 'main', foreignKey: 'mainOf' })
      Task.belongsTo(Person)
      Member.belongsTo(Person)
      Member.belongsTo(Team)
      Person.hasMany(Team, { through: Member })
      Team.hasMany(Person, { through: Member })
      await db.automigrate()
      ;[red, blue] = await Team.create([
        { name: 'red', city: 'Rome' },
        { name: 'blue', city: 'Bonn' },
      ])
      ;[ann, bob] = await Person.create([
        { name: 'Ann', age: 30, salary: 1 },
        { name: 'Bob', age: 40, salary: 2 },
      ])
      await Task.create([
        { name: 'a1', state: 'open', points: 1, personId: ann.id },
        { name: 'a2', state: 'done', points: 2, personId: ann.id },
        { name: 'b1', state: 'open', points: 3, personId: bob.id },
      ])
      await Member.create([
        { personId: ann.id, teamId: red.id, role: 'boss' },
        { personId: ann.id, teamId: blue.id, role: 'guest' },
        { personId: bob.id, teamId: red.id, role: 'guest' },
      ])
    })

    describe('rows of the far side', () => {
      it.each([
        ['to one, by a path', 'Person', { age: 30 }, () => Task, { 'person.name': { like: '%' } }, ['a1', 'a2']],
        ['to many, some', 'Task', { state: 'done' }, () => Person, { tasks: { some: {} } }, ['Ann']],
        ['to many, none', 'Task', { state: 'done' }, () => Person, { tasks: { none: {} } }, ['Bob']],
        [
          'to many, every: of those that exist',
          'Task',
          { state: 'done' },
          () => Person,
          { tasks: { every: { points: 2 } } },
          ['Ann', 'Bob'],
        ],
        ['without a quantifier', 'Task', { state: 'done' }, () => Person, { tasks: { points: { gt: 0 } } }, ['Ann']],
        ['inside or and not', 'Person', { age: 30 }, () => Task, { not: { or: [{ 'person.name': 'Bob' }] } }, ['a1', 'a2', 'b1']],
        ['two hops away', 'Task', { state: 'done' }, () => Task, { 'person.tasks': { some: { points: 2 } } }, ['a1', 'a2']],
        ['through a model', 'Team', { city: 'Bonn' }, () => Person, { teams: { some: {} } }, ['Ann']],
        ['of the model in between', 'Member', { role: 'boss' }, () => Person, { 'teams.name': { like: '%' } }, ['Ann']],
        ['of the model in between, none', 'Member', { role: 'boss' }, () => Person, { teams: { none: { name: 'red' } } }, ['Bob']],
      ] as const)('are those that exist for the caller: %s', async (_what, entity, where, Model, asked, expected) => {
        const options = rowsOf(entity, where)
        if (entity === 'Task' && Model() === Task) {
          // The rule holds for the rows themselves too.
          expect(
            names(
              await Task.find(
                { where: asked },
                guard((name, _action, hop) => (name === 'Task' && hop ? { where } : true)),
              ),
            ),
          ).toEqual(expected)
          return
        }
        expect(names(await Model().find({ where: asked }, options))).toEqual(expected)
        expect(await Model().count(asked, options)).toBe(expected.length)
        expect((await Model().aggregate({ where: asked }, options))[0].count).toBe(expected.length)
        expect(names((await Model().page({ where: asked }, options)).rows)).toEqual(expected)
        const streamed: AnyModel[] = []
        for await (const row of Model().stream({ where: asked }, options)) streamed.push(row)
        expect(names(streamed)).toEqual(expected)
        expect(names(await runtimeOf(Model()).rows.find({ where: asked }, options))).toEqual(expected)
        const changed = await Model().updateAll(asked, { name: 'x' }, options)
        expect(changed).toEqual({ count: expected.length })
      })

      it('are the only ones that an order sees', async () => {
        const options = rowsOf('Person', { age: 30 })
        const found = await Task.find({ order: ['person.name DESC', 'name'] }, options)
        expect(found.map((task: AnyModel) => task.name)).toEqual(['a1', 'a2', 'b1'])
        if (!joins) return // cursors over such an order need a store that joins
        const page = await Task.page({ order: ['person.name DESC', 'name'], limit: 2 }, options)
        const rest = await Task.page({ order: ['person.name DESC', 'name'], limit: 2, after: page.next }, options)
        expect([...page.rows, ...rest.rows].map((task: AnyModel) => task.name)).toEqual(['a1', 'a2', 'b1'])
      })

      it('are the only ones that an include and relation methods bring', async () => {
        const done = rowsOf('Task', { state: 'done' })
        const [first] = await Person.find({ include: 'tasks', order: 'name' }, done)
        expect(names(first.tasks())).toEqual(['a2'])
        expect(names(await ann.tasks.find({}, done))).toEqual(['a2'])
        expect(await ann.tasks.count({}, done)).toBe(1)
        const open = await Task.findOne({ where: { name: 'a1' } })
        await expect(ann.tasks.findById(open.id, done)).rejects.toMatchObject({ statusCode: 404 })
        await expect(ann.tasks.updateById(open.id, { name: 'x' }, done)).rejects.toMatchObject({ statusCode: 404 })
        await expect(ann.tasks.destroy(open.id, done)).rejects.toMatchObject({ statusCode: 404 })
        expect(await ann.tasks.destroyAll({}, done)).toEqual({ count: 1 })
        expect(await ann.tasks.count()).toBe(1)
      })

      it('reach over the rows in between', async () => {
        const boss = rowsOf('Member', { role: 'boss' })
        expect(names(await ann.teams.find({}, boss))).toEqual(['red'])
        expect(await ann.teams.count({}, boss)).toBe(1)
        expect(await ann.teams.exists(blue.id, boss)).toBe(false)
        const [first] = await Person.find({ include: 'teams', order: 'name' }, boss)
        expect(names(first.teams())).toEqual(['red'])
        await ann.teams.remove(blue.id, boss)
        expect(await ann.teams.count()).toBe(2)
        expect(names(await Person.find({ where: { teams: { some: {}, through: { role: 'guest' } } } }))).toEqual(['Ann', 'Bob'])
      })

      it('may be told by a rule that crosses a relation itself', async () => {
        const ofAnn = rowsOf('Task', { 'person.name': 'Ann' })
        expect(names(await Task.find({}, ofAnn))).toEqual(['a1', 'a2'])
        expect(await Person.count({ tasks: { some: {} } }, ofAnn)).toBe(1)
        expect(await Task.updateAll({ state: 'open' }, { name: 'x' }, ofAnn)).toEqual({ count: 1 })
        await expect(Task.create({ name: 'n', personId: bob.id }, ofAnn)).rejects.toMatchObject({ code: 'AUTHORIZATION_REQUIRED' })
        expect((await Task.create({ name: 'n', personId: ann.id }, ofAnn)).name).toBe('n')
      })
    })

    it('is told the relation over which an entity is reached, by every kind of call', async () => {
      const asked: string[] = []
      const options = guard((entity, action, hop) => {
        asked.push(`${entity}.${action}${hop ? `<${hop.entity}.${hop.relation}` : ''}`)
        return true
      })
      const told = async (run: () => unknown) => {
        asked.length = 0
        await run()
        return [...asked]
      }
      expect(await told(() => Task.find({ where: { 'person.name': 'x' } }, options))).toEqual(['Task.find', 'Person.find<Task.person'])
      expect(await told(() => Task.find({ order: 'person.name' }, options))).toEqual(['Task.find', 'Person.find<Task.person'])
      // Before anything is read, and with what is read by.
      expect(await told(() => Person.find({ include: 'tasks' }, options))).toEqual([
        'Person.find',
        'Task.find<Person.tasks',
        'Task.find<Person.tasks',
      ])
      expect(await told(() => Person.aggregate({ where: { 'tasks.name': 'x' } }, options))).toEqual([
        'Person.aggregate',
        'Task.find<Person.tasks',
      ])
      expect(await told(() => ann.tasks.find({}, options))).toEqual(['Task.find<Person.tasks'])
      expect(await told(() => ann.tasks.create({ name: 'x' }, options))).toEqual(['Task.create<Person.tasks'])
      expect(await told(() => ann.tasks.updateAll({}, { state: 'x' }, options))).toEqual(['Task.update<Person.tasks'])
      expect(await told(() => ann.tasks.destroyAll({}, options))).toEqual(['Task.delete<Person.tasks'])
      expect(await told(() => ann.teams.find({}, options))).toEqual(['Member.find<Person.teams', 'Team.find<Person.teams'])
      expect(await told(() => ann.main.create({ name: 'x' }, options))).toEqual(['Task.find<Person.main', 'Task.create<Person.main'])
      expect(await told(() => ann.__count__tasks({}, options))).toEqual(['Task.find<Person.tasks'])
    })

    describe('hidden properties', () => {
      const hidden = guard((entity) => (entity === 'Person' ? { hidden: ['salary'] } : true))

      it('are left out of rows, instances and replies', async () => {
        const [first] = await Person.find({ order: 'name' }, hidden)
        expect(first.toJSON()).toEqual({ id: ann.id, name: 'Ann', age: 30 })
        expect(await runtimeOf(Person).rows.find({ where: { name: 'Ann' } }, hidden)).toEqual([{ id: ann.id, name: 'Ann', age: 30 }])
        expect(await runtimeOf(Person).rows.findById(ann.id, undefined, hidden)).toEqual({ id: ann.id, name: 'Ann', age: 30 })
        expect((await Person.findById(ann.id, {}, hidden)).toJSON()).not.toHaveProperty('salary')
        expect((await Person.page({}, hidden)).rows[0].toJSON()).not.toHaveProperty('salary')
        for await (const row of Person.stream({}, hidden)) expect(row.toJSON()).not.toHaveProperty('salary')
        const [task] = await Task.find({ include: 'person' }, hidden)
        expect(task.toJSON().person).toEqual({ id: ann.id, name: 'Ann', age: 30 })
        expect((await runtimeOf(Task).rows.find({ include: 'person' }, hidden))[0]!.person).toEqual({ id: ann.id, name: 'Ann', age: 30 })
        expect((await Person.find({ fields: { age: false } }, hidden))[0].toJSON()).not.toHaveProperty('salary')
      })

      it('are left out of what writes answer', async () => {
        const json = async (made: Promise<AnyModel>) => JSON.parse(JSON.stringify(await made))
        expect(await json(Person.create({ name: 'C', salary: 3 }, hidden))).not.toHaveProperty('salary')
        const [one] = await Person.create([{ name: 'D', salary: 3 }], hidden)
        expect(one.toJSON()).not.toHaveProperty('salary')
        const again = async () => Person.findById(ann.id)
        expect(await json((await again()).updateAttributes({ age: 31 }, hidden))).not.toHaveProperty('salary')
        expect(await json((await again()).save(hidden))).not.toHaveProperty('salary')
        expect(await json(Person.upsert({ id: ann.id, salary: 5 }, hidden))).not.toHaveProperty('salary')
        expect(await json(Person.replaceById(ann.id, { name: 'Ann', salary: 6 }, hidden))).not.toHaveProperty('salary')
        expect((await again()).salary).toBe(6)
      })

      it.each([
        ['where', () => Person.find({ where: { or: [{ salary: 1 }] } }, hidden)],
        ['order', () => Person.find({ order: 'salary' }, hidden)],
        ['fields', () => Person.find({ fields: ['name', 'salary'] }, hidden)],
        ['aggregate', () => Person.aggregate({ groupBy: 'salary' }, hidden)],
        ['a function of aggregate', () => Person.aggregate({ values: { all: { sum: 'salary' } } }, hidden)],
        ['distinct', () => Person.distinct('salary', {}, hidden)],
        ['where across a relation', () => Task.find({ where: { 'person.salary': 1 } }, hidden)],
        ['order across a relation', () => Task.find({ order: 'person.salary' }, hidden)],
        ['the scope of an include', () => Task.find({ include: { relation: 'person', scope: { where: { salary: 1 } } } }, hidden)],
        ['count', () => Person.count({ salary: 1 }, hidden)],
        ['updateAll', () => Person.updateAll({ salary: 1 }, { name: 'x' }, hidden)],
        ['destroyAll', () => Person.destroyAll({ salary: 1 }, hidden)],
      ])('are refused in %s as hidden properties of the model are', async (_what, run) => {
        await expect(run()).rejects.toMatchObject({ statusCode: 400, code: 'QUERY_PROPERTY_UNKNOWN' })
      })

      it('do not stop relations that are told by them', async () => {
        const keys = guard(() => ({ hidden: ['personId', 'teamId'] }))
        expect(names(await ann.tasks.find({}, keys))).toEqual(['a1', 'a2'])
        const found = await Person.find({ include: 'tasks', order: 'name' }, keys)
        expect(found.map((one: AnyModel) => one.toJSON().tasks.length)).toEqual([2, 1])
        expect(found[0].toJSON().tasks[0]).not.toHaveProperty('personId')
        expect((await Task.find({ include: 'person' }, keys))[0].toJSON()).toMatchObject({ person: { name: 'Ann' } })
        expect(names(await ann.teams.find({}, keys))).toEqual(['blue', 'red'])
        const task = await Task.findOne({ where: { name: 'a1' } })
        expect((await ann.tasks.findById(task.id, keys)).name).toBe('a1')
        await expect(bob.tasks.findById(task.id, keys)).rejects.toMatchObject({ statusCode: 404 })
        await expect(Task.find({ where: { personId: 1 } }, keys)).rejects.toMatchObject({ statusCode: 400 })
      })
    })

    it('is asked about embedded rows that are included, too', async () => {
      const { db } = make()
      const Address = db.define(
        'Address',
        { id: { type: String, id: true, defaultFn: 'guid' }, city: String, door: String },
        { strict: true },
      )
      const House = db.define('House', { name: String }, { strict: true })
      House.embedsMany(Address, { as: 'places', property: 'addresses' })
      await db.automigrate('House')
      await House.create({
        name: 'h',
        addresses: [
          { city: 'Rome', door: 'd1' },
          { city: 'Bonn', door: 'd2' },
        ],
      })
      const some = guard((entity) => (entity === 'Address' ? { where: { city: 'Rome' }, hidden: ['door'] } : true))
      const [plain] = await runtimeOf(House).rows.find({ include: 'places' }, some)
      expect(plain!.places).toEqual([{ id: expect.any(String), city: 'Rome' }])
      const [house] = await House.find({ include: 'places' }, some)
      expect(house.toJSON().places).toEqual([{ id: expect.any(String), city: 'Rome' }])
      await expect(
        House.find(
          { include: 'places' },
          guard((entity) => entity !== 'Address'),
        ),
      ).rejects.toMatchObject({ statusCode: 401 })
    })

    it('hidden properties of open models are left out too', async () => {
      const { db } = make()
      const Thing = db.define('Thing', { name: String }, { strict: false })
      await db.automigrate()
      await Thing.create(db.connector.capabilities.open ? { name: 'a', other: 1, secret: 2 } : { name: 'a' })
      const hidden = guard(() => ({ hidden: ['secret', 'name'] }))
      expect((await Thing.findOne({}, hidden)).toJSON()).not.toHaveProperty('name')
      expect((await Thing.findOne({}, hidden)).toJSON()).not.toHaveProperty('secret')
      expect(Object.keys((await runtimeOf(Thing).rows.find({}, hidden))[0]!)).not.toContain('name')
    })
  }),
)
