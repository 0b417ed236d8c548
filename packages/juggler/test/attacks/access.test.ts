import { kGuard, runtimeOf, type GuardAnswer } from '@reloop/juggler'
import { overStores, type AnyModel } from '../stores'

/* Groups A, D and E as far as they are this layer's: fields that a role may not see, and rows that exist for nobody else. */

const guard = (answers: Readonly<Record<string, GuardAnswer>>): AnyModel => ({
  fromOutside: true,
  [kGuard]: (entity: string) => answers[entity] ?? true,
})

overStores((make) => {
  let User: AnyModel
  let Note: AnyModel
  let Group: AnyModel
  let Membership: AnyModel
  let me: AnyModel
  let you: AnyModel
  let mine: AnyModel
  let theirs: AnyModel
  let own: AnyModel

  beforeEach(async () => {
    const { db } = make()
    User = db.define('User', { name: String, password: String, logins: { type: Number, operators: ['$inc'] } }, { strict: true })
    Note = db.define('Note', { text: String, secret: String }, { strict: true, forceId: false })
    Group = db.define('Group', { name: String }, { strict: true })
    Membership = db.define('Membership', { role: String }, { strict: true })
    User.hasMany(Note, { foreignKey: 'ownerId' })
    Note.belongsTo(User, { as: 'owner' })
    Membership.belongsTo(User)
    Membership.belongsTo(Group)
    User.hasMany(Group, { through: Membership })
    Group.hasMany(User, { through: Membership })
    await db.automigrate()
    ;[me, you] = await User.create([
      { name: 'me', password: 'p1', logins: 1 },
      { name: 'you', password: 'p2', logins: 1 },
    ])
    ;[mine, theirs] = await Note.create([
      { text: 'mine', secret: 's1', ownerId: me.id },
      { text: 'theirs', secret: 's2', ownerId: you.id },
    ])
    own = guard({ Note: { where: { ownerId: me.id } } })
  })

  const untouched = async () => expect((await Note.findById(theirs.id)).toJSON()).toMatchObject({ text: 'theirs', ownerId: you.id })

  it.each([
    [{ $inc: { 'a) , admin=(1': 1 } }],
    [{ $inc: { logins: '1; drop' } }],
    [{ $inc: { id: 1 } }],
    [{ $inc: { password: 1 } }],
    [{ $push: { logins: 1 } }],
  ])('12 · the atomic change %j is refused', async (change) => {
    await expect(User.updateAll({}, change)).rejects.toMatchObject({ statusCode: 400 })
    await expect(me.updateAttributes(change)).rejects.toMatchObject({ statusCode: 400 })
    expect((await User.findById(me.id)).logins).toBe(1)
  })

  it('12 · neither a foreign key nor a hidden property is changed in place', async () => {
    await expect(Note.updateAll({}, { $inc: { ownerId: 1 } })).rejects.toMatchObject({ statusCode: 400 })
    const hidden = guard({ User: { hidden: ['logins'], fixed: ['logins'] } })
    await expect(User.updateAll({}, { $inc: { logins: 1 } }, hidden)).rejects.toMatchObject({ statusCode: 401 })
  })

  it.each([
    [{ values: { x: { sum: 'nothing' } } }],
    [{ values: { x: { max: 'password' } } }],
    [{ groupBy: 'password' }],
    [{ groupBy: 'a);--' }],
    [{ groupBy: 'name', values: { 'a"; --': { count: true } } }],
    [{ values: { x: { 'sum(name)': 'name' } } }],
  ])('13 · the aggregate %j is refused', async (request) => {
    const denied = guard({ User: { hidden: ['password'] } })
    await expect(User.aggregate(request, denied)).rejects.toMatchObject({ statusCode: 400 })
  })

  it('41 · a property that a role may not see can not be asked for, in any place, and is in no answer', async () => {
    const denied = guard({ Note: { hidden: ['secret'] } })
    let deep: object = { secret: 's1' }
    for (let level = 0; level < 5; level++) deep = { or: [deep] }
    for (const filter of [
      { where: { secret: 's1' } },
      { where: deep },
      { where: { secret: { regexp: '^s' } } },
      { where: { secret: { inq: ['s1'] } } },
      { order: 'secret' },
      { fields: ['secret'] },
      { fields: { secret: true } },
    ]) {
      await expect(Note.find(filter, denied)).rejects.toMatchObject({ statusCode: 400 })
      await expect(runtimeOf(Note).rows.find(filter, denied)).rejects.toMatchObject({ statusCode: 400 })
      await expect(Note.page(filter, denied)).rejects.toMatchObject({ statusCode: 400 })
      await expect(User.find({ include: { relation: 'notes', scope: filter } }, denied)).rejects.toMatchObject({ statusCode: 400 })
    }
    for (const reply of [
      await Note.find({}, denied),
      await runtimeOf(Note).rows.find({}, denied),
      await User.find({ include: 'notes' }, denied),
      await runtimeOf(User).rows.find({ include: 'notes' }, denied),
      await me.notes.find({}, denied),
      await Note.create({ text: 'x', secret: 's3' }, denied),
    ])
      expect(JSON.stringify(reply)).not.toMatch(/s\d/)
  })

  it('42 · no hop leads to a property that may not be seen', async () => {
    const denied = guard({ User: { hidden: ['password'] } })
    for (const filter of [
      { where: { 'owner.password': { like: 'p%' } } },
      { order: 'owner.password' },
      { where: { owner: { some: { password: 'p1' } } } },
      { where: { not: { 'owner.password': null } } },
    ])
      await expect(Note.find(filter, denied)).rejects.toMatchObject({ statusCode: 400 })
    await expect(Group.find({ where: { users: { some: { password: 'p1' } } } }, denied)).rejects.toMatchObject({ statusCode: 400 })
  })

  it('46 · counts, existence and conditions tell nothing of rows that are denied', async () => {
    expect(await Note.count({}, own)).toBe(1)
    expect(await Note.exists(theirs.id, own)).toBe(false)
    expect(await Note.findById(theirs.id, {}, own)).toBeNull()
    expect(await Note.aggregate({}, own)).toEqual([{ count: 1 }])
    expect(await Note.distinct('text', {}, own)).toEqual(['mine'])
    expect(await User.count({ notes: { some: { text: 'theirs' } } }, own)).toBe(0)
    expect(await User.count({ notes: { none: { text: 'theirs' } } }, own)).toBe(2)
    expect(await you.notes.count({}, own)).toBe(0)
  })

  it.each<[string, () => Promise<unknown>]>([
    ['create with another owner', () => Note.create({ text: 'x', ownerId: you.id }, own)],
    [
      'create of many',
      () =>
        Note.create(
          [
            { text: 'x', ownerId: me.id },
            { text: 'x', ownerId: you.id },
          ],
          own,
        ),
    ],
    ['create without an owner', () => Note.create({ text: 'x' }, own)],
    ['moving an own row', () => mine.updateAttributes({ ownerId: you.id }, own)],
    ['moving own rows at once', () => Note.updateAll({}, { ownerId: you.id }, own)],
    ['replacing an own row', () => Note.replaceById(mine.id, { text: 'x', ownerId: you.id }, own)],
    ['upsert on another’s row', () => Note.upsert({ id: theirs.id, text: 'x', ownerId: me.id }, own)],
    ['replaceOrCreate on another’s row', () => Note.replaceOrCreate({ id: theirs.id, text: 'x', ownerId: me.id }, own)],
    ['upsertWithWhere on another’s row', () => Note.upsertWithWhere({ text: 'theirs' }, { text: 'x' }, own)],
    ['findOrCreate of another’s row', () => Note.findOrCreate({ where: { text: 'theirs' } }, { text: 'x', ownerId: you.id }, own)],
    ['create over a relation of another', () => you.notes.create({ text: 'x' }, own)],
  ])('51 · %s is denied', async (_what, attempt) => {
    const error = await attempt().then(
      () => undefined,
      (cause: AnyModel) => cause,
    )
    expect([401, 404]).toContain(error?.statusCode)
    await untouched()
    expect((await Note.findById(mine.id)).toJSON()).toMatchObject({ text: 'mine', ownerId: me.id })
    expect(await Note.count()).toBe(2)
  })

  it('52 · rows in between are not linked, unlinked or written where the rule forbids it', async () => {
    const [group, other] = await Group.create([{ name: 'admins' }, { name: 'guests' }])
    await you.groups.add(group)
    await me.groups.add(other)
    const rule = guard({ Membership: { where: { userId: me.id }, fixed: ['role'] }, Group: { where: { name: 'guests' } } })
    await expect(you.groups.add(other, {}, rule)).rejects.toMatchObject({ statusCode: 401 })
    await expect(
      me.groups.add(other, { role: 'boss' }, guard({ Membership: { fixed: ['role'] } })).then(() => Membership.count({ role: 'boss' })),
    ).resolves.toBe(0)
    await you.groups.remove(group, rule)
    expect(await Membership.count({ userId: you.id })).toBe(1)
    await expect(Membership.create({ userId: you.id, groupId: other.id }, rule)).rejects.toMatchObject({ statusCode: 401 })
    await expect(Membership.create({ userId: me.id, groupId: group.id, role: 'boss' }, rule)).rejects.toMatchObject({ statusCode: 401 })
    expect(await me.groups.find({}, rule)).toHaveLength(1)
    expect(await Group.count({ users: { some: { name: 'you' } } }, rule)).toBe(0)
  })

  it('53 · a rule is in every call, and nothing in a filter widens it', async () => {
    for (const where of [
      {},
      { or: [{}, {}] },
      { or: [{ text: 'theirs' }, { id: theirs.id }] },
      { not: { id: -1 } },
      { nor: [{ id: -1 }] },
    ]) {
      expect((await Note.find({ where }, own)).every((note: AnyModel) => note.text === 'mine')).toBe(true)
      expect(await Note.count(where, own)).toBeLessThan(2)
      for (const group of await Note.aggregate({ where, groupBy: 'text' }, own)) expect(group.text).toBe('mine')
    }
    const [user] = await User.find({ where: { name: 'you' }, include: { relation: 'notes', scope: { where: { or: [{}, {}] } } } }, own)
    expect(user.toJSON().notes).toEqual([])
    expect(await Note.updateAll({ or: [{ id: { gt: 0 } }, { id: { lte: 0 } }] }, { secret: 'x' }, own)).toEqual({ count: 1 })
    expect(await Note.destroyAll({ or: [{ id: { gt: 0 } }, { id: { lte: 0 } }] }, own)).toEqual({ count: 1 })
    await untouched()
  })
})
