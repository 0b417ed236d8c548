import { AccessContext, AccessRequest, Principal } from '../../src'
import { closeAll } from '../notes'
import { allow, deny, scene, type Registering } from './scene'

afterAll(closeAll)

interface AclClass {
  [name: string]: unknown
  checkPermission(...args: unknown[]): Promise<AccessRequest>
  checkAccessForContext(...args: unknown[]): Promise<AccessRequest>
  checkAccessForToken(...args: unknown[]): Promise<boolean>
  isMappedToRole(...args: unknown[]): Promise<boolean>
  resolvePrincipal(...args: unknown[]): Promise<{ name?: string } | null>
  getStaticACLs(model: string, property: string): { permission: string; property: string }[]
  resolvePermission(rules: object[], request: AccessRequest): AccessRequest
  create(data: object): Promise<{ score(request: AccessRequest): number }>
}

interface RoleClass extends Registering {
  isInRole(role: string, context: object): Promise<boolean>
  getRoles(context: object, options?: object): Promise<unknown[]>
  isOwner(...args: unknown[]): Promise<boolean>
  isAuthenticated(context: object): Promise<boolean>
  create(
    data: object,
  ): Promise<{ id: unknown; users(): Promise<unknown[]>; roles(): Promise<unknown[]>; applications(): Promise<unknown[]> }>
}

async function stores() {
  const found = await scene()
  const { app } = found
  const [ACL, Role, RoleMapping, Scope] = ['ACL', 'Role', 'RoleMapping', 'Scope'].map((name) =>
    app.model(app.registry.getModel(name), { dataSource: 'db', public: false }),
  )
  await found.add(
    {
      name: 'Note',
      properties: { text: 'string', userId: 'string' },
      acls: [deny('$everyone', { property: 'count' }), { ...allow('x'), principalType: 'USER', principalId: 'u' }],
    },
    [{ userId: 'ann' }],
  )
  return { ...found, ACL: ACL as unknown as AclClass, Role: Role as unknown as RoleClass, RoleMapping: RoleMapping!, Scope: Scope! }
}

describe('ACL in JavaScript', () => {
  it('has the original’s constants', async () => {
    const { ACL } = await stores()
    expect([ACL.ALL, ACL.DENY, ACL.READ, ACL.APPLICATION, ACL.ROLE, ACL.DEFAULT_SCOPE]).toEqual([
      '*',
      'DENY',
      'READ',
      'APP',
      'ROLE',
      'DEFAULT',
    ])
  })

  it('checks a permission: settings first, then the store, EXECUTE among it', async () => {
    const { ACL } = await stores()
    expect((await ACL.checkPermission('USER', 'u', 'Note', 'find', 'READ')).permission).toBe('ALLOW')
    await ACL.create({
      principalType: 'USER',
      principalId: 'u',
      model: 'Note',
      property: 'find',
      accessType: 'EXECUTE',
      permission: 'DENY',
    })
    expect((await ACL.checkPermission('USER', 'u', 'Note', 'find', 'READ')).permission).toBe('DENY')
    expect((await ACL.checkPermission('ROLE', '$everyone', 'Note', 'count', 'READ')).isAllowed()).toBe(false)
    await new Promise<void>((resolve) => {
      ;(ACL.checkPermission as Function)('USER', 'u', 'Note', 'find', 'READ', (error: unknown, access: AccessRequest) => {
        expect([error, access.permission]).toEqual([null, 'DENY'])
        resolve()
      })
    })
  })

  it('checks a context, and a token', async () => {
    const { ACL, app } = await stores()
    const context = new AccessContext({
      registry: app.registry,
      model: 'Note',
      property: 'count',
      accessType: 'READ',
      accessToken: { userId: 'u' },
    })
    expect((await ACL.checkAccessForContext(context)).permission).toBe('DENY')
    expect(await ACL.checkAccessForToken({ userId: 'u' }, 'Note', undefined, 'find')).toBe(true)
    expect(await ACL.checkAccessForToken({ userId: 'u' }, 'Note', undefined, 'count')).toBe(false)
  })

  it('gives static rules as records, scores and resolves', async () => {
    const { ACL } = await stores()
    expect(ACL.getStaticACLs('Note', 'count')).toMatchObject([
      { property: 'count', permission: 'DENY' },
      { property: '*', permission: 'ALLOW' },
    ])
    const rule = await ACL.create({ principalType: 'ROLE', principalId: '$everyone', model: 'Note', property: 'find', accessType: 'READ' })
    const request = new AccessRequest('Note', 'find', 'READ')
    expect(rule.score(request)).toBe(8132)
    expect(ACL.resolvePermission([rule as never], request).permission).toBe('ALLOW')
  })

  it('resolves principals and mappings', async () => {
    const { ACL, Role, RoleMapping, app } = await stores()
    const role = await Role.create({ name: 'boss' })
    const user = await (app.registry.getModelByType('User').create as Function)({ email: 'a@example.com', password: 'password-1' })
    await (RoleMapping.create as Function)({ roleId: role.id, principalType: 'USER', principalId: String(user.id) })
    expect((await ACL.resolvePrincipal('ROLE', 'boss'))?.name).toBe('boss')
    expect([await ACL.isMappedToRole('USER', 'a@example.com', 'boss'), await ACL.isMappedToRole('USER', 'a@example.com', 'other')]).toEqual(
      [true, false],
    )
  })
})

describe('Role in JavaScript', () => {
  it('answers who is in a role, with a promise or a callback', async () => {
    const { Role, RoleMapping, app } = await stores()
    const role = await Role.create({ name: 'boss' })
    await (RoleMapping.create as Function)({ roleId: role.id, principalType: 'USER', principalId: '7' })
    const as = (userId: unknown) => new AccessContext({ registry: app.registry, accessToken: { userId }, model: 'Note', modelId: 1 })
    expect([await Role.isInRole('boss', as(7)), await Role.isInRole('boss', as(8)), await Role.isInRole('nobody', as(7))]).toEqual([
      true,
      false,
      false,
    ])
    expect([await Role.isInRole('$owner', as('ann')), await Role.isInRole('$owner', as('bob'))]).toEqual([true, false])
    expect([
      await Role.isInRole('$everyone', as(undefined)),
      await Role.isInRole('$unauthenticated', as(undefined)),
      await Role.isInRole('$related', as(7)),
    ]).toEqual([true, true, false])
    expect([await Role.isAuthenticated(as(7)), await Role.isAuthenticated(as(undefined))]).toEqual([true, false])
    expect(await Role.isInRole('team', { registry: app.registry, principals: [new Principal('ROLE', 'team')] })).toBe(true)
    await new Promise<void>((resolve) => {
      ;(Role.isInRole as Function)('boss', as(7), (error: unknown, is: boolean) => {
        expect([error, is]).toEqual([null, true])
        resolve()
      })
    })
  })

  it('lists roles: names of those that nobody is mapped to, ids of the others or their names', async () => {
    const { Role, RoleMapping, app } = await stores()
    const role = await Role.create({ name: 'boss' })
    await (RoleMapping.create as Function)({ roleId: role.id, principalType: 'USER', principalId: '7' })
    const context = new AccessContext({ registry: app.registry, accessToken: { userId: 7 } })
    expect(await Role.getRoles(context)).toEqual(['$authenticated', '$everyone', role.id])
    expect(await Role.getRoles(context, { returnOnlyRoleNames: true })).toEqual(['$authenticated', '$everyone', 'boss'])
  })

  it('knows owners and the holders of a role', async () => {
    const { Role, RoleMapping, app } = await stores()
    expect([await Role.isOwner('Note', 1, 'ann'), await Role.isOwner('Note', 1, 'bob'), await Role.isOwner('Note', 9, 'ann')]).toEqual([
      true,
      false,
      false,
    ])
    const [role, child] = [await Role.create({ name: 'boss' }), await Role.create({ name: 'child' })]
    const user = await (app.registry.getModelByType('User').create as Function)({ email: 'a@example.com', password: 'password-1' })
    const mapping = await (RoleMapping.create as Function)({ roleId: role.id, principalType: 'USER', principalId: String(user.id) })
    await (RoleMapping.create as Function)({ roleId: role.id, principalType: 'ROLE', principalId: String(child.id) })
    expect([(await role.users()).length, (await role.roles()).length, (await role.applications()).length]).toEqual([1, 1, 0])
    expect([(await mapping.user()).email, await mapping.childRole()]).toEqual(['a@example.com', null])
  })

  it('refuses a second role of a name', async () => {
    const { Role } = await stores()
    await Role.create({ name: 'boss' })
    await expect(Role.create({ name: 'boss' })).rejects.toMatchObject({ statusCode: 422 })
  })
})

describe('Scope in JavaScript', () => {
  it('checks what a scope may', async () => {
    const { Scope, ACL } = await stores()
    const scope = await (Scope.create as Function)({ name: 'reader' })
    await ACL.create({
      principalType: 'SCOPE',
      principalId: String(scope.id),
      model: 'Note',
      property: '*',
      accessType: 'WRITE',
      permission: 'DENY',
    })
    const check = Scope.checkPermission as (...args: unknown[]) => Promise<AccessRequest>
    expect((await check.call(Scope, 'reader', 'Note', '*', 'WRITE')).permission).toBe('DENY')
    expect((await check.call(Scope, 'reader', 'Note', '*', 'READ')).permission).toBe('ALLOW')
  })
})

describe('a context', () => {
  it('tells who asks', async () => {
    const { app } = await stores()
    const context = new AccessContext({ registry: app.registry, model: 'Note', accessToken: { userId: 5, appId: 'a' }, id: 7 })
    expect([
      context.getUserId(),
      context.getAppId(),
      context.isAuthenticated(),
      context.modelId,
      context.property,
      context.accessType,
    ]).toEqual([5, 'a', true, 7, '*', '*'])
    expect([context.addPrincipal('USER', '5'), context.addPrincipal('ROLE', 'x')]).toEqual([false, true])
    expect(context.getUser()).toEqual({ id: 5, principalType: 'USER' })
  })
})

describe('DEBUG=loopback:security:*', () => {
  it('explains a decision, without secrets', async () => {
    const before = process.env.DEBUG
    process.env.DEBUG = 'loopback:security:*'
    const told: string[] = []
    const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => (told.push(String(text)), true))
    const { as, add } = await scene()
    await add({ name: 'Page', properties: {}, acls: [deny('$everyone'), allow('admin')] })
    await as({ id: 'the-secret-token', userId: 'admin' }, 'GET', '/api/Pages')
    write.mockRestore()
    process.env.DEBUG = before
    const text = told.join('')
    expect(text).toContain('loopback:security:role in role "admin"')
    expect(text).toContain('loopback:security:acl Page.find READ: ALLOW')
    expect(text).not.toContain('the-secret-token')
  })
})
