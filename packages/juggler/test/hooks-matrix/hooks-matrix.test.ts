import { overStores, type AnyModel, type Store } from '../stores'

interface World {
  readonly Thing: AnyModel
  readonly one: AnyModel
}

const hooks = ['access', 'before save', 'persist', 'loaded', 'after save', 'before delete', 'after delete'] as const
const members = ['query', 'instance', 'where', 'data', 'currentInstance', 'isNewInstance'] as const

/** Each call with the hooks it runs, in order, and what their contexts hold; `isNewInstance` with its value. */
const matrix: readonly (readonly [string, (world: World) => unknown, readonly string[]])[] = [
  ['find', ({ Thing }) => Thing.find(), ['access: query', 'loaded: data, isNewInstance false', 'loaded: data, isNewInstance false']],
  ['find of nothing', ({ Thing }) => Thing.find({ where: { name: 'none' } }), ['access: query']],
  ['find with notify false', ({ Thing }) => Thing.find({}, { notify: false }), []],
  ['findOne', ({ Thing }) => Thing.findOne(), ['access: query', 'loaded: data, isNewInstance false']],
  ['findById', ({ Thing }) => Thing.findById(1), ['access: query', 'loaded: data, isNewInstance false']],
  ['findByIds', ({ Thing }) => Thing.findByIds([1]), ['access: query', 'loaded: data, isNewInstance false']],
  ['count', ({ Thing }) => Thing.count(), ['access: query']],
  ['exists', ({ Thing }) => Thing.exists(1), ['access: query']],
  [
    'create',
    ({ Thing }) => Thing.create({ name: 'new' }),
    [
      'before save: instance, isNewInstance true',
      'persist: data, currentInstance, isNewInstance true',
      'loaded: data, isNewInstance true',
      'after save: instance, isNewInstance true',
    ],
  ],
  [
    'updateOrCreate of a row',
    ({ Thing }) => Thing.updateOrCreate({ id: 1, name: 'u' }),
    [
      'access: query',
      'before save: where, data',
      'persist: where, data, currentInstance',
      'loaded: data, isNewInstance false',
      'after save: instance, isNewInstance false',
    ],
  ],
  [
    'replaceOrCreate of a row',
    ({ Thing }) => Thing.replaceOrCreate({ id: 1, name: 'r' }),
    [
      'access: query',
      'before save: instance, isNewInstance false',
      'persist: where, data, currentInstance, isNewInstance false',
      'loaded: data, isNewInstance false',
      'after save: instance, isNewInstance false',
    ],
  ],
  [
    'findOrCreate of a row',
    ({ Thing }) => Thing.findOrCreate({ where: { name: 'one' } }, { name: 'one' }),
    ['access: query', 'loaded: data, isNewInstance false'],
  ],
  [
    'findOrCreate of nothing',
    ({ Thing }) => Thing.findOrCreate({ where: { name: 'none' } }, { name: 'none' }),
    [
      'access: query',
      'before save: instance, isNewInstance true',
      'persist: data, currentInstance, isNewInstance true',
      'loaded: data, isNewInstance true',
      'after save: instance, isNewInstance true',
    ],
  ],
  [
    'save',
    ({ one }) => one.save(),
    [
      'before save: instance',
      'persist: where, data, currentInstance',
      'loaded: data, isNewInstance false',
      'after save: instance, isNewInstance false',
    ],
  ],
  ...['updateAttributes', 'patchAttributes'].map(
    (name) =>
      [
        name,
        ({ one }: World) => one[name]({ name: 'p' }),
        [
          'before save: where, data, currentInstance',
          'persist: where, data, currentInstance, isNewInstance false',
          'loaded: data, isNewInstance false',
          'after save: instance, isNewInstance false',
        ],
      ] as const,
  ),
  ...['replaceById', 'replaceAttributes'].map(
    (name) =>
      [
        name,
        ({ Thing, one }: World) => (name === 'replaceById' ? Thing.replaceById(1, { name: 'r' }) : one.replaceAttributes({ name: 'r' })),
        [
          'before save: instance, isNewInstance false',
          'persist: where, data, currentInstance, isNewInstance false',
          'loaded: data, isNewInstance false',
          'after save: instance, isNewInstance false',
        ],
      ] as const,
  ),
  [
    'updateAll',
    ({ Thing }) => Thing.updateAll({ id: 1 }, { name: 'u' }),
    ['access: query', 'before save: where, data', 'persist: where, data', 'after save: where, data'],
  ],
  ['destroyAll', ({ Thing }) => Thing.destroyAll({ id: 1 }), ['access: query', 'before delete: where', 'after delete: where']],
  ['destroyById', ({ Thing }) => Thing.destroyById(1), ['access: query', 'before delete: where', 'after delete: where']],
  ['destroyAll with notify false', ({ Thing }) => Thing.destroyAll({}, { notify: false }), []],
  ['destroy', ({ one }) => one.destroy(), ['access: query', 'before delete: instance, where', 'after delete: instance, where']],
]

async function world(db: AnyModel): Promise<World> {
  const Thing = db.define('Thing', { name: { type: String, required: true } }, { forceId: false })
  await db.automigrate()
  const one = await Thing.create({ name: 'one' })
  await Thing.create({ name: 'two' })
  return { Thing, one }
}

function told(context: AnyModel): string {
  const there = members.filter((name) => context[name] !== undefined)
  return there.map((name) => (name === 'isNewInstance' ? `isNewInstance ${context.isNewInstance}` : name)).join(', ')
}

overStores((make: () => Store) => {
  it.each(matrix)('%s runs its hooks in order, each with its context', async (_title, call, expected) => {
    const here = await world(make().db)
    const seen: string[] = []
    for (const hook of hooks) {
      here.Thing.observe(hook, async (context: AnyModel) => {
        expect(context.Model).toBe(here.Thing)
        expect(context.options).toEqual(expect.any(Object))
        seen.push(`${hook}: ${told(context)}`)
      })
    }
    await call(here)
    expect(seen).toEqual(expected)
  })

  it('keeps one hookState for the hooks of a call, and another for the next call', async () => {
    const { Thing } = await world(make().db)
    const states: object[] = []
    for (const hook of ['before save', 'persist', 'after save'])
      Thing.observe(hook, async (context: AnyModel) => void states.push(context.hookState))
    await Thing.create({ name: 'a' })
    await Thing.create({ name: 'b' })
    expect(new Set(states.slice(0, 3)).size).toBe(1)
    expect(new Set(states).size).toBe(2)
  })
})
