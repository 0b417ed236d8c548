import { clean, refused, stores, target, unharmed, type Target } from './server'

describe.each(stores)('group A, injection through filters, on %s', (_, settings) => {
  let at: Target
  beforeAll(async () => {
    at = await target(settings)
  })
  afterAll(() => at.close())
  afterEach(() => unharmed(at))

  const rows = async (filter: unknown) => {
    const reply = await at.filter(filter)
    expect(reply.status).toBe(200)
    return reply.body.map((row: any) => row.name)
  }

  it('1: refuses text for a number', async () => {
    refused(await at.filter({ where: { age: '1;DROP TABLE x' } }))
    refused(await at.send('GET', `/Notes?filter[where][age]=${encodeURIComponent('1;DROP TABLE x')}`))
    refused(await at.send('GET', `/Notes/count?where=${encodeURIComponent('{"age":"1 OR 1=1"}')}`))
  })

  it.each(["' OR 1=1--", "\\' OR 1=1#", '\u00bf\u0027 OR 1=1', "'; DROP TABLE Note; --"])('2: takes %s literally', async (text) => {
    expect(await rows({ where: { name: text } })).toEqual([])
    expect(await rows({ where: { name: { inq: [text] } } })).toEqual([])
    expect(await rows({ where: { name: { like: text } } })).toEqual([])
  })

  it.each([
    'name;DROP TABLE Note',
    'name DESC, (SELECT 1)',
    '(CASE WHEN 1=1 THEN name END)',
    '1',
    'name DESC;--',
    'name NULLS FIRST',
    'name::text',
  ])('3: refuses to order by %s', async (order) => {
    refused(await at.filter({ order }))
    refused(await at.filter({ order: [order] }))
  })

  it.each([
    { limit: '1;--' },
    { limit: -1 },
    { limit: 'NaN' },
    { limit: 1.5 },
    { limit: '0x10' },
    { skip: [''] },
    { skip: -1 },
    { limit: {} },
  ])('4: refuses %j', async (page) => refused(await at.filter(page)))

  it.each<{ fields: unknown }>([{ fields: ['*'] }, { fields: ['id) FROM users--'] }, { fields: { constructor: 1 } }])(
    '5: refuses %j',
    async ({ fields }) => refused(await at.filter({ fields })),
  )

  it.each(['a"; --', 'a`b', 't1.password', 'name"', 'name) OR (1=1', 'Note.name', '$where', 'constructor'])(
    '6: refuses property %s',
    async (name) => {
      refused(await at.filter({ where: { [name]: 1 } }))
      refused(await at.filter({ where: { or: [{ name: 'x' }, { [name]: 1 }] } }))
    },
  )

  it.each(["meta.x') OR 1=1--", 'meta.x"', "meta.'x'"])('7: takes the path %s as a path, or refuses it', async (path) => {
    const reply = await at.filter({ where: { [path]: 1 } })
    if (reply.status !== 200) refused(reply)
    else expect(reply.body).toEqual([])
    const ordered = await at.filter({ order: `${path} ASC` })
    if (ordered.status !== 200) refused(ordered)
    clean(ordered)
  })

  it.each(["}'", '{NULL}', "'", '\\', '"', '{"'])('8: takes %s literally in a list operator', async (text) => {
    expect(await rows({ where: { tags: { contains: [text] } } })).toEqual([])
    expect(await rows({ where: { tags: { containsAny: [text] } } })).toEqual([])
  })

  it('9: knows what a list means, and its bound', async () => {
    expect(await rows({ where: { age: { inq: [] } } })).toEqual([])
    expect(await rows({ where: { age: { nin: [] } } })).toHaveLength(3)
    expect(await rows({ where: { ownerId: { inq: [null] } } })).toEqual(['100%_sure'])
    refused(await at.send('GET', `/Notes?filter=${encodeURIComponent(JSON.stringify({ where: { age: { inq: [[1], [2]] } } }))}`))
  })

  it.each([
    { age: { between: [1] } },
    { age: { between: [1, 2, 3] } },
    { age: { inq: 'x' } },
    { name: { regexp: '(' } },
    { name: { regexp: '/a/x' } },
    { name: { like: 5 } },
  ])('10: refuses the clause %j without a word of the driver', async (where) => {
    const reply = await at.filter({ where })
    refused(reply)
  })

  it('11: escapes % and _ where text is meant', async () => {
    expect(await rows({ where: { name: { startsWith: '100%' } } })).toEqual(['100%_sure'])
    expect(await rows({ where: { name: { startsWith: '10_' } } })).toEqual([])
    expect(await rows({ where: { name: { contains: '%_' } } })).toEqual(['100%_sure'])
    expect(await rows({ where: { name: { contains: '_n_' } } })).toEqual([])
  })

  it.each([{ token: { token: 1 } }, { name: { name: 1 } }, { age: { age: 1 } }])(
    '14: refuses %j, an object that is no operator',
    async (where) => refused(await at.filter({ where })),
  )

  it('16: refuses an object where an id is meant', async () => {
    refused(await at.filter({ where: { id: { $ne: null } } }))
    const body = await at.send('POST', '/Notes', { id: { $ne: null }, name: 'x' })
    expect([400, 422]).toContain(body.status)
    const path = await at.send('GET', `/Notes/${encodeURIComponent('{"$ne":null}')}`)
    expect([400, 404]).toContain(path.status)
    const upsert = await at.send('PATCH', '/Notes', { id: { $gt: 0 }, name: 'x' })
    expect([400, 404, 422]).toContain(upsert.status)
  })

  it.each([{ $set: { name: 'x' } }, { $rename: { name: 'n' } }, { 'meta.x': 1 }, { $where: '1' }])(
    '17: refuses the update %j',
    async (body) => {
      const reply = await at.send('PATCH', '/Notes/2', body)
      expect([400, 422]).toContain(reply.status)
      clean(reply)
      expect((await at.send('GET', '/Notes/2')).body.name).toBe('two')
    },
  )

  it('18: takes real arrays only for logic', async () => {
    refused(await at.filter({ where: { or: { 0: { name: 'one' }, length: 1 } } }))
    refused(await at.filter({ where: { and: 'x' } }))
    refused(await at.filter({ where: { or: [1] } }))
  })

  it.each(['where', 'order'])('41: keeps a hidden property out of %s', async (part) => {
    refused(await at.filter(part === 'where' ? { where: { secret: { like: 'a%' } } } : { order: 'secret' }))
    refused(await at.filter({ where: { or: [{ and: [{ secret: 'alpha' }] }] } }))
    expect((await at.filter({ fields: ['secret', 'name'] })).text).not.toContain('alpha')
  })

  it('54: never takes a where that is nothing for all', async () => {
    for (const where of ['', 'null', '[]', '{', '"null"']) {
      const reply = await at.send('POST', `/Notes/update?where=${encodeURIComponent(where)}`, { age: 9 })
      expect(reply.status).toBeGreaterThanOrEqual(400)
    }
  })
})
