import { closeAll, serve } from '../notes'
import { allow, deny } from './scene'

afterAll(closeAll)

/** Two user models, each with ids of its own, whose tokens say which one they are of. */
async function twoKinds() {
  const served = serve('3.x')
  const { app, model, ask } = served
  const { registry } = app
  const accessTokens = {
    type: 'hasMany',
    model: 'Token',
    foreignKey: 'userId',
    polymorphic: { foreignKey: 'userId', discriminator: 'principalType' },
  }
  const acls = [allow('$owner', { property: 'findById' })]
  const Customer = registry.createModel({ name: 'Customer', base: 'User', properties: {}, relations: { accessTokens }, acls })
  const Merchant = registry.createModel({ name: 'Merchant', base: 'User', properties: {}, relations: { accessTokens }, acls })
  const Token = registry.createModel({
    name: 'Token',
    base: 'AccessToken',
    properties: {},
    relations: {
      user: { type: 'belongsTo', idName: 'id', polymorphic: { idType: 'string', foreignKey: 'userId', discriminator: 'principalType' } },
    },
  })
  app.model(Token, { dataSource: 'db', public: false })
  for (const User of [Customer, Merchant]) app.model(User, { dataSource: 'db' })
  for (const name of ['Role', 'RoleMapping']) app.model(registry.getModel(name), { dataSource: 'db', public: false })
  app.enableAuth()
  const made: string[] = []
  for (const User of [Customer, Merchant]) {
    const user = (await (User.create as Function)({ email: 'a@example.com', password: 'password-1' })) as { id: unknown }
    const token = (await (Token.create as Function)({ userId: user.id, principalType: User.modelName })) as { id: string }
    made.push(token.id)
    expect(String(user.id)).toBe('1')
  }
  const [customer, merchant] = made as [string, string]
  return {
    ...served,
    model,
    customer,
    merchant,
    as: (token: string, path: string) => ask('GET', path, undefined, { authorization: token }),
  }
}

describe('with several user models', () => {
  it('an id alone says nothing about whose it is', async () => {
    const { as, customer, merchant } = await twoKinds()
    const statuses = []
    for (const [token, path] of [
      [customer, '/api/Customers/1'],
      [merchant, '/api/Customers/1'],
      [customer, '/api/Merchants/1'],
      [merchant, '/api/Merchants/1'],
    ] as const)
      statuses.push((await as(token, path)).status)
    expect(statuses).toEqual([200, 401, 401, 200])
  })

  it('an owner is of the model that the relation leads to', async () => {
    const { as, customer, merchant, model } = await twoKinds()
    const Shop = model({
      name: 'Shop',
      properties: {},
      acls: [deny('$everyone'), allow('$owner')],
      relations: { merchant: { type: 'belongsTo', model: 'Merchant', foreignKey: 'merchantId' } },
    })
    await (Shop.create as Function)({ merchantId: 1 })
    expect([(await as(customer, '/api/Shops/1')).status, (await as(merchant, '/api/Shops/1')).status]).toEqual([401, 200])
  })

  it('roles are mapped by type and id', async () => {
    const { as, customer, merchant, model, app } = await twoKinds()
    const Page = model({
      name: 'Page',
      properties: {},
      acls: [deny('$everyone'), allow('seller'), { principalType: 'Customer', principalId: '1', permission: 'ALLOW', property: 'count' }],
    })
    void Page
    const role = await (app.registry.getModel('Role').create as Function)({ name: 'seller' })
    await (app.registry.getModel('RoleMapping').create as Function)({ roleId: role.id, principalType: 'Merchant', principalId: '1' })
    const statuses = []
    for (const [token, path] of [
      [customer, ''],
      [merchant, ''],
      [customer, '/count'],
      [merchant, '/count'],
    ] as const)
      statuses.push((await as(token, `/api/Pages${path}`)).status)
    expect(statuses).toEqual([401, 200, 200, 200])
  })
})
