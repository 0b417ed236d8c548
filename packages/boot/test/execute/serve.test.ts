import { createApplication } from '@reloop/core'
import { boot } from '../../src'
import { project } from '../project'

/** What LoopBack's generator writes. */
const scaffold = {
  'server/config.json': { restApiRoot: '/api', host: '127.0.0.1', port: 0, remoting: { json: { strict: false, limit: '100kb' } } },
  'server/datasources.json': { db: { name: 'db', connector: 'memory' } },
  'server/middleware.json': {
    'initial:before': { 'loopback#favicon': {} },
    initial: { cors: { params: { origin: true, credentials: true, maxAge: 86400 } } },
    session: {},
    auth: {},
    parse: {},
    routes: { 'loopback#rest': { paths: ['${restApiRoot}'] } },
    files: {},
    final: { 'loopback#urlNotFound': {} },
    'final:after': { 'strong-error-handler': {} },
  },
  'server/middleware.development.json': { 'final:after': { 'strong-error-handler': { params: { debug: true, log: true } } } },
  'server/model-config.json': {
    _meta: {
      sources: ['loopback/common/models', 'loopback/server/models', '../common/models', './models'],
      mixins: ['loopback/common/mixins', 'loopback/server/mixins', '../common/mixins', './mixins'],
    },
    Note: { dataSource: 'db', public: true },
  },
  'common/models/note.json': {
    name: 'Note',
    base: 'PersistedModel',
    idInjection: true,
    properties: { text: { type: 'string', required: true } },
    validations: [],
    relations: {},
    acls: [],
    methods: {},
  },
  'common/models/note.js':
    "'use strict'; module.exports = function (Note) { Note.prototype.shout = function () { return this.text.toUpperCase() } }",
  'server/boot/seed.js': "'use strict'; module.exports = function (server, done) { server.models.Note.create({ text: 'hello' }, done) }",
}

describe('a project as LoopBack’s generator writes it', () => {
  it('starts and serves', async () => {
    const app = createApplication()
    await boot(app, `${project(scaffold)}/server`)
    await app.start()
    try {
      const url = `http://127.0.0.1:${String(app.get('port'))}/api/Notes`
      expect(await (await fetch(url)).json()).toEqual([{ id: 1, text: 'hello' }])
      const refused = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
      expect(refused.status).toBe(422)
    } finally {
      await app.stop()
    }
  })
})
