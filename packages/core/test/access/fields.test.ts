import { closeAll } from '../notes'
import { allow, scene, type Scene } from './scene'

afterAll(closeAll)

/** Salaries are for admins; grades may be read by all and written by admins. */
async function staff(): Promise<Scene> {
  const found = await scene()
  await found.add(
    { name: 'Team', properties: { name: 'string' }, relations: { people: { type: 'hasMany', model: 'Worker', foreignKey: 'teamId' } } },
    [{ name: 'x' }],
  )
  await found.add(
    {
      name: 'Worker',
      properties: { name: 'string', salary: 'number', grade: 'string', pin: 'string' },
      hidden: ['pin'],
      acls: [allow('admin', { fields: ['salary'] }), allow('admin', { fields: ['grade'], accessType: 'WRITE' })],
      relations: { team: { type: 'belongsTo', model: 'Team', foreignKey: 'teamId' } },
    },
    [
      { name: 'a', salary: 10, grade: 'g', pin: '1', teamId: 1 },
      { name: 'b', salary: 20, grade: 'h', pin: '2', teamId: 1 },
    ],
  )
  return found
}

describe('41. a property that a role may not read', () => {
  it('is absent from every reply to it, and there for who may', async () => {
    const { as } = await staff()
    const read = async (user: unknown, path: string) => JSON.stringify((await as(user, 'GET', path)).body)
    for (const path of [
      '/api/Workers',
      '/api/Workers/1',
      '/api/Workers/findOne',
      '/api/Workers?filter={"fields":["salary","name"]}',
      '/api/Teams?filter={"include":"people"}',
      '/api/Teams/1/people',
      '/api/Teams/1/people/1',
    ]) {
      expect([path, (await read(1, path)).includes('"salary":')]).toEqual([path, false])
      expect([path, (await read('admin', path)).includes('"salary":')]).toEqual([path, true])
    }
    expect((await as(1, 'PATCH', '/api/Workers/1', { name: 'c' })).body).toEqual({ id: 1, name: 'c', grade: 'g', teamId: 1 })
  })

  it.each([
    '{"where":{"salary":{"gt":1}}}',
    '{"where":{"or":[{"name":"x"},{"and":[{"or":[{"salary":10}]}]}]}}',
    '{"where":{"salary":{"inq":[10]}}}',
    '{"where":{"salary":{"between":[1,30]}}}',
    '{"order":"salary DESC"}',
    '{"order":["name ASC","salary"]}',
  ])('is not guessed through a filter: %s', async (filter) => {
    const { as } = await staff()
    expect((await as(1, 'GET', `/api/Workers?filter=${filter}`)).status).not.toBe(200)
    expect((await as('admin', 'GET', `/api/Workers?filter=${filter}`)).status).toBe(200)
  })
})

describe('41. in an aggregate', () => {
  it.each([
    '{"values":{"n":{"sum":"salary"}}}',
    '{"values":{"n":{"max":"salary"}}}',
    '{"groupBy":["salary"]}',
    '{"groupBy":["name"],"where":{"salary":{"gt":1}}}',
  ])('a property that a role may not read is refused: %s', async (filter) => {
    const { as } = await staff()
    expect((await as(1, 'GET', `/api/Workers/aggregate?filter=${filter}`)).status).not.toBe(200)
    expect((await as('admin', 'GET', `/api/Workers/aggregate?filter=${filter}`)).status).toBe(200)
  })
})

describe('42. a property behind a relation', () => {
  it.each([
    '/api/Teams?filter={"where":{"people.salary":10}}',
    '/api/Teams?filter={"where":{"people":{"some":{"salary":{"gt":1}}}}}',
    '/api/Teams?filter={"include":{"relation":"people","scope":{"where":{"salary":10}}}}',
    '/api/Teams?filter={"include":{"relation":"people","scope":{"order":"salary"}}}',
    '/api/Teams/1/people?filter={"where":{"salary":10}}',
    '/api/Teams/1/people/count?where={"salary":10}',
    '/api/Teams?filter={"where":{"people.pin":"1"}}',
    '/api/Workers/count?where={"salary":10}',
  ])('is not guessed either: %s', async (path) => {
    const { as } = await staff()
    expect((await as(1, 'GET', path)).status).not.toBe(200)
  })
})

describe('a property that a role may not write', () => {
  it('is refused by name, in every write', async () => {
    const { as } = await staff()
    for (const [verb, path, body] of [
      ['POST', '/api/Workers', { name: 'c', grade: 'x' }],
      ['PATCH', '/api/Workers/1', { grade: 'x' }],
      ['PATCH', '/api/Workers', { id: 1, grade: 'x' }],
      ['PUT', '/api/Workers/1', { name: 'a', salary: 99 }],
      ['POST', '/api/Workers/update?where={"name":"a"}', { grade: 'x' }],
      ['POST', '/api/Workers/upsertWithWhere?where={"name":"a"}', { grade: 'x' }],
      ['PUT', '/api/Teams/1/people/1', { grade: 'x' }],
      ['POST', '/api/Teams/1/people', { grade: 'x' }],
    ] as const)
      expect([verb, path, (await as(1, verb, path, body)).status]).toEqual([verb, path, 401])
    expect((await as('admin', 'GET', '/api/Workers/1')).body).toMatchObject({ grade: 'g', salary: 10 })
    expect((await as('admin', 'PATCH', '/api/Workers/1', { grade: 'x' })).status).toBe(200)
    expect((await as(1, 'PATCH', '/api/Workers/1', { name: 'n' })).body).toMatchObject({ grade: 'x' })
  })

  it('may be the owner’s, where the row is known', async () => {
    const { add, as } = await scene()
    await add(
      { name: 'Page', properties: { text: 'string', userId: 'string', draft: 'string' }, acls: [allow('$owner', { fields: ['draft'] })] },
      [{ text: 'a', userId: 'ann', draft: 'd' }],
    )
    expect([(await as('ann', 'GET', '/api/Pages/1')).body.draft, (await as('bob', 'GET', '/api/Pages/1')).body.draft]).toEqual([
      'd',
      undefined,
    ])
    expect((await as('ann', 'GET', '/api/Pages')).body).toEqual([{ id: 1, text: 'a', userId: 'ann' }])
  })
})
