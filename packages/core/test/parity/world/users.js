'use strict'

/** A model of users in place of the built-in one, with tokens and rules of its own. */
exports.members = function members({ add, app }) {
  add({
    name: 'Member',
    base: 'User',
    plural: 'Members',
    properties: { nick: 'string' },
    caseSensitiveEmail: false,
    emailVerificationRequired: true,
    ttl: 1000,
    maxTTL: 5000,
    relations: { accessTokens: { type: 'hasMany', model: 'MemberToken', foreignKey: 'userId', options: { disableInclude: true } } },
    acls: [
      { principalType: 'ROLE', principalId: '$everyone', permission: 'ALLOW', property: 'prepare' },
      { principalType: 'ROLE', principalId: '$everyone', permission: 'ALLOW', property: 'lastReset' },
      { principalType: 'ROLE', principalId: '$everyone', permission: 'ALLOW', property: 'lastMail' },
    ],
  })
  add(
    { name: 'MemberToken', base: 'AccessToken', relations: { user: { type: 'belongsTo', model: 'Member', foreignKey: 'userId' } } },
    { public: false },
  )
  outside(app.models.Member)
}

/** Puts a known text where a mailed one would be, and tells the token of the last wish for a new password. */
function outside(User) {
  User.prepare = (id, cb) => User.updateAll({ id }, { verificationToken: 'mailed-text', emailVerified: false }, cb)
  User.remoteMethod('prepare', {
    isStatic: true,
    accepts: { arg: 'id', type: 'number' },
    returns: { arg: 'info', type: 'object', root: true },
    http: { verb: 'post' },
  })
  let last
  let mail = null
  const send = (message, ...rest) => {
    mail = { to: message.to, from: message.from, subject: message.subject, link: String(message.verifyHref).replace(/(token=)\w+/, '$1…') }
    rest.pop()(null, { sent: true })
  }
  User.settings.verifyOptions = { type: 'email', from: 'shop@example.com', host: 'shop.example.com', port: 80, mailer: { send } }
  User.lastMail = (cb) => cb(null, mail)
  User.remoteMethod('lastMail', {
    isStatic: true,
    returns: { arg: 'mail', type: 'object', root: true },
    http: { verb: 'get', path: '/last-mail' },
  })
  User.on('resetPasswordRequest', (info) => {
    last = info
  })
  User.lastReset = (cb) =>
    cb(null, last && { token: last.accessToken.id, ttl: last.accessToken.ttl, email: last.email, user: last.user.id })
  User.remoteMethod('lastReset', {
    isStatic: true,
    returns: { arg: 'info', type: 'object', root: true },
    http: { verb: 'get', path: '/last-reset' },
  })
}

/** Who may sign in: ann (admin), bob, cyd (editor), dan. Their passwords are their names twice. */
exports.people = async function people({ app }) {
  const { User, Role, RoleMapping, ACL, Order, Memo } = app.models
  outside(User)
  User.settings.acls.push({ principalType: 'ROLE', principalId: '$everyone', permission: 'ALLOW', property: 'prepare' })
  User.settings.acls.push({ principalType: 'ROLE', principalId: '$everyone', permission: 'ALLOW', property: 'lastReset' })
  User.settings.acls.push({ principalType: 'ROLE', principalId: '$everyone', permission: 'ALLOW', property: 'lastMail' })
  const made = []
  for (const name of ['ann', 'bob', 'cyd', 'dan'])
    made.push(await User.create({ username: name, email: `${name}@example.com`, password: name + name }))
  const [ann, bob, cyd] = made
  const admin = await Role.create({ name: 'admin' })
  const editor = await Role.create({ name: 'editor' })
  await RoleMapping.create({ principalType: 'USER', principalId: ann.id, roleId: admin.id })
  await RoleMapping.create({ principalType: 'USER', principalId: cyd.id, roleId: editor.id })
  await ACL.create({
    model: 'Invoice',
    property: '*',
    accessType: '*',
    principalType: 'ROLE',
    principalId: '$everyone',
    permission: 'DENY',
  })
  await ACL.create({
    model: 'Invoice',
    property: 'find',
    accessType: 'READ',
    principalType: 'ROLE',
    principalId: 'admin',
    permission: 'ALLOW',
  })
  await ACL.create({
    model: 'Invoice',
    property: 'create',
    accessType: 'WRITE',
    principalType: 'USER',
    principalId: String(bob.id),
    permission: 'ALLOW',
  })
  await ACL.create({
    model: 'Invoice',
    property: 'findById',
    accessType: 'EXECUTE',
    principalType: 'USER',
    principalId: String(bob.id),
    permission: 'ALLOW',
  })
  await Order.create({ item: 'lamp', userId: ann.id })
  await Order.create({ item: 'desk', userId: bob.id })
  await Memo.create({ text: 'first', memberOf: bob.id })
}
