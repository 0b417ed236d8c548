'use strict'
/*
 * Records what an original strong-remoting answers to the scenario of packages/remoting.
 *
 *   mkdir /tmp/original && cd /tmp/original && npm init -y && npm install loopback@3.28.0     (or loopback@2.42.0)
 *   node tools/parity/record-remoting.js /tmp/original packages/remoting/test/recorded/3.x.json
 */
const { createServer } = require('node:http')
const { createRequire } = require('node:module')
const { join, resolve } = require('node:path')
const { writeFileSync } = require('node:fs')
const scenario = require('../../packages/remoting/test/recorded/scenario')
const { exchange } = require('./exchange')

async function main([folder, target]) {
  process.env.NODE_ENV = 'production'
  const load = createRequire(join(resolve(folder), 'index.js'))
  const inside = createRequire(load.resolve('loopback'))
  const RemoteObjects = inside('strong-remoting')
  const log = []
  const remotes = scenario.build({ RemoteObjects, SharedClass: RemoteObjects.SharedClass, options: {}, log })
  const app = inside('express')()
  app.use(remotes.handler('rest'))
  const server = createServer(app).listen(0)
  const recorded = []
  for (const request of scenario.requests) {
    log.length = 0
    const answer = await exchange(server.address().port, request)
    recorded.push({ ...answer, ...(request.path.startsWith('/Echo') ? {} : { hooks: [...log] }) })
  }
  server.close()
  writeFileSync(target, `[\n${recorded.map((answer) => JSON.stringify(answer)).join(',\n')}\n]\n`)
  console.log(`${recorded.length} answers of strong-remoting ${inside('strong-remoting/package.json').version} in ${target}`)
  process.exit(0)
}

main(process.argv.slice(2))
