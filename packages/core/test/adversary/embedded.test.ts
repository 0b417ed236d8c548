import { closeAll } from '../notes'
import { allow, deny, scene, type Scene } from '../access/scene'

afterAll(closeAll)

/** A shop whose addresses are embedded: `code` is hidden, `rent` is for admins. */
async function shops(acls: readonly object[] = []): Promise<Scene> {
  const found = await scene()
  await found.add({
    name: 'Address',
    properties: { id: { type: 'number', id: true, generated: false }, city: 'string', code: 'string', rent: 'number' },
    hidden: ['code'],
    acls: [allow('admin', { fields: ['rent'] }), ...acls],
  })
  await found.add(
    {
      name: 'Shop',
      properties: { name: 'string' },
      relations: {
        place: { type: 'embedsOne', model: 'Address', property: 'placeOf' },
        places: { type: 'embedsMany', model: 'Address', property: 'placesOf' },
      },
    },
    [{ name: 'a', placeOf: { id: 1, city: 'c', code: 's', rent: 7 }, placesOf: [{ id: 1, city: 'c', code: 's', rent: 7 }] }],
  )
  return found
}

describe('an embedded record', () => {
  it.each(['where', 'order'])('must not be an oracle for what is hidden in it: %s', async (part) => {
    const { as } = await shops()
    for (const name of ['code', 'rent']) {
      const filter = JSON.stringify({ [part]: part === 'where' ? { [name]: 's' } : `${name} ASC` })
      expect([name, (await as(1, 'GET', `/api/Shops/1/places?filter=${filter}`)).status]).toEqual([name, 400])
    }
    expect((await as(1, 'GET', '/api/Shops/1/places/count?where={"code":"s"}')).status).toBe(400)
    expect((await as('admin', 'GET', '/api/Shops/1/places?filter={"where":{"rent":7}}')).body).toHaveLength(1)
  })

  it.each(['place', 'places', 'places/1'])('must not show the fields of others over its relation: %s', async (path) => {
    const { as } = await shops()
    const { status, body } = await as(1, 'GET', `/api/Shops/1/${path}`)
    expect([status, JSON.stringify(body)]).toEqual([200, expect.not.stringMatching(/rent|code/)])
    expect(JSON.stringify((await as('admin', 'GET', `/api/Shops/1/${path}`)).body)).toMatch(/"rent":7/)
  })

  it.each([
    ['PUT', 'places/1'],
    ['POST', 'places'],
    ['PUT', 'place'],
  ] as const)('must not take fields that the caller may not write: %s %s', async (verb, path) => {
    const { as, app } = await shops()
    const data = { id: verb === 'POST' ? 2 : 1, rent: 0 }
    expect((await as(1, verb, `/api/Shops/1/${path}`, data)).status).toBe(401)
    expect(JSON.stringify(await (app.models.Shop!.findById as Function)(1))).not.toMatch(/"rent":0/)
    expect((await as(1, verb, `/api/Shops/1/${path}`, { id: data.id, city: 'd' })).status).toBe(200)
  })

  it.each([
    ['GET', 'places'],
    ['GET', 'place'],
    ['GET', 'places/1'],
    ['GET', 'places/count'],
    ['PUT', 'places/1'],
    ['DELETE', 'places/1'],
  ] as const)('must not be reached over its relation where its model is closed: %s %s', async (verb, path) => {
    const { as } = await shops([deny('$everyone')])
    expect((await as(1, verb, `/api/Shops/1/${path}`, verb === 'PUT' ? { city: 'd' } : undefined)).status).toBe(401)
  })
})
