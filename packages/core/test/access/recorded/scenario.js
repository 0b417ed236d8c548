'use strict'
/* An application with rules of every kind, and who asks it for what. It is built alike on the originals and on Reloop. */

const rule = (principalId, permission, more) => ({ principalType: 'ROLE', principalId, permission, ...more })
const deny = rule('$everyone', 'DENY')
const user = { type: 'belongsTo', model: 'User', foreignKey: 'authorId' }
const other = { type: 'belongsTo', model: 'User', foreignKey: 'editorId' }

const models = {
  Open: { acls: [] },
  Closed: { acls: [deny] },
  Reader: { acls: [deny, rule('$authenticated', 'ALLOW', { accessType: 'READ' })] },
  Guest: { acls: [deny, rule('$unauthenticated', 'ALLOW', { accessType: 'READ' })] },
  Owned: { acls: [deny, rule('$owner', 'ALLOW')] },
  Held: { acls: [deny, rule('$owner', 'ALLOW')], properties: { owner: 'string' }, bare: true },
  Written: { acls: [deny, rule('$owner', 'ALLOW')], relations: { author: user, editor: other }, bare: true },
  Admin: { acls: [deny, rule('admin', 'ALLOW')] },
  Method: {
    acls: [rule('$everyone', 'DENY', { property: 'find' }), rule('admin', 'ALLOW'), rule('$owner', 'DENY', { property: 'findById' })],
  },
  Several: { acls: [deny, rule('$everyone', 'ALLOW', { property: ['find', 'count'], accessType: 'READ' })] },
  Execute: { acls: [deny, rule('$everyone', 'ALLOW', { accessType: 'EXECUTE' })] },
  Single: {
    acls: [deny, { principalType: 'USER', principalId: '2', permission: 'ALLOW' }, rule('editor', 'ALLOW', { accessType: 'WRITE' })],
  },
  Ties: { acls: [rule('admin', 'ALLOW'), rule('admin', 'DENY'), rule('editor', 'ALLOW')] },
  Shut: { acls: [rule('$everyone', 'ALLOW', { property: 'count' })], settings: { defaultPermission: 'DENY' } },
  Hidden: { acls: [deny, rule('admin', 'ALLOW', { property: 'count' })], settings: { aclErrorStatus: 404 } },
  Forbidden: { acls: [deny], settings: { aclErrorStatus: 403 } },
  Stored: { acls: [] },
  Audited: { acls: [deny, rule('$authenticated', 'AUDIT', { accessType: 'READ' }), rule('editor', 'ALARM', { accessType: 'WRITE' })] },
  Related: { acls: [deny, rule('$related', 'ALLOW'), rule('$everyone', 'ALLOW', { property: 'greet' })] },
}

const stored = [
  { model: 'Stored', property: '*', accessType: '*', principalType: 'ROLE', principalId: '$everyone', permission: 'DENY' },
  { model: 'Stored', property: 'find', accessType: 'READ', principalType: 'ROLE', principalId: '$authenticated', permission: 'ALLOW' },
  { model: 'Stored', property: 'count', accessType: 'EXECUTE', principalType: 'ROLE', principalId: '$everyone', permission: 'ALLOW' },
  { model: 'Stored', property: '*', accessType: 'WRITE', principalType: 'USER', principalId: '1', permission: 'ALLOW' },
]

exports.build = async function build(app, line) {
  const { registry } = app
  app.enableAuth({ dataSource: app.dataSources.db })
  const made = []
  for (const [name, { acls, properties, relations = {}, settings = {}, bare }] of Object.entries(models)) {
    const columns = { text: 'string', ...(bare ? {} : { userId: 'string' }), ...properties }
    const Model = registry.createModel(name, columns, { plural: name, acls, relations, ...settings })
    Model.greet = (cb) => cb(null, 'hello')
    Model.prototype.wave = (cb) => cb(null, 'hi')
    Model.remoteMethod('greet', { isStatic: true, returns: { arg: 'text', type: 'string' }, http: { verb: 'get', path: '/greet' } })
    Model.remoteMethod(line === '2.x' ? 'wave' : 'prototype.wave', {
      isStatic: line === '2.x' ? false : undefined,
      returns: { arg: 'text', type: 'string' },
      http: { verb: 'post', path: '/wave' },
    })
    app.model(Model, { dataSource: app.dataSources.db })
    made.push(Model)
  }
  const [User, Token, Role, Mapping, Acl] = ['User', 'AccessToken', 'Role', 'RoleMapping', 'ACL'].map((name) => registry.getModel(name))
  for (const name of ['ann', 'bob', 'root']) await User.create({ email: `${name}@example.com`, password: 'password-1' })
  for (const [id, userId] of Object.entries({ ann: 1, bob: 2, root: 3 })) await Token.create({ id, userId })
  const role = await Role.create({ name: 'admin' })
  await Mapping.create({ principalType: 'USER', principalId: '3', roleId: role.id })
  Role.registerResolver('editor', (name, context, cb) =>
    process.nextTick(() => cb(null, context.accessToken && context.accessToken.userId === 2)),
  )
  for (const entry of stored) await Acl.create(entry)
  for (const Model of made)
    for (const id of [1, 2]) await Model.create({ text: `t${id}`, userId: String(id), owner: String(id), authorId: id, editorId: 3 - id })
}

const calls = [
  ['GET', ''],
  ['GET', '/1'],
  ['GET', '/99'],
  ['GET', '/1/exists'],
  ['HEAD', '/2'],
  ['GET', '/count'],
  ['GET', '/findOne'],
  ['GET', '/greet'],
  ['POST', '/1/wave'],
  ['POST', '/update?where={"text":"none"}', { text: 'x' }],
  ['PATCH', '/1', { text: 'x' }],
  ['DELETE', '/98'],
  ['GET', '?id=1'],
]

exports.requests = Object.keys(models).flatMap((name) =>
  ['', 'ann', 'bob', 'root'].flatMap((token) =>
    calls.map(([verb, path, body]) => ({
      verb,
      path: `/api/${name}${path}`,
      headers: { ...(token && { authorization: token }), ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    })),
  ),
)

/** What of an answer tells the decision. */
exports.decision = ({ status, body }) =>
  [status, (body && body.error && body.error.code) || undefined].filter((part) => part !== undefined).join(' ')
