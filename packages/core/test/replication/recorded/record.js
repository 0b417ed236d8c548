'use strict'
// Usage: node record.js <folder with loopback> <file>      runs the scenario on the original and writes its answers
const { writeFileSync } = require('node:fs')
const { join, resolve } = require('node:path')
const { run } = require('./scenario.js')

const [folder, file] = process.argv.slice(2)
const loopback = require(join(resolve(folder), 'node_modules/loopback'))
const app = loopback({ localRegistry: true, loadBuiltinModels: true })
app.set('legacyExplorer', false)
app.set('remoting', { errorHandler: { log: false, disableStackTrace: true }, cors: false })
for (const name of ['source', 'target', 'filtered']) app.dataSource(name, { connector: 'memory' })
app.use(app.get('restApiRoot') || '/api', loopback.rest())

run(app).then((steps) => {
  writeFileSync(file, `[\n${steps.map((step) => JSON.stringify(step)).join(',\n')}\n]\n`)
  process.exit(0)
})
