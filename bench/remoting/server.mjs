import Fastify from 'fastify'
import { createRequire } from 'node:module'

const { httpPlugin, RemoteObjects, SharedClass } = createRequire(import.meta.url)('../../packages/remoting')

/** One method with two typed arguments, served in the way that the first argument names; `classes` further ones beside it. */
const [kind, classes = '0'] = process.argv.slice(2)
const before = process.memoryUsage().rss
const start = process.cpuUsage()
const app = Fastify()

if (kind === 'raw') {
  const querystring = { type: 'object', required: ['a', 'b'], properties: { a: { type: 'number' }, b: { type: 'string' } } }
  const response = { 200: { type: 'object', properties: { text: { type: 'string' } } } }
  app.get('/api/Target/join', { schema: { querystring, response } }, (request, reply) => {
    reply.send({ text: `${request.query.a} ${request.query.b}` })
  })
} else {
  const remotes = RemoteObjects.create()
  for (let index = 0; index < Number(classes); index++) remotes.addClass(share(`Class${index}`, 30))
  remotes.addClass(share('Target', 1))
  if (kind === 'idle') {
    remotes.phases.unshift('first', 'second')
    for (const name of ['Other.*', '*.other', 'Target.other', 'Other.**']) {
      remotes.before(name, () => {})
      remotes.after(name, () => {})
      remotes.registerPhaseHandler('first', name, () => {})
    }
  }
  app.register(httpPlugin, { remotes, prefix: '/api' })
}

function share(name, count) {
  const shared = new SharedClass(name, class {})
  for (let index = 0; index < count; index++) {
    const options = {
      isStatic: true,
      accepts: [
        { arg: 'a', type: 'number', required: true, http: { source: 'query' } },
        { arg: 'b', type: 'string', required: true, http: { source: 'query' } },
      ],
      returns: { arg: 'text', type: 'string' },
      http: { verb: 'get', path: index === 0 ? '/join' : `/join${index}` },
    }
    shared.defineMethod(`join${index}`, options, (a, b) => `${a} ${b}`)
  }
  return shared
}

await app.listen({ port: 0, host: '127.0.0.1' })
const used = process.cpuUsage(start)
const ready = (used.user + used.system) / 1000
process.send({ port: app.server.address().port, ready, memory: process.memoryUsage().rss - before })
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send({ used: user + system })
})
