import { closeAll } from '../notes'
import { allow, deny, scene, type Scene } from './scene'

afterAll(closeAll)

const rules = [deny('$everyone'), allow('$owner')]
const notes = (more: object = {}) => ({ name: 'Note', properties: { text: 'string', userId: 'string' }, acls: rules, ...more })
const rows = [
  { text: 'a', userId: 'ann' },
  { text: 'b', userId: 'bob' },
]

async function texts(found: Scene, path = '/api/Notes'): Promise<unknown> {
  const { body } = await found.as('admin', 'GET', path)
  return (body as { text: string }[]).map(({ text }) => text)
}

describe('45. an owner and single rows', () => {
  it('reads and changes the own row; another’s is told from a missing one in nothing', async () => {
    const { add, as } = await scene()
    await add(notes(), rows)
    expect((await as('ann', 'GET', '/api/Notes/1')).body).toMatchObject({ text: 'a' })
    expect((await as('ann', 'PATCH', '/api/Notes/1', { text: 'c' })).body).toMatchObject({ text: 'c' })
    for (const [verb, path, body] of [
      ['GET', '', undefined],
      ['HEAD', '', undefined],
      ['GET', '/exists', undefined],
      ['PATCH', '', { text: 'x' }],
      ['PUT', '', { text: 'x' }],
      ['POST', '/replace', { text: 'x' }],
      ['DELETE', '', undefined],
    ] as const) {
      const [other, missing] = [await as('ann', verb, `/api/Notes/2${path}`, body), await as('ann', verb, `/api/Notes/99${path}`, body)]
      expect([verb, path, other.status]).toEqual([verb, path, 401])
      expect([missing.status, missing.body]).toEqual([other.status, other.body])
    }
    expect((await as(undefined, 'GET', '/api/Notes/1')).status).toBe(401)
  })
})

describe('51. owners’ rows', () => {
  it('are all that lists, counts and bulk changes reach', async () => {
    const found = await scene()
    const { add, as } = found
    await add(notes({ acls: [...rules, allow('admin')] }), rows)
    expect((await as('ann', 'GET', '/api/Notes')).body).toEqual([{ id: 1, text: 'a', userId: 'ann' }])
    expect((await as('ann', 'GET', '/api/Notes/count')).body).toEqual({ count: 1 })
    expect((await as('ann', 'GET', '/api/Notes/findOne?filter={"where":{"text":"b"}}')).status).toBe(404)
    expect((await as('ann', 'POST', '/api/Notes/update?where={"text":{"neq":"z"}}', { text: 'c' })).body).toEqual({ count: 1 })
    expect(await texts(found)).toEqual(['c', 'b'])
    expect((await as(undefined, 'GET', '/api/Notes')).status).toBe(401)
  })

  it('may be created for oneself, never for another', async () => {
    const found = await scene()
    const { add, as } = found
    await add(notes({ acls: [...rules, allow('admin')] }))
    expect((await as('ann', 'POST', '/api/Notes', { text: 'a', userId: 'ann' })).status).toBe(200)
    expect((await as('ann', 'POST', '/api/Notes', { text: 'b', userId: 'bob' })).status).toBe(401)
    expect(
      (
        await as('ann', 'POST', '/api/Notes', [
          { text: 'c', userId: 'ann' },
          { text: 'd', userId: 'bob' },
        ])
      ).status,
    ).not.toBe(200)
    expect((await as('ann', 'POST', '/api/Notes', { text: 'e' })).status).toBe(401)
    expect(((await texts(found)) as string[]).filter((text) => text !== 'c')).toEqual(['a'])
  })

  it('cannot be given away: the merged row is checked as well', async () => {
    const { add, as } = await scene()
    await add(notes(), rows)
    for (const [verb, path, body] of [
      ['PATCH', '/1', { userId: 'bob' }],
      ['PUT', '/1', { text: 'a', userId: 'bob' }],
      ['POST', '/1/replace', { text: 'a' }],
      ['PATCH', '', { id: 1, userId: 'bob' }],
      ['POST', '/update?where={"text":"a"}', { userId: 'bob' }],
      ['POST', '/upsertWithWhere?where={"text":"a"}', { userId: 'bob' }],
    ] as const)
      expect([verb, path, (await as('ann', verb, `/api/Notes${path}`, body)).status]).toEqual([verb, path, 401])
    expect((await as('ann', 'GET', '/api/Notes/1')).body).toMatchObject({ userId: 'ann', text: 'a' })
  })

  it('are not taken over by an upsert of another’s row', async () => {
    const { add, as } = await scene()
    await add(notes(), rows)
    for (const [verb, path, body] of [
      ['PATCH', '', { id: 2, text: 'x', userId: 'ann' }],
      ['PUT', '', { id: 2, text: 'x', userId: 'ann' }],
      ['POST', '/replaceOrCreate', { id: 2, text: 'x', userId: 'ann' }],
    ] as const)
      expect([verb, path, (await as('ann', verb, `/api/Notes${path}`, body)).status]).not.toEqual([verb, path, 200])
    await as('ann', 'POST', '/api/Notes/upsertWithWhere?where={"text":"b"}', { text: 'x', userId: 'ann' })
    expect((await as('bob', 'GET', '/api/Notes/2')).body).toEqual({ id: 2, text: 'b', userId: 'bob' })
  })

  it('are not told by an id that stands beside them', async () => {
    const { add, as } = await scene()
    await add(notes(), rows)
    expect((await as('ann', 'GET', '/api/Notes?id=1')).body).toHaveLength(1)
    expect((await as('ann', 'POST', '/api/Notes?id=1', { text: 'x', userId: 'bob' })).status).toBe(401)
    expect((await as('ann', 'POST', '/api/Notes/update?where={"text":"b"}&id=1', { text: 'x' })).body).toEqual({ count: 0 })
  })

  it('are in 3.x what an id anywhere in the request says, as in the original', async () => {
    const { add, as } = await scene('3.x')
    await add(notes(), rows)
    expect((await as('ann', 'GET', '/api/Notes')).status).toBe(401)
    expect((await as('ann', 'GET', '/api/Notes?id=1')).body).toHaveLength(2)
    expect((await as('ann', 'GET', '/api/Notes/1')).status).toBe(200)
    expect((await as('ann', 'GET', '/api/Notes/2')).status).toBe(401)
  })

  it('follow owner, the first relation to a user, or those that ownerRelations names', async () => {
    const { add, as } = await scene()
    await add({ name: 'Owned', properties: { owner: 'string' }, acls: rules }, [{ owner: 'ann' }])
    const related = (name: string, more: object) => ({
      name,
      acls: rules,
      relations: {
        author: { type: 'belongsTo', model: 'User', foreignKey: 'authorId' },
        editor: { type: 'belongsTo', model: 'User', foreignKey: 'editorId' },
      },
      ...more,
    })
    for (const [name, more] of [
      ['First', {}],
      ['Any', { ownerRelations: true }],
      ['Named', { ownerRelations: ['editor'] }],
    ] as const)
      await add(related(name, more), [{ authorId: 1, editorId: 2 }])
    const open = async (user: unknown, path: string) => (await as(user, 'GET', `/api/${path}`)).status === 200
    const answers = []
    for (const path of ['Firsts/1', 'Anies/1', 'Nameds/1']) answers.push([await open(1, path), await open(2, path)])
    expect([await open('ann', 'Owneds/1'), ...answers]).toEqual([true, [true, false], [true, true], [false, true]])
    expect((await as(2, 'GET', '/api/Anies')).body).toHaveLength(1)
    expect((await as(2, 'GET', '/api/Firsts')).body).toEqual([])
  })

  it('are, of users, the users themselves', async () => {
    const { add, as, app } = await scene()
    await add({ name: 'Member', base: 'User', properties: {}, acls: [...rules] })
    const User = app.registry.getModel('Member') as never as { create(data: object): Promise<{ id: unknown }> }
    const [one, two] = [
      await User.create({ email: 'a@example.com', password: 'password-1' }),
      await User.create({ email: 'b@example.com', password: 'password-2' }),
    ]
    expect((await as(one.id, 'GET', `/api/Members/${String(one.id)}`)).status).toBe(200)
    expect((await as(one.id, 'GET', `/api/Members/${String(two.id)}`)).status).toBe(401)
    expect((await as(one.id, 'GET', '/api/Members')).body).toHaveLength(1)
  })
})
