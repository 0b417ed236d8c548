'use strict'
/*
 * Records what an original LoopBack server answers to the scenario of packages/core/test/parity.
 *
 *   mkdir /tmp/original && cd /tmp/original && npm init -y && npm install loopback@3.28.0     (or loopback@2.42.0)
 *   node tools/parity/record-server.js /tmp/original packages/core/test/parity/recorded/3.x.json
 */
const { createServer } = require('node:http')
const { createRequire } = require('node:module')
const { join, resolve } = require('node:path')
const { writeFileSync } = require('node:fs')
const { worlds } = require('../../packages/core/test/parity/world')
const { play } = require('../../packages/core/test/parity/play')

async function answersOf(loopback, { build, chapters }) {
  const line = `${loopback.version.split('.')[0]}.x`
  const app = loopback({ localRegistry: true, loadBuiltinModels: true })
  app.set('legacyExplorer', false)
  app.set('logoutSessionsOnSensitiveChanges', true)
  app.set('remoting', line === '2.x' ? { context: false } : { errorHandler: { log: false } })
  await build(app, line)
  app.use('/api', loopback.rest())
  const server = createServer(app).listen(0)
  const answers = await play(chapters, server.address().port)
  server.close()
  return answers
}

async function main([folder, target]) {
  process.env.NODE_ENV = 'production'
  process.env.TZ = 'UTC'
  const loopback = createRequire(join(resolve(folder), 'index.js'))('loopback')
  const answers = {}
  for (const world of worlds) Object.assign(answers, await answersOf(loopback, world))
  const written = Object.entries(answers).map(
    ([title, list]) => `${JSON.stringify(title)}: [\n${list.map((answer) => JSON.stringify(answer)).join(',\n')}\n]`,
  )
  writeFileSync(target, `{\n${written.join(',\n')}\n}\n`)
  console.log(`${Object.values(answers).flat().length} answers of loopback ${loopback.version} in ${target}`)
  process.exit(0)
}

main(process.argv.slice(2))
