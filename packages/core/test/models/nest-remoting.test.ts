import type { HttpContext } from '@reloop/remoting'
import { closeAll, serve, type Served } from '../notes'

afterAll(closeAll)

type Nesting = { nestRemoting(name: string, options?: unknown, filter?: unknown): void }

/** Shops with shelves with books; each shop has a manager. */
function shop(compat: '2.x' | 'modern' = 'modern', options: object = {}): Served {
  const served = serve(compat)
  const { model } = served
  const nested = { ...options }
  model({
    name: 'Shop',
    properties: { name: 'string' },
    relations: { shelves: { type: 'hasMany', model: 'Shelf', options: nested }, manager: { type: 'hasOne', model: 'Person' } },
  })
  model({ name: 'Shelf', properties: { name: 'string' }, relations: { books: { type: 'hasMany', model: 'Book' } } })
  model({ name: 'Book', properties: { title: { type: 'string', required: true } } })
  model({
    name: 'Person',
    properties: { name: 'string' },
    relations: { books: { type: 'hasMany', model: 'Book', foreignKey: 'readerId' } },
  })
  return served
}

async function fill({ ask }: Served): Promise<void> {
  await ask('POST', '/api/Shops', { name: 's' })
  await ask('POST', '/api/Shops/1/shelves', [{ name: 'a' }, { name: 'b' }])
  await ask('POST', '/api/Shelves/1/books', [{ title: 'x' }, { title: 'y' }])
}

describe('nestRemoting', () => {
  it('offers the relations of related records below their owner, with its own names for path and parameter', async () => {
    const served = shop()
    const { ask, app } = served
    ;(app.models.Shop as unknown as Nesting).nestRemoting('shelves', { pathName: 'racks', paramName: 'rack' })
    await fill(served)
    expect((await ask('GET', '/api/Shops/1/racks/1/books')).body.map(({ title }: { title: string }) => title)).toEqual(['x', 'y'])
    expect((await ask('GET', '/api/Shops/1/racks/2/books/count')).body).toEqual({ count: 0 })
    expect((await ask('POST', '/api/Shops/1/racks/2/books', { title: 'z' })).body).toEqual({ id: 3, title: 'z', shelfId: 2 })
    expect((await ask('POST', '/api/Shops/1/racks/2/books', {})).status).toBe(422)
    expect((await ask('DELETE', '/api/Shops/1/racks/2/books/3')).status).toBe(204)
    expect((await ask('GET', '/api/Shops/1/racks/9/books')).status).toBe(404)
    expect((await ask('GET', '/api/Shops/9/racks/1/books')).status).toBe(404)
    const { routes } = app
      .contract()
      .classes.find(({ name }) => name === 'Shop')!
      .methods.find(({ name }) => name.endsWith('__get__shelves__books'))!
    expect(routes).toEqual([expect.objectContaining({ verb: 'get', path: '/:id/racks/:rack/books' })])
  })

  it('works in JavaScript as well, with callbacks or promises', async () => {
    const served = shop()
    const Shop = served.app.models.Shop!
    ;(Shop as unknown as Nesting).nestRemoting('shelves')
    await fill(served)
    const found = (await (Shop.findById as Function)(1)) as Record<string, Function>
    expect(await found.__get__shelves__books!(1)).toHaveLength(2)
    expect(await new Promise((resolve) => found.__count__shelves__books!(1, {}, (_: unknown, count: number) => resolve(count)))).toBe(2)
  })

  it('reaches to-one relations without a parameter; without a record in between there is null', async () => {
    const served = shop()
    const { ask, app } = served
    ;(app.models.Shop as unknown as Nesting).nestRemoting('manager')
    await fill(served)
    expect((await ask('GET', '/api/Shops/1/manager/books')).body).toBeNull()
    await ask('POST', '/api/Shops/1/manager', { name: 'm' })
    expect((await ask('GET', '/api/Shops/1/manager/books')).body).toEqual([])
  })

  it('runs the hooks of both methods, or only its own', async () => {
    for (const hooks of [true, false]) {
      const served = shop()
      const { Shop, Shelf } = served.app.models
      const seen: string[] = []
      ;(Shop as unknown as Nesting).nestRemoting('shelves', { hooks })
      Shelf!.beforeRemote('prototype.__get__books', async (ctx: HttpContext) => void seen.push(`before ${ctx.methodString}`))
      Shelf!.afterRemote('prototype.__get__books', async () => void seen.push('after'))
      Shop!.beforeRemote('prototype.__get__shelves__books', async () => void seen.push('own'))
      served.app.remotes().before('**', async () => void seen.push('all'))
      await fill(served)
      seen.length = 0
      await served.ask('GET', '/api/Shops/1/shelves/1/books')
      const expected = hooks ? ['own', 'all', 'before Shop.prototype.__get__shelves__books', 'after'] : ['own', 'all']
      expect([...seen].sort()).toEqual([...expected].sort())
    }
  })

  it('takes names from a filter, and refuses what is not there', async () => {
    const served = shop()
    const Shop = served.app.models.Shop as unknown as Nesting
    const onlyReads = (method: { name: string }, relation: { name: string }) =>
      method.name.startsWith('__get__') ? `see_${relation.name}` : undefined
    Shop.nestRemoting('shelves', {}, onlyReads)
    await fill(served)
    expect((await served.ask('GET', '/api/Shops/1/shelves/1/books')).body).toHaveLength(2)
    expect((await served.ask('GET', '/api/Shops/1/shelves/1/books/count')).status).toBe(404)
    expect(() => Shop.nestRemoting('nothing')).toThrow('Relation `nothing` does not exist for model `Shop`')
    expect(() => Shop.nestRemoting('manager', { getterName: 'nowhere' })).toThrow('Invalid remote method: `nowhere`')
  })

  it('happens by the option of a relation, whatever comes first, and in both directions', async () => {
    const served = shop('modern', { nestRemoting: true })
    await fill(served)
    expect((await served.ask('GET', '/api/Shops/1/shelves/1/books')).body).toHaveLength(2)
    const both = serve()
    both.model({
      name: 'A',
      properties: { n: 'number' },
      relations: { bs: { type: 'hasMany', model: 'B', options: { nestRemoting: true } } },
    })
    both.model({
      name: 'B',
      properties: { n: 'number' },
      relations: { a: { type: 'belongsTo', model: 'A', options: { nestRemoting: true } } },
    })
    await both.ask('POST', '/api/As', { n: 1 })
    await both.ask('POST', '/api/As/1/bs', { n: 2 })
    expect((await both.ask('GET', '/api/As/1/bs/1/a')).body).toEqual({ id: 1, n: 1 })
    expect((await both.ask('GET', '/api/Bs/1/a/bs')).body).toHaveLength(1)
    expect((await shopAsked('2.x')).status).toBe(404)
  })

  it('is judged as a method of the owner, and the filter of a client never reaches hidden properties', async () => {
    const { ask, app, model } = serve()
    model({
      name: 'Shop',
      properties: { name: 'string' },
      relations: { shelves: { type: 'hasMany', model: 'Shelf', options: { nestRemoting: true } } },
    })
    model({ name: 'Shelf', properties: { name: 'string' }, relations: { books: { type: 'hasMany', model: 'Book' } } })
    model({ name: 'Book', properties: { title: 'string', secret: 'string' }, hidden: ['secret'] })
    await ask('POST', '/api/Shops', {})
    await ask('POST', '/api/Shops/1/shelves', {})
    await ask('POST', '/api/Shops/1/shelves/1/books', { title: 'x', secret: 's' })
    expect((await ask('GET', '/api/Shops/1/shelves/1/books?filter[where][secret]=s')).status).toBe(400)
    expect(app.remotes().findMethod('Shop.prototype.__get__shelves__books')?.accessType).toBe('READ')
  })
})

async function shopAsked(compat: '2.x') {
  const served = shop(compat, { nestRemoting: true })
  await fill(served)
  return served.ask('GET', '/api/Shops/1/shelves/1/books')
}
