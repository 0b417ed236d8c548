'use strict'
/*
 * Records what an original LoopBack decides in the access scenario of packages/core.
 *
 *   mkdir /tmp/original && cd /tmp/original && npm init -y && npm install loopback@3.28.0     (or loopback@2.42.0)
 *   node tools/parity/record-access.js /tmp/original packages/core/test/access/recorded/3.x.json
 */
const { createServer } = require('node:http')
const { createRequire } = require('node:module')
const { join, resolve } = require('node:path')
const { writeFileSync } = require('node:fs')
const scenario = require('../../packages/core/test/access/recorded/scenario')
const { exchange } = require('./exchange')

async function main([folder, target]) {
  process.env.NODE_ENV = 'production'
  const loopback = createRequire(join(resolve(folder), 'index.js'))('loopback')
  const app = loopback({ localRegistry: true, loadBuiltinModels: true })
  app.set('legacyExplorer', false)
  app.set('remoting', { context: false })
  app.set('logoutSessionsOnSensitiveChanges', true)
  app.dataSource('db', { connector: 'memory' })
  await scenario.build(app, `${loopback.version.split('.')[0]}.x`)
  app.use('/api', loopback.rest())
  const server = createServer(app).listen(0)
  const decisions = []
  for (const request of scenario.requests) decisions.push(scenario.decision(await exchange(server.address().port, request)))
  server.close()
  writeFileSync(target, `[\n${decisions.map((decision) => `  ${JSON.stringify(decision)}`).join(',\n')}\n]\n`)
  console.log(`${decisions.length} decisions of loopback ${loopback.version} in ${target}`)
  process.exit(0)
}

main(process.argv.slice(2))
