import { overStores, type AnyModel, type Store } from '../stores'

/** Lines 1–11, 14, 16 and 18 of the attack list: injection through filters. */
overStores((make) => {
  let store: Store
  let User: AnyModel
  let Open: AnyModel
  let statements: string[]

  beforeEach(async () => {
    store = make()
    User = store.db.define(
      'User',
      { name: String, age: Number, token: String, tags: [String], meta: Object, place: 'GeoPoint' },
      { strict: true },
    )
    Open = store.db.define('Loose', { name: String, meta: Object }, { strict: store.db.isRelational() ? true : false })
    await store.db.automigrate()
    await User.create([
      { name: "O'Neil", age: 1, token: 't', tags: ["a'b", '}'], meta: { x: 1 } },
      { name: 'Ann', age: 2 },
      { name: '100%_sure', age: 3 },
    ])
    statements = []
    store.db.on('log', (text: string) => statements.push(text))
    store.reset()
  })

  const refused = async (filter: unknown) => {
    store.reset()
    statements.length = 0
    const error = await User.find(filter).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ statusCode: 400, code: expect.stringMatching(/^[A-Z_]+$/) })
    expect(store.calls).toEqual([])
    expect(statements).toEqual([])
    expect(String((error as Error).message)).not.toMatch(/sqlite|syntax error|near "/i)
  }

  it.each(['1;DROP TABLE x', '1 OR 1=1', '0x1F', '1e400', '', ' ', 'NaN', 'Infinity', [1, 2], { x: 1 }, { $gt: 0 }])(
    '1 · a number column with %j is refused before anything runs',
    async (value) => {
      await refused({ where: { age: value } })
    },
  )

  it.each(["' OR 1=1--", "\\' OR 1=1#", '%bf%27', '"; DROP TABLE user; --', "O'Neil' OR 'a'='a"])(
    '2 · text %j matches literally',
    async (name) => {
      expect(await User.find({ where: { name } })).toEqual([])
      expect(await User.count({ name: { inq: [name] } })).toBe(0)
      expect(await User.count({ name: "O'Neil" })).toBe(1)
      const { count } = await User.updateAll({ name }, { token: name })
      expect(count).toBe(0)
      await User.create({ name })
      expect((await User.findOne({ where: { name } })).name).toBe(name)
    },
  )

  it.each([
    'name;DROP TABLE user',
    'name DESC, (SELECT 1)',
    '(CASE WHEN 1 THEN name END)',
    '1',
    'name ASC; --',
    'name`',
    'name DESC NULLS',
    '__proto__',
    'constructor ASC',
  ])('3 · order %j is refused', async (order) => {
    await refused({ order })
    await refused({ order: [order] })
  })

  it.each(['1;--', '-1', -1, 'NaN', NaN, 1.5, '0x10', [1], { a: 1 }, '1e9', Infinity])(
    '4 · limit and skip %j are refused',
    async (value) => {
      await refused({ limit: value })
      if (value !== '1e9') await refused({ limit: 1, skip: value })
    },
  )

  it.each([[['*']], [['id) FROM users--']], [{ constructor: 1 }], ['name, (select 1)'], [[{}]], [5]])(
    '5 · fields %j are refused',
    async (fields) => {
      await refused({ fields })
    },
  )

  it.each([
    'a"; --',
    'a`b',
    't1.password',
    'name) OR (1=1',
    "name' --",
    'constructor',
    '__proto__x',
    'toString',
    'hasOwnProperty',
    'name.x',
    '',
  ])('6 · key %j is refused', async (key) => {
    await refused({ where: { [key]: 1 } })
    await refused({ where: { or: [{ and: [{ [key]: { gt: 1 } }] }] } })
  })

  it('6 · open models take plain names only, quoted or bound', async () => {
    for (const key of ['a"; --', 'a`b', 'a b', "x'y", '1a', 'a..b', '$where', '-a']) {
      await expect(Open.find({ where: { [key]: 1 } })).rejects.toMatchObject({ statusCode: 400 })
      await expect(Open.find({ order: key })).rejects.toMatchObject({ statusCode: 400 })
    }
  })

  it.each(["meta.x') OR 1=1--", "meta.x'::text", 'meta.$where', "meta.a'b", 'meta.x"', 'meta.'])(
    '7 · JSON path %j is refused',
    async (path) => {
      await refused({ where: { [path]: 1 } })
      await refused({ order: path })
    },
  )

  it('8 · list operators take braces, quotes and backslashes literally', async () => {
    for (const value of ["a'b", '}']) expect(await User.count({ tags: { contains: [value] } })).toBe(1)
    for (const value of ["}'", '{NULL}', '"', '\\', "','"]) {
      expect(await User.count({ tags: { contains: [value] } })).toBe(0)
      expect(await User.count({ tags: { containsAny: [value] } })).toBe(0)
      expect(await User.count({ tags: value })).toBe(0)
    }
  })

  it('9 · lists: nested and too long ones are refused, null and empty ones mean what they say', async () => {
    await refused({ where: { name: { inq: [['a']] } } })
    await refused({ where: { name: { inq: [{ a: 1 }] } } })
    await refused({ where: { age: { inq: ['x'] } } })
    await refused({ where: { name: { inq: Array.from({ length: 100_000 }, () => 'a') } } })
    expect(await User.count({ age: { inq: [] } })).toBe(0)
    expect(await User.count({ token: { inq: [null] } })).toBe(2)
    expect(await User.count({ age: { inq: Array.from({ length: 9000 }, (_, n) => n) } })).toBe(3)
    expect(await User.count({ age: { nin: [] } })).toBe(3)
    expect(await User.destroyAll({ age: { inq: [] } })).toEqual({ count: 0 })
  })

  it('10 · operands that their operator can not take are refused', async () => {
    await refused({ where: { age: { between: [1] } } })
    await refused({ where: { age: { between: [1, 2, 3] } } })
    await refused({ where: { age: { between: 'x' } } })
    await refused({ where: { place: { near: 'nowhere' } } })
    await refused({ where: { place: { near: { lat: 'x', lng: 0 } } } })
    await refused({ where: { name: { regexp: '(' } } })
    await refused({ where: { name: { regexp: '[z-a]' } } })
    await refused({ where: { name: { like: { x: 1 } } } })
  })

  it('11 · % and _ count literally where text is meant', async () => {
    for (const [op, value] of [
      ['contains', '%_'],
      ['startsWith', '100%'],
      ['endsWith', '_sure'],
    ] as const) {
      expect((await User.find({ where: { name: { [op]: value } } })).map((one: AnyModel) => one.name)).toEqual(['100%_sure'])
    }
    expect(await User.count({ name: { contains: '%' } })).toBe(1)
    expect(await User.count({ name: { startsWith: '_' } })).toBe(0)
  })

  it('14 · an object without an operator never reaches the store', async () => {
    await refused({ where: { token: { token: 1 } } })
    await refused({ where: { token: {} } })
    await refused({ where: { or: [{ token: { length: 1 } }] } })
    await expect(User.updateAll({ token: { token: 1 } }, { name: 'x' })).rejects.toMatchObject({ statusCode: 400 })
    await expect(User.destroyAll({ token: { token: 1 } })).rejects.toMatchObject({ statusCode: 400 })
    expect(await User.count()).toBe(3)
  })

  it.each([
    { $where: '1' },
    { $$where: '1' },
    { name: { $ne: null } },
    { $expr: {} },
    { and: [{ $where: '1' }] },
    { name: { $function: 1 } },
  ])('15 · %j is refused', async (where) => {
    await refused({ where })
  })

  it('16 · an id is a value, never a condition', async () => {
    for (const id of [{ $ne: null }, { neq: null }, { gt: 0 }, [1]]) {
      for (const run of [
        () => User.findById(id),
        () => User.exists(id),
        () => User.destroyById(id),
        () => User.replaceById(id, { name: 'x' }),
        () => User.findByIds([id]),
      ]) {
        await expect(run()).rejects.toMatchObject({ statusCode: 400 })
      }
      await expect(User.upsert({ id, name: 'x' })).rejects.toMatchObject({ statusCode: 400 })
      await expect(User.replaceOrCreate({ id, name: 'x' })).rejects.toMatchObject({ statusCode: 400 })
    }
    expect(await User.findById('abc')).toBeNull()
    expect(await User.findById('1 OR 1=1')).toBeNull()
    expect(await User.count()).toBe(3)
  })

  it('18 · logic takes real arrays', async () => {
    await refused({ where: { or: { 0: { name: 'a' }, length: 1 } } })
    await refused({ where: { and: { 0: { name: 'a' } } } })
    await refused({ where: { nor: 'x' } })
    await refused({ where: { or: [null] } })
  })
})
