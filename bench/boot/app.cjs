// An application of N generated models, started the usual way. It prints `ready <port>` when it listens.
const { join } = require('node:path')
const reloop = require('reloop')

const app = reloop()
reloop.boot(app, join(process.env.BENCH_APP, 'server'), (error) => {
  if (error) throw error
  const server = app.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`))
})
