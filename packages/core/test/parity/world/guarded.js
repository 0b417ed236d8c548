'use strict'

const rule = (permission, principalId, more) => ({ accessType: '*', permission, principalType: 'ROLE', principalId, ...more })

/** Models with rules for each kind of principal. */
exports.guarded = function guarded({ add, app, line }) {
  const Role = app.registry.getModel('Role')
  Role.registerResolver('early', (role, ctx, cb) => process.nextTick(() => cb(null, ctx.accessToken && ctx.accessToken.userId === 2)))
  Role.registerResolver('failing', (role, ctx, cb) =>
    process.nextTick(() => cb(Object.assign(new Error('cannot tell'), { statusCode: 503 }))),
  )
  add({
    name: 'Order',
    properties: { item: { type: 'string', required: true }, userId: 'number' },
    relations: { user: { type: 'belongsTo', model: 'User' }, lines: { type: 'hasMany', model: 'Line' } },
    acls: [
      rule('DENY', '$everyone'),
      rule('ALLOW', '$authenticated', { property: 'create' }),
      rule('ALLOW', '$owner'),
      rule('ALLOW', 'admin', { accessType: 'READ' }),
      rule('ALLOW', '$owner', { property: '__get__lines' }),
      rule('DENY', '$everyone', { property: '__delete__lines' }),
    ],
  })
  add({ name: 'Line', properties: { text: 'string' } })
  add({
    name: 'Report',
    properties: { title: 'string' },
    aclErrorStatus: 403,
    acls: [
      rule('DENY', '$everyone'),
      rule('ALLOW', 'editor', { accessType: 'READ' }),
      rule('ALLOW', 'admin'),
      rule('ALLOW', '$unauthenticated', { property: 'count' }),
      rule('DENY', 'admin', { property: 'deleteById' }),
    ],
  })
  add({
    name: 'Safe',
    plural: 'safes',
    properties: { title: 'string' },
    aclErrorStatus: 404,
    acls: [rule('DENY', '$everyone'), rule('ALLOW', '$owner'), rule('ALLOW', '$authenticated', { property: 'create' })],
    relations: { owner: { type: 'belongsTo', model: 'User', foreignKey: 'ownerId' } },
  })
  add({ name: 'Invoice', properties: { sum: 'number' } })
  add({
    name: 'Memo',
    properties: { text: 'string', memberOf: 'number' },
    relations: { member: { type: 'belongsTo', model: 'User', foreignKey: 'memberOf' } },
    acls: [
      rule('DENY', '$everyone', { accessType: 'WRITE' }),
      rule('ALLOW', '$owner', { accessType: 'WRITE' }),
      { accessType: 'WRITE', permission: 'ALLOW', principalType: 'USER', principalId: '4', property: 'create' },
    ],
  })
  add({
    name: 'Plan',
    properties: { text: 'string' },
    defaultPermission: 'DENY',
    acls: [rule('ALLOW', 'early', { accessType: 'READ' }), rule('ALLOW', '$everyone', { property: 'go' })],
  })
  add({
    name: 'Shaky',
    properties: { text: 'string' },
    acls: [rule('DENY', '$everyone'), rule('ALLOW', 'failing', { accessType: 'READ' })],
  })
  add({
    name: 'Door',
    properties: { text: 'string' },
    acls: [
      rule('DENY', '$everyone'),
      rule('ALLOW', '$everyone', { property: line === '2.x' ? 'updateAttributes' : 'patchAttributes' }),
      rule('ALLOW', '$everyone', { property: ['find', 'findById'] }),
      rule('ALLOW', '$everyone', { property: 'upsert' }),
      rule('ALLOW', '$everyone', { accessType: 'EXECUTE', property: 'knock' }),
    ],
  })
  methods(app)
}

function methods({ models: { Plan, Door, Order } }) {
  Plan.go = (cb) => cb(null, 'gone')
  Plan.remoteMethod('go', { isStatic: true, returns: { arg: 'where', type: 'string' }, http: { verb: 'post' } })
  Plan.stay = (cb) => cb(null, 'here')
  Plan.remoteMethod('stay', { isStatic: true, returns: { arg: 'where', type: 'string' }, http: { verb: 'post' } })
  Door.knock = (times, cb) => cb(null, times)
  Door.remoteMethod('knock', {
    isStatic: true,
    accepts: { arg: 'times', type: 'number', required: true },
    returns: { arg: 'times', type: 'number' },
    http: { verb: 'post' },
  })
  Door.peek = (cb) => cb(null, true)
  Door.remoteMethod('peek', { isStatic: true, returns: { arg: 'open', type: 'boolean' }, http: { verb: 'get' } })
  Order.prototype.ship = function (cb) {
    cb(null, `${this.item} shipped`)
  }
  Order.remoteMethod('ship', { isStatic: false, returns: { arg: 'text', type: 'string' }, http: { verb: 'post' } })
  Order.beforeRemote('create', (ctx, unused, next) => {
    ctx.args.data.userId = ctx.req.accessToken.userId
    next()
  })
}
