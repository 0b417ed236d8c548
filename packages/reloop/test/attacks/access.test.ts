import { call } from './calls'
import { clean } from './server'
import { doors, unharmed, world, type Answer, type Call, type Door, type Who, type World } from './world'

/** Refused by rules, or nothing there for this caller. */
const closed = [400, 401, 403, 404]

describe.each(doors)('group E, access control, through %s', (door: Door) => {
  let at: World
  beforeAll(async () => {
    at = await world()
  })
  afterAll(() => at.close())
  afterEach(() => unharmed(at, door))
  const as = (who: Who, one: Call) => at.through(door, who, one)
  const refused = async (who: Who, one: Call): Promise<Answer> => {
    const reply = await as(who, one)
    expect([one.verb, one.path, one.method, closed.includes(reply.status) || reply.text]).toEqual([one.verb, one.path, one.method, true])
    clean(reply)
    return reply
  }
  /** What is stored, to see that nothing was changed. */
  const rows = async (model: string) => JSON.stringify(await at.models[model].find({ order: 'id' }))

  it(`48 (${door}): nobody reads tokens by way of users`, async () => {
    await refused(undefined, call.find('Person', { include: 'accessTokens' }))
    await refused('ann', call.find('Person', { include: 'accessTokens' }))
    for (const filter of [
      { include: 'accessTokens' },
      { include: { relation: 'accessTokens', scope: { include: 'user' } } },
      { include: { notes: { owner: 'accessTokens' } } },
    ]) {
      const reply = await as('ann', call.findById('Person', 1, filter))
      for (const token of Object.values(at.tokens)) expect(reply.text).not.toContain(token)
      expect(reply.text).not.toMatch(/"accessTokens":\[\{/)
    }
    for (const id of [1, 2]) for (const action of ['get', 'count']) await refused('ann', call.hop('Person', id, [action, 'accessTokens']))
    await refused('ann', call.find('Note', { include: { owner: 'accessTokens' } }))
    await refused('ann', call.find('Session'))
  })

  it(`49 (${door}): a hop is judged by the model it leads to`, async () => {
    for (const one of [
      call.hop('Note', 1, ['get', 'log']),
      call.find('Note', { include: 'log' }),
      call.find('Note', { where: { 'log.text': 'closed' } }),
      call.find('Note', { order: 'log.text' }),
      call.find('Comment', { include: { note: 'log' } }),
      call.hop('Note', 1, ['create', 'comments'], { data: { text: 'x' } }),
      call.hop('Note', 1, ['updateById', 'comments'], { fk: 1, data: { text: 'x' } }),
      call.hop('Note', 1, ['destroyById', 'comments'], { fk: 1 }),
      call.hop('Note', 1, ['delete', 'comments']),
      call.hop('Note', 2, ['get', 'comments']),
      call.hop('Note', 2, ['count', 'comments']),
      call.hop('Note', 2, ['findById', 'comments'], { fk: 2 }),
    ])
      await refused('ann', one)
    expect((await as('ann', call.hop('Note', 1, ['get', 'comments']))).body).toMatchObject([{ text: 'one' }])
    expect(await rows('Comment')).toContain('one')
  })

  it(`49 (${door}): every way to write another's row is the same decision`, async () => {
    const before = await rows('Note')
    for (const one of [
      call.patch('Note', 2, { title: 'x' }),
      call.replace('Note', 2, { title: 'x' }),
      { ...call.replace('Note', 2, { title: 'x' }), verb: 'POST', path: '/Notes/2/replace', method: 'Note.replaceById' },
      call.upsert('Note', { id: 2, title: 'x' }),
      call.replaceOrCreate('Note', { id: 2, title: 'x' }),
      { ...call.replaceOrCreate('Note', { id: 2, title: 'x' }), verb: 'POST', path: '/Notes/replaceOrCreate' },
      call.destroy('Note', 2),
      call.hop('Person', 1, ['updateById', 'notes'], { fk: 2, data: { title: 'x' } }),
    ])
      await refused('ann', one)
    expect(await rows('Note')).toBe(before)
  })

  it(`51 (${door}): nobody makes rows for others, or gives theirs away`, async () => {
    const before = await rows('Note')
    const other = { title: 'x', ownerId: 2 }
    for (const one of [
      call.create('Note', other),
      call.create('Note', [{ title: 'y', ownerId: 1 }, other]),
      call.patch('Note', 1, { ownerId: 2 }),
      call.patch('Note', 1, { ownerId: null }),
      call.replace('Note', 1, other),
      call.upsert('Note', { id: 1, ...other }),
      call.replaceOrCreate('Note', { id: 1, ...other }),
      call.upsertWithWhere('Note', { id: 1 }, other),
      call.upsertWithWhere('Note', { stars: 2 }, { title: 'x', ownerId: 1 }),
      call.updateAll('Note', { id: 1 }, { ownerId: 2 }),
      call.hop('Person', 1, ['create', 'notes'], { data: other }),
    ])
      await as('ann', one)
    const after = JSON.parse(await rows('Note')) as { id: number; title: string; ownerId: number }[]
    expect(after.filter(({ ownerId }) => ownerId !== 1)).toEqual(
      (JSON.parse(before) as { ownerId: number }[]).filter((row) => row.ownerId !== 1),
    )
    expect(after.find(({ id }) => id === 1)).toEqual((JSON.parse(before) as { id: number }[]).find(({ id }) => id === 1))
    await at.models.Note.destroyAll({ id: { gt: 3 } })
  })

  it(`51 (${door}): an id beside the rows makes nobody their owner`, async () => {
    const before = await rows('Note')
    const beside = (one: Call): Call => ({
      ...one,
      path: `${one.path}${one.path.includes('?') ? '&' : '?'}id=1`,
      body: typeof one.body === 'object' && one.body !== null ? { ...one.body } : one.body,
      params: { ...one.params, id: 1 },
    })
    await as('ann', beside(call.updateAll('Note', { stars: 2 }, { title: 'x' })))
    await as('ann', beside(call.upsertWithWhere('Note', { stars: 2 }, { title: 'x', ownerId: 2 })))
    expect((await as('ann', beside(call.find('Note', { where: { ownerId: 2, published: false } })))).body ?? []).not.toMatchObject([
      { title: 'of bob' },
    ])
    expect(await rows('Note')).toBe(before)
  })

  it(`52 (${door}): links are not written past the rules of the rows between`, async () => {
    const before = [await rows('Membership'), await rows('RoleMapping')]
    for (const one of [
      call.hop('Project', 1, ['link', 'members'], { fk: 2, data: {} }),
      call.hop('Project', 1, ['unlink', 'members'], { fk: 2 }),
      call.hop('Project', 1, ['link', 'tags'], { fk: 1, data: {} }),
      call.hop('Project', 2, ['link', 'members'], { fk: 1, data: {} }),
      call.create('Membership', { projectId: 2, personId: 1, role: 'boss' }),
      call.create('RoleMapping', { roleId: 1, principalType: 'USER', principalId: '1' }),
      call.create('Role', { name: 'admin' }),
      call.create('ACL', {
        model: 'Log',
        property: '*',
        accessType: '*',
        permission: 'ALLOW',
        principalType: 'ROLE',
        principalId: '$everyone',
      }),
    ])
      await refused('ann', one)
    expect([await rows('Membership'), await rows('RoleMapping')]).toEqual(before)
  })

  it(`53 (${door}): a condition of the client narrows what the rules give, and never widens it`, async () => {
    const before = await rows('Note')
    const wide = [{}, { or: [{}, {}] }, { or: [{ ownerId: 1 }, { ownerId: 2 }] }, { id: { inq: [1, 2, 3] } }, { id: { neq: 0 } }]
    for (const where of wide) {
      const titles = ((await as('ann', call.find('Note', { where }))).body as { title: string }[]).map(({ title }) => title)
      expect([where, titles.sort()]).toEqual([where, ['of ann', 'public']])
      expect((await as('ann', call.count('Note', where))).body).toMatchObject({ count: 2 })
      expect((await as('ann', call.aggregate('Note', { where, values: { n: { count: true } } }))).body).toMatchObject([{ n: 2 }])
    }
    expect(
      (await as('ann', call.findById('Person', 1, { include: { relation: 'notes', scope: { where: { or: [{}, {}] } } } }))).text,
    ).not.toContain('of bob')
    await as('ann', call.updateAll('Note', { or: [{ stars: 2 }, { stars: 3 }] }, { title: 'x' }))
    await as('ann', call.upsert('Note', { id: 3, title: 'x' }))
    expect(await rows('Note')).toBe(before)
  })

  it.each([null, 'null', [], 'x', '{', 1, true])(`54 (${door}): the where %j never means every row`, async (where) => {
    const before = await rows('Note')
    const reply = await as('admin', call.updateAll('Note', where, { title: 'x' }))
    expect([400, 404]).toContain(reply.status)
    expect(await rows('Note')).toBe(before)
  })

  it(`54 (${door}): an empty where is none`, async () => {
    const before = await rows('Note')
    expect((await as('admin', call.updateAll('Note', {}, { title: 'x' }))).status).toBe(400)
    expect(await rows('Note')).toBe(before)
  })

  it.each(['options', 'ctx', 'accessToken', 'skipAcl', 'disableSanitization', 'tx', 'req', 'fromOutside'])(
    `55 (${door}): the argument %s of a client is none`,
    async (name) => {
      const value = {
        accessToken: { userId: 3 },
        skipAcl: true,
        fromOutside: false,
        disableSanitization: true,
        prohibitHiddenPropertiesInQuery: false,
      }
      const given = (one: Call): Call => ({
        ...one,
        path: `${one.path}${one.path.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(JSON.stringify(value))}`,
        params: { ...one.params, [name]: value },
      })
      await refused(undefined, given(call.find('Log')))
      await refused('ann', given(call.findById('Note', 2)))
      await refused('ann', given(call.find('Note', { where: { secret: 'alpha' } })))
      const { text } = await as('ann', given(call.findById('Note', 1)))
      expect(text).not.toMatch(/alpha|"grade"/)
    },
  )

  it.each(['Session', 'ACL', 'Role', 'RoleMapping', 'Scope', 'Application', 'Person', 'Log'])(
    `56 (${door}): %s is closed to strangers and users, though public`,
    async (model) => {
      const calls = [
        call.find(model),
        call.findById(model, 3),
        call.findOne(model),
        call.exists(model, 2),
        call.count(model),
        call.upsert(model, { id: 2, name: 'x' }),
        call.replaceOrCreate(model, { id: 2, name: 'x' }),
        call.replace(model, 2, { name: 'x' }),
        call.patch(model, 2, { name: 'x' }),
        call.upsertWithWhere(model, { id: 2 }, { name: 'x' }),
        call.updateAll(model, { id: 2 }, { name: 'y' }),
        call.destroy(model, 2),
        ...(model === 'Person' ? [] : [call.create(model, { name: 'x' })]),
      ]
      for (const who of [undefined, 'ann']) for (const one of calls) await refused(who, one)
    },
  )

  it(`59 (${door}): rows of another tenant are not there`, async () => {
    const before = [await rows('Folder'), await rows('File')]
    expect((await as('ann', call.find('Folder'))).body).toMatchObject([{ name: 'of a' }])
    for (const one of [
      call.findById('Folder', 2),
      call.patch('Folder', 2, { name: 'x' }),
      call.replace('Folder', 2, { name: 'x' }),
      call.hop('Folder', 2, ['get', 'files']),
      call.hop('Folder', 1, ['findById', 'files'], { fk: 2 }),
      call.create('File', { name: 'x', folderId: 2 }),
      call.patch('File', 1, { folderId: 2 }),
    ])
      expect([one.path, (await refused('ann', one)).status]).toEqual([one.path, 404])
    await as('ann', call.destroy('Folder', 2))
    await as('ann', call.patch('Folder', 1, { tenantId: 'b' }))
    await as('ann', call.create('Folder', { name: 'x', tenantId: 'b' }))
    expect((await as('ann', call.count('Folder', { tenantId: 'b' }))).body).toMatchObject({ count: 0 })
    expect([await rows('Folder'), await rows('File')]).toEqual(before)
    await refused(undefined, call.find('Folder'))
  })
})
