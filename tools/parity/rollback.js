'use strict'
/*
 * Users and tokens that are written by one and read by the other: Reloop in the profiles 2.x and 3.x, and the original.
 * Both keep them in files of the memory connector, whose form they share.
 *
 *   mkdir /tmp/original && cd /tmp/original && npm init -y && npm install loopback@3.28.0     (or loopback@2.42.0)
 *   FIXTURES=packages/core/test/identity/rollback
 *   node tools/parity/rollback.js write /tmp/original $FIXTURES/original-3.x.json
 *   RELOOP_WRITE_ROLLBACK=1 npx jest packages/core/test/identity/rollback.test.ts
 *   node tools/parity/rollback.js read /tmp/original $FIXTURES/ours-3.x.json $FIXTURES/read-by-3.x.json
 */
const { copyFileSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { tmpdir } = require('node:os')
const { join, resolve } = require('node:path')
const people = require('../../packages/core/test/identity/rollback/people.json')

/** What only the program knows: the texts behind what is stored. */
const verificationToken = 'verification token of ann'
const tokenId = (number) => `token-of-user-${number}`

function openOriginal(folder, file) {
  const loopback = createRequire(join(resolve(folder), 'index.js'))('loopback')
  const app = loopback({ localRegistry: true, loadBuiltinModels: true })
  app.dataSource('db', { connector: 'memory', file })
  const { registry } = app
  const [User, AccessToken] = [registry.getModel('User'), registry.getModel('AccessToken')]
  User.settings.allowEternalTokens = true
  app.model(AccessToken, { dataSource: 'db', public: false })
  app.model(User, { dataSource: 'db' })
  return { User, AccessToken, version: loopback.version, connected: new Promise((done) => app.dataSources.db.once('connected', done)) }
}

const called = (run) => new Promise((done, failed) => run((error, result) => (error ? failed(error) : done(result))))

async function write(folder, target) {
  rmSync(target, { force: true })
  const { User, version, connected } = openOriginal(folder, target)
  await connected
  for (const person of people) {
    const user = await User.create(person)
    await called((done) => user.accessTokens.create({ id: tokenId(user.id), ttl: -1 }, done))
  }
  const ann = await User.findOne({ where: { username: 'ann' } })
  await ann.updateAttributes({ verificationToken })
  console.log(`${people.length} users of loopback ${version} in ${target}`)
}

async function read(folder, source, target) {
  const scratch = mkdtempSync(join(tmpdir(), 'rollback-'))
  const file = join(scratch, 'users.json')
  copyFileSync(source, file)
  const { User, AccessToken, version, connected } = openOriginal(folder, file)
  await connected
  const answers = []
  for (const { email, username, password } of people) {
    const token = await User.login({ email, password })
    answers.push(`login ${email}: user ${token.userId}`)
    if (username) answers.push(`login ${username}: user ${(await User.login({ username, password })).userId}`)
    answers.push(
      `wrong password: ${await User.login({ email, password: `x${password}` }).then(
        () => 'passes',
        (error) => error.code,
      )}`,
    )
    const kept = await AccessToken.findById(tokenId(token.userId))
    answers.push(`token of ${email}: user ${kept.userId}, valid ${await called((done) => kept.validate(done))}`)
    const user = await User.findById(token.userId)
    const hash = user.password
    await user.save()
    answers.push(`hash is kept when ${email} is saved: ${(await User.findById(user.id)).password === hash}`)
  }
  await called((done) => User.confirm('1', verificationToken, '/', done))
  answers.push(`confirm: ${(await User.findById(1)).emailVerified}`)
  writeFileSync(target, `${JSON.stringify({ loopback: version, answers }, null, 2)}\n`)
  rmSync(scratch, { recursive: true })
  console.log(`${answers.length} answers of loopback ${version} in ${target}`)
}

const [command, ...args] = process.argv.slice(2)
const commands = { write, read }
commands[command](...args).then(
  () => process.exit(0),
  (error) => {
    console.error(error)
    process.exit(1)
  },
)
