import { closeAll } from '../notes'
import { allow, deny, scene, type Scene } from '../access/scene'

afterAll(closeAll)

const team = { type: 'hasMany', model: 'Person', foreignKey: 'bossId', options: { nested: true } } as const

/** Person 2 works for person 1, person 3 for person 2; each belongs to the user of the same number. */
async function company(acls: readonly object[]): Promise<Scene> {
  const found = await scene()
  await found.add(
    {
      name: 'Person',
      plural: 'people',
      properties: { name: 'string', salary: 'number', bossId: 'number', userId: 'number' },
      acls,
      relations: { team },
    },
    [
      { name: 'a', salary: 1, userId: 1 },
      { name: 'b', salary: 2, userId: 2, bossId: 1 },
      { name: 'c', salary: 3, userId: 3, bossId: 2 },
    ],
  )
  return found
}

describe('owning the row that a request names', () => {
  const rules = [allow('$owner', { fields: ['salary'] })]

  it.each(['/people/1?filter={"include":"team"}', '/people/1/team', '/people/1/team/2', '/people/1/team?filter={"include":"team"}'])(
    'must not open the fields of other rows that a relation leads to: %s',
    async (path) => {
      const { as } = await company(rules)
      expect((await as(1, 'GET', '/api/people/1')).body).toMatchObject({ salary: 1 })
      const { status, body } = await as(1, 'GET', `/api${path}`)
      expect([status, JSON.stringify(body)]).toEqual([200, expect.not.stringMatching(/"salary":[23]/)])
    },
  )

  it.each([
    '/people/1/team?filter={"where":{"salary":2}}',
    '/people/1/team?filter={"order":"salary"}',
    '/people/1/team/count?where={"salary":2}',
    '/people/1?filter={"include":{"relation":"team","scope":{"where":{"salary":2}}}}',
  ])('must not make their fields an oracle: %s', async (path) => {
    const { as } = await company(rules)
    expect((await as(1, 'GET', `/api${path}`)).status).toBe(400)
  })

  it.each([
    ['PUT', '/people/1/team/2', { salary: 9 }],
    ['PATCH', '/people/1', { team: { update: { id: 2, salary: 9 } } }],
  ] as const)('must not let anybody write them: %s %s', async (verb, path, data) => {
    const { as, app } = await company(rules)
    expect((await as(1, verb, `/api${path}`, data)).status).toBe(401)
    expect(await (app.models.Person!.findById as Function)(2)).toMatchObject({ salary: 2 })
  })
})

describe('a relation that is open to the owner of a row', () => {
  const rules = [
    deny('$everyone'),
    allow('$everyone', { property: ['find'] }),
    allow('$owner', { property: ['findById', '__get__team', '__count__team'] }),
  ]

  it('must not be open for rows that it leads to', async () => {
    const { as } = await company(rules)
    expect((await as(1, 'GET', '/api/people/2/team')).status).toBe(401)
    expect((await as(1, 'GET', '/api/people/1/team')).body).toMatchObject([{ name: 'b' }])
    expect((await as(1, 'GET', '/api/people/1?filter={"include":"team"}')).body).toMatchObject({ team: [{ name: 'b' }] })
    for (const path of [
      '/people/1/team?filter={"include":"team"}',
      '/people/1/team?filter={"include":{"team":"team"}}',
      '/people/1?filter={"include":{"relation":"team","scope":{"include":"team"}}}',
      '/people/1/team?filter={"where":{"team":{"some":{"name":"c"}}}}',
      '/people/1/team?filter={"where":{"team.name":"c"}}',
      '/people/1/team/count?where={"team":{"some":{"name":"c"}}}',
      '/people?filter={"where":{"team":{"some":{"team":{"some":{"name":"c"}}}}}}',
      '/people?filter={"include":"team"}',
    ])
      expect([path, (await as(1, 'GET', `/api${path}`)).status]).toEqual([path, 401])
  })

  it('must not be open for the rows of others that another relation leads to', async () => {
    const found = await scene()
    const notes = { type: 'hasMany', model: 'Note', foreignKey: 'authorId' }
    await found.add({
      name: 'Note',
      properties: { text: 'string' },
      relations: { other: { type: 'belongsTo', model: 'Author', foreignKey: 'otherId' } },
    })
    await found.add(
      {
        name: 'Author',
        properties: { userId: 'number' },
        acls: [deny('$everyone', { property: '__get__notes' }), allow('$owner', { property: '__get__notes' })],
        relations: { notes },
      },
      [{ userId: 1 }, { userId: 2 }],
    )
    for (const row of [
      { text: 'mine', authorId: 1, otherId: 2 },
      { text: 'theirs', authorId: 2 },
    ])
      await (found.app.models.Note!.create as Function)(row)
    const { as } = found
    expect((await as(1, 'GET', '/api/Authors/1/notes?filter={"include":"other"}')).body).toMatchObject([{ other: { userId: 2 } }])
    for (const path of [
      '/Authors/1/notes?filter={"include":{"other":"notes"}}',
      '/Authors/1/notes?filter={"where":{"other.notes.text":"theirs"}}',
      '/Notes?filter={"include":{"other":"notes"}}',
    ])
      expect([path, (await as(1, 'GET', `/api${path}`)).status]).toEqual([path, 401])
  })
})

describe('a value of the request in a rule', () => {
  it.each([{ neq: 'zz' }, { inq: ['x', 'y'] }, { like: '%' }, { gte: '' }])(
    'must not be a condition that users wrote into their own record: %j',
    async (dept) => {
      const found = await scene()
      await found.add({ name: 'Member', base: 'User', acls: [allow('$owner', { property: 'patchAttributes' })] }, [
        { email: 'a@example.com', password: 'correct horse', dept: 'x' },
      ])
      await found.add(
        {
          name: 'Doc',
          properties: { dept: 'string' },
          acls: [deny('$everyone'), allow('$everyone', { where: { dept: '$user.dept' } })],
        },
        [{ dept: 'x' }, { dept: 'y' }],
      )
      expect((await found.as(1, 'GET', '/api/Docs')).body).toMatchObject([{ dept: 'x' }])
      expect((await found.as(1, 'PATCH', '/api/Members/1', { dept })).status).toBe(200)
      expect((await found.as(1, 'GET', '/api/Docs')).status).toBe(401)
    },
  )

  it('must not be a tenant that is an object', async () => {
    const found = await scene()
    found.app.tenant((ctx) => (ctx.req.accessToken as { tenant?: unknown } | null)?.tenant)
    await found.add({ name: 'Bill', properties: { text: 'string', tenantId: 'string' }, tenant: 'tenantId' }, [
      { text: 'a', tenantId: 'a' },
      { text: 'b', tenantId: 'b' },
    ])
    const as = (tenant: unknown) => found.as({ id: 't', userId: 1, tenant }, 'GET', '/api/Bills')
    expect((await as('a')).body).toMatchObject([{ text: 'a' }])
    expect((await as({ neq: 'zz' })).status).toBe(401)
  })
})

describe('a row of no tenant', () => {
  it('must not tie rows of another tenant together', async () => {
    const found = await scene()
    found.app.tenant(async (ctx) => (ctx.req.accessToken as { tenant?: string } | null)?.tenant)
    const tenant = { properties: { text: 'string', tenantId: 'string' }, tenant: 'tenantId' }
    const rows = [
      { text: 'a', tenantId: 'a' },
      { text: 'b', tenantId: 'b' },
    ]
    await found.add({ name: 'Tag', ...tenant }, rows)
    await found.add({ name: 'Doc', ...tenant }, rows)
    await found.add({
      name: 'Tagging',
      relations: {
        doc: { type: 'belongsTo', model: 'Doc', foreignKey: 'docId' },
        tag: { type: 'belongsTo', model: 'Tag', foreignKey: 'tagId' },
      },
    })
    const as = (verb: string, path: string, data?: object) =>
      found.as({ id: 't', userId: 1, tenant: 'a' }, verb, `/api/Taggings${path}`, data)
    const own = { docId: 1, tagId: 1 }
    expect((await as('POST', '', own)).status).toBe(200)
    for (const [verb, path, data] of [
      ['POST', '', { docId: 2, tagId: 2 }],
      ['POST', '', { docId: 1, tagId: 2 }],
      ['PATCH', '/1', { docId: 2 }],
      ['POST', '/1/replace', { docId: 2, tagId: 1 }],
      ['POST', '/update?where={"id":1}', { docId: 2 }],
      ['PATCH', '', { id: 1, docId: 2 }],
    ] as const)
      expect([verb, path, (await as(verb, path, data)).status]).toEqual([verb, path, 404])
    expect(await (found.app.models.Tagging!.find as Function)()).toMatchObject([own])
  })
})
