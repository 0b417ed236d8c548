'use strict'
/*
 * Records what an original LoopBack answers to the scenario of packages/core.
 *
 *   mkdir /tmp/original && cd /tmp/original && npm init -y && npm install loopback@3.28.0     (or loopback@2.42.0)
 *   node tools/parity/record-core.js /tmp/original packages/core/test/recorded/3.x.json
 */
const { createServer } = require('node:http')
const { createRequire } = require('node:module')
const { join, resolve } = require('node:path')
const { writeFileSync } = require('node:fs')
const scenario = require('../../packages/core/test/recorded/scenario')
const { exchange, follow } = require('./exchange')

async function main([folder, target]) {
  process.env.NODE_ENV = 'production'
  const loopback = createRequire(join(resolve(folder), 'index.js'))('loopback')
  const app = loopback({ localRegistry: true, loadBuiltinModels: true })
  app.set('legacyExplorer', false)
  app.set('remoting', { context: false })
  app.dataSource('db', { connector: 'memory' })
  scenario.build(app)
  app.use('/api', loopback.rest())
  const server = createServer(app).listen(0)
  const recorded = await follow(scenario.requests, (request) => exchange(server.address().port, request))
  server.close()
  writeFileSync(target, `[\n${recorded.map((answer) => JSON.stringify(answer)).join(',\n')}\n]\n`)
  console.log(`${recorded.length} answers of loopback ${loopback.version} in ${target}`)
  process.exit(0)
}

main(process.argv.slice(2))
