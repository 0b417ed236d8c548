import type { Profile } from '@reloop/compat'
import { closeAll, serve } from '../notes'
import { scene, type Scene } from './scene'

afterAll(closeAll)

async function tenants(compat: Profile = 'modern'): Promise<Scene> {
  const found = await scene(compat)
  const { app, add } = found
  app.tenant(async (ctx) => {
    const token = ctx.req.accessToken as { tenant?: string; userId?: string } | null
    if (token?.userId === 'root') return true
    if (token?.userId === 'broken') throw new Error('no')
    return token?.tenant
  })
  await add({
    name: 'Folder',
    properties: { name: 'string', tenantId: 'string' },
    tenant: 'tenantId',
    relations: { files: { type: 'hasMany', model: 'File', foreignKey: 'folderId' } },
  })
  await add({
    name: 'File',
    properties: { name: 'string', org: { type: 'string', tenant: true } },
    relations: { folder: { type: 'belongsTo', model: 'Folder', foreignKey: 'folderId' } },
  })
  return found
}

const a = { id: 't', userId: 1, tenant: 'a' }
const b = { id: 'u', userId: 2, tenant: 'b' }
const root = { id: 'r', userId: 'root' }

describe('59. tenants', () => {
  it.each(['modern', '3.x', '2.x'] as const)('see their own rows only, and rows get their tenant (%s)', async (compat) => {
    const { as } = await tenants(compat)
    expect((await as(a, 'POST', '/api/Folders', { name: 'x' })).body).toMatchObject({ id: 1, tenantId: 'a' })
    expect((await as(b, 'POST', '/api/Folders', [{ name: 'y' }])).body).toMatchObject([{ id: 2, tenantId: 'b' }])
    expect((await as(a, 'GET', '/api/Folders')).body).toHaveLength(1)
    expect((await as(root, 'GET', '/api/Folders')).body).toHaveLength(2)
    expect((await as(a, 'GET', '/api/Folders/count')).body).toEqual({ count: 1 })
    for (const [verb, path, body] of [
      ['GET', '/api/Folders/2', undefined],
      ['PATCH', '/api/Folders/2', { name: 'z' }],
      ['GET', '/api/Folders/2/files', undefined],
      ['PUT', '/api/Folders/2', { name: 'z' }],
    ] as const)
      expect([verb, path, (await as(a, verb, path, body)).status]).toEqual([verb, path, 404])
    expect((await as(a, 'DELETE', '/api/Folders/2')).body).toEqual({ count: 0 })
    expect((await as(root, 'GET', '/api/Folders/2')).body).toMatchObject({ name: 'y' })
  })

  it('do not take rows of another, nor give theirs away', async () => {
    const { as } = await tenants()
    await as(a, 'POST', '/api/Folders', { name: 'x' })
    expect((await as(a, 'POST', '/api/Folders', { name: 'x', tenantId: 'b' })).status).toBe(401)
    expect((await as(a, 'PATCH', '/api/Folders/1', { tenantId: 'b' })).status).toBe(401)
    expect((await as(a, 'POST', '/api/Folders/update?where={"name":"x"}', { tenantId: 'b' })).status).toBe(401)
    expect((await as(root, 'GET', '/api/Folders/1')).body).toMatchObject({ tenantId: 'a' })
  })

  it('do not point to rows of another', async () => {
    const { as } = await tenants()
    await as(a, 'POST', '/api/Folders', { name: 'x' })
    await as(b, 'POST', '/api/Folders', { name: 'y' })
    expect((await as(a, 'POST', '/api/Files', { name: 'f', folderId: 2 })).status).toBe(404)
    expect((await as(a, 'POST', '/api/Files', { name: 'f', folderId: 1 })).body).toMatchObject({ org: 'a' })
    expect((await as(a, 'PATCH', '/api/Files/1', { folderId: 2 })).status).toBe(404)
    expect((await as(a, 'POST', '/api/Folders/1/files', { name: 'g' })).body).toMatchObject({ org: 'a', folderId: 1 })
    expect((await as(a, 'GET', '/api/Files?filter={"include":"folder"}')).body).toMatchObject([{ folder: { name: 'x' } }, {}])
    expect((await as(b, 'GET', '/api/Files')).body).toEqual([])
  })

  it('are none where the resolver fails or says nothing: then nothing is there', async () => {
    const { as } = await tenants()
    for (const user of [undefined, { id: 'x', userId: 'broken' }, { id: 'x', userId: 3 }]) {
      expect((await as(user, 'GET', '/api/Folders')).status).toBe(401)
      expect((await as(user, 'POST', '/api/Folders', { name: 'x' })).status).toBe(401)
    }
  })
})

describe('tenants without access control', () => {
  async function shelves() {
    const { app, model, ask } = serve()
    app.tenant((ctx) => (ctx.req as unknown as { headers: Record<string, unknown> }).headers['x-tenant'])
    const owned = { tenantId: { type: 'string', tenant: true } as never, name: 'string' }
    const through = { through: 'Placing', type: 'hasMany' }
    const [Shelf, Book] = [
      model({
        name: 'Shelf',
        properties: owned,
        relations: { books: { ...through, model: 'Book', foreignKey: 'shelfId', keyThrough: 'bookId' } },
      }),
      model({ name: 'Book', properties: owned }),
    ]
    const Placing = model({
      name: 'Placing',
      properties: {},
      relations: {
        shelf: { type: 'belongsTo', model: 'Shelf', foreignKey: 'shelfId' },
        book: { type: 'belongsTo', model: 'Book', foreignKey: 'bookId' },
      },
    })
    for (const Model of [Shelf, Book])
      for (const tenantId of ['a', 'b']) await (Model.create as Function)({ tenantId, name: `of ${tenantId}` })
    const as = async (tenant: string | undefined, verb: string, path: string, body?: object) =>
      (await ask(verb, `/api${path}`, body, tenant === undefined ? {} : { 'x-tenant': tenant })).status
    return { as, placed: async () => (await (Placing.find as Function)()) as { bookId: number; shelfId: number }[] }
  }

  it('link no rows of another', async () => {
    const { as, placed } = await shelves()
    expect(await as('a', 'PUT', '/Shelves/1/books/rel/2')).toBe(404)
    expect(await as('b', 'PUT', '/Shelves/1/books/rel/2')).toBe(404)
    expect(await placed()).toEqual([])
    expect(await as('a', 'PUT', '/Shelves/1/books/rel/1')).toBe(200)
    expect(await placed()).toMatchObject([{ shelfId: 1, bookId: 1 }])
  })

  it('point to no rows of another from rows that belong to nobody', async () => {
    const { as, placed } = await shelves()
    expect(await as('a', 'POST', '/Placings', { shelfId: 1, bookId: 2 })).toBe(404)
    expect(await as(undefined, 'POST', '/Placings', { shelfId: 1, bookId: 1 })).toBe(404)
    expect(await placed()).toEqual([])
    expect(await as('a', 'POST', '/Placings', { shelfId: 1, bookId: 1 })).toBe(200)
    expect(await as('a', 'PATCH', '/Placings/1', { bookId: 2 })).toBe(404)
    expect(await placed()).toMatchObject([{ shelfId: 1, bookId: 1 }])
  })
})
