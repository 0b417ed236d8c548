'use strict'

const { mkdirSync } = require('node:fs')
const { join } = require('node:path')
const reloop = require('reloop')

const file = join(__dirname, '../data/atlas.db')
process.env.ATLAS_FILE ??= file

/** Boots the application; it listens when `listen` is true. */
async function start({ listen = true } = {}) {
  if (process.env.ATLAS_FILE === file) mkdirSync(join(__dirname, '../data'), { recursive: true })
  const app = reloop()
  await reloop.boot(app, __dirname)
  if (listen) {
    await app.start()
    const url = app.get('url').replace(/\/$/, '')
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void app.stop())
    console.log(`Atlas is at ${url}/api/Cities, its explorer at ${url}/explorer/`)
  }
  return app
}

module.exports = start

if (require.main === module) {
  start().catch((error) => {
    console.error(`Atlas did not start: ${error.message}${error.hint ? `\n${error.hint}` : ''}`)
    process.exitCode = 1
  })
}
