'use strict'

const reloop = require('reloop')

/** Boots the application; it listens when `listen` is true. */
async function start({ listen = true } = {}) {
  const app = reloop({ localRegistry: true })
  await reloop.boot(app, __dirname)
  if (listen) {
    await app.start()
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void app.stop())
    console.log(`Invoices are at ${app.get('url')}api/Invoices`)
  }
  return app
}

module.exports = start

if (require.main === module) {
  start().catch((error) => {
    console.error(error)
    process.exitCode = 1
  })
}
