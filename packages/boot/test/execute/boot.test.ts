import { join } from 'node:path'
import { createApplication, type Application } from '@reloop/core'
import { boot } from '../../src'
import { project, warningsOf } from '../project'

const note = { name: 'Note', properties: { text: { type: 'string', required: true } } }

/** The smallest project that serves notes. */
const notes = {
  'server/config.json': { port: 0, restApiRoot: '/v1', color: 'red' },
  'server/datasources.json': { db: { connector: 'memory' } },
  'server/model-config.json': { _meta: { sources: ['../common/models'] }, Note: { dataSource: 'db' } },
  'common/models/note.json': note,
}

const appOf = (options?: Parameters<typeof createApplication>[0]): Application => createApplication(options)
const server = (files: Readonly<Record<string, unknown>>) => join(project(files), 'server')

describe('boot', () => {
  it('makes settings, data sources and models of a folder', async () => {
    const app = appOf()
    await boot(app, server(notes))
    expect([app.get('restApiRoot'), app.get('color'), app.get('port')]).toEqual(['/v1', 'red', 0])
    const Note = app.models.Note as unknown as { create(data: object): Promise<{ id: number }>; count(): Promise<number> }
    await Note.create({ text: 'a' })
    expect(await Note.count()).toBe(1)
  })

  it('is over with all that needs no waiting when it returns', () => {
    const app = appOf()
    void boot(app, server({ ...notes, 'server/boot/a.js': 'module.exports = (app) => app.set("ran", true)' }))
    expect(app.models.Note).toBeDefined()
    expect(app.get('ran')).toBe(true)
    expect((app as { booting?: boolean }).booting).toBe(true)
  })

  it('says that it is over: by the event, the flag and the callback', async () => {
    const app = appOf()
    const order: string[] = []
    app.on('booted', () => order.push(`booted, booting ${String((app as { booting?: boolean }).booting)}`))
    await new Promise<void>((resolve) =>
      boot(app, server(notes), (error) => {
        order.push(`callback, ${String(error)}`)
        resolve()
      }),
    )
    expect(order).toEqual(['booted, booting false', 'callback, null'])
  })

  it('takes a callback instead of options', async () => {
    const error = await new Promise((resolve) => boot(appOf(), resolve))
    expect(error).toBeNull()
  })

  it('executes instructions that were compiled elsewhere', async () => {
    const app = appOf()
    await boot.execute(app, JSON.parse(JSON.stringify(boot.compile({ appRootDir: server(notes), env: 'test' }))) as never)
    expect(app.models.Note).toBeDefined()
    expect(app.get('env')).toBe('test')
  })

  it('reports errors to the promise and to the callback', async () => {
    const folder = server({ ...notes, 'server/datasources.json': { db: { connector: 'nowhere-to-be-found' } } })
    await expect(boot(appOf(), folder)).rejects.toThrow(/Cannot create data source "db"/)
    const error = await new Promise((resolve) => boot(appOf(), folder, resolve))
    expect(error).toMatchObject({ message: expect.stringMatching(/Cannot create data source "db"/) as string })
  })

  it('throws errors at once like LoopBack 2, where that is asked for', () => {
    const folder = server({ ...notes, 'server/config.json': { restApiRoot: 'api' } })
    expect(() => boot(appOf({ compat: '2.x' }), folder)).toThrow('app.restApiRoot must start with "/"')
  })

  it('says when the profile in config.json comes too late', async () => {
    const warnings = await warningsOf(() => boot(appOf({ compat: '3.x' }), server({ 'server/config.json': { compat: '2.x' } })))
    expect(warnings).toContain('"compat": "2.x" in config.json comes too late: the application was made with 3.x.')
  })
})

describe('settings', () => {
  const { HOST, PORT } = process.env
  afterEach(() => {
    for (const [name, value] of Object.entries({ HOST, PORT, npm_config_port: undefined })) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })

  it('of the application stay', async () => {
    const app = appOf()
    app.set('color', 'blue')
    app.set('empty', null)
    await boot(app, project({ 'config.json': { color: 'red', empty: 'full' } }))
    expect([app.get('color'), app.get('empty')]).toEqual(['blue', 'full'])
  })

  it('host and port come from the environment first, then from the file, then from the application', async () => {
    const app = appOf()
    app.set('port', 5)
    await boot(app, project({}))
    expect(app.get('port')).toBe(5)
    const folder = project({ 'config.json': { port: 0, host: 'a' } })
    await boot(app, folder)
    expect([app.get('port'), app.get('host')]).toEqual([0, 'a'])
    process.env.PORT = '4'
    process.env.HOST = 'b'
    process.env.npm_config_port = '9'
    await boot(app, folder)
    expect([app.get('port'), app.get('host')]).toEqual(['4', 'b'])
    const old = appOf({ compat: '3.x' })
    await boot(old, folder)
    expect(old.get('port')).toBe('9')
  })
})

describe('data sources', () => {
  afterEach(() => {
    delete process.env.LB_LAZYCONNECT_DATASOURCES
    delete process.env.RELOOP_TEST_FILE
  })

  it('read dynamic values', async () => {
    process.env.RELOOP_TEST_FILE = 'memory'
    const app = appOf()
    await boot(app, project({ 'datasources.json': { db: { connector: '${RELOOP_TEST_FILE}' } } }))
    expect(app.dataSources.db?.connector.name).toBe('memory')
  })

  it('connect later when the environment says so', async () => {
    process.env.LB_LAZYCONNECT_DATASOURCES = '1'
    const app = appOf()
    await boot(app, project({ 'datasources.json': { db: { connector: 'memory' } } }))
    expect(app.dataSources.db?.settings.lazyConnect).toBe(true)
  })
})

describe('models', () => {
  it('are customized by their script before they get a data source', async () => {
    const app = appOf()
    await boot(
      app,
      server({
        ...notes,
        'common/models/note.js':
          'exports.__esModule = true; exports.default = function (Note) { Note.attachedThen = Boolean(Note.dataSource); Note.shout = () => "!" }',
      }),
    )
    const Note = app.models.Note as unknown as { attachedThen: boolean; shout(): string; dataSource: unknown }
    expect([Note.attachedThen, Note.shout(), Boolean(Note.dataSource)]).toEqual([false, '!', true])
  })

  it('find each other, whatever the order of the files', async () => {
    const app = appOf()
    await boot(
      app,
      project({
        'datasources.json': { db: { connector: 'memory' } },
        'model-config.json': { Book: { dataSource: 'db' }, Author: { dataSource: 'db' } },
        'models/book.json': {
          name: 'Book',
          properties: { title: 'string' },
          relations: { author: { type: 'belongsTo', model: 'Author' } },
        },
        'models/author.json': { name: 'Author', properties: { name: 'string' }, relations: { books: { type: 'hasMany', model: 'Book' } } },
      }),
    )
    const Author = app.models.Author as unknown as {
      create(data: object): Promise<{ books: { create(data: object): Promise<{ authorId: number }> }; id: number }>
    }
    const author = await Author.create({ name: 'x' })
    expect((await author.books.create({ title: 'y' })).authorId).toBe(author.id)
  })

  it('extend models of the same project', async () => {
    const app = appOf()
    await boot(
      app,
      project({
        'datasources.json': { db: { connector: 'memory' } },
        'model-config.json': { Poodle: { dataSource: 'db' } },
        'models/poodle.json': { name: 'Poodle', base: 'Dog', properties: { curls: 'number' } },
        'models/dog.json': { name: 'Dog', properties: { name: 'string' } },
      }),
    )
    expect(Object.keys((app.models.Poodle as unknown as { definition: { properties: object } }).definition.properties).sort()).toEqual([
      'curls',
      'id',
      'name',
    ])
    expect(app.models.Dog).toBeUndefined()
  })

  it('that nobody knows are told, with the nearest name', async () => {
    const folder = project({ 'model-config.json': { Persistedmodel: { dataSource: null } } })
    await expect(boot(appOf(), folder)).rejects.toMatchObject({
      message: 'Cannot configure unknown model Persistedmodel',
      hint: 'Did you mean "PersistedModel"?',
    })
  })

  it('may not have the name of a built-in one', async () => {
    const folder = project({
      'model-config.json': { PersistedModel: { dataSource: null } },
      'models/persisted-model.json': { name: 'PersistedModel' },
    })
    await expect(boot(appOf(), folder)).rejects.toMatchObject({ code: 'MODEL_NAME_TAKEN' })
  })

  it('may have the name of a built-in one in the profiles of LoopBack', async () => {
    const files = {
      'model-config.json': { KeyValueModel: { dataSource: null, public: false } },
      'models/kv.json': { name: 'KeyValueModel', base: 'Model' },
    }
    for (const compat of ['2.x', '3.x'] as const) {
      const app = appOf({ compat })
      const before = app.registry.findModel('KeyValueModel')
      expect(before).toBeDefined()
      await boot(app, project(files))
      expect(app.models.KeyValueModel).not.toBe(before)
    }
  })

  it('may be built-in ones whose files lie in a package', async () => {
    const app = appOf()
    await boot(
      app,
      project({
        'model-config.json': { _meta: { sources: ['loopback/common/models'] }, PersistedModel: { dataSource: null, public: false } },
        'node_modules/loopback/package.json': { name: 'loopback' },
        'node_modules/loopback/common/models/persisted-model.json': { name: 'PersistedModel', plural: 'wrong' },
      }),
    )
    expect(app.registry.findModel('PersistedModel')?.settings.plural).toBeUndefined()
  })

  it('take mixins of the project', async () => {
    const app = appOf()
    await boot(
      app,
      project({
        'datasources.json': { db: { connector: 'memory' } },
        'model-config.json': { Note: { dataSource: 'db' } },
        'models/note.json': { ...note, mixins: { Stamped: { by: 'me' } } },
        'mixins/stamped.js': 'module.exports = (Model, options) => { Model.stampedBy = options.by }',
      }),
    )
    expect(app.models.Note!.stampedBy).toBe('me')
  })
})

describe('components and boot scripts', () => {
  const log = (text: string) => `module.exports = (app) => { (app.log ??= []).push(${text}) }`
  const logOf = (app: Application) => (app as unknown as { log: unknown[] }).log

  it('run in order: components, even slow ones, before scripts', async () => {
    const app = appOf()
    await boot(
      app,
      project({
        'config.json': { shade: 'dark' },
        'component-config.json': { './slow': { color: '${shade}' }, './quick': true },
        'slow.js':
          'module.exports = async (app, options) => { await new Promise((done) => setTimeout(done, 20)); app.log = ["slow " + options.color] }',
        'quick.js': log('"quick"'),
        'boot/a.js': log('"a"'),
      }),
    )
    expect(logOf(app)).toEqual(['slow dark', 'quick', 'a'])
  })

  it('run one after the other in all their manners', async () => {
    const app = appOf()
    await boot(
      app,
      project({
        'boot/1.js': log('"sync"'),
        'boot/2.js': 'module.exports = (app, done) => setTimeout(() => { app.log.push("callback"); done(); done() }, 10)',
        'boot/3.js': 'module.exports = async (app) => { await null; app.log.push("promise") }',
        'boot/4.js':
          'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = (app) => { app.log.push("default") }',
        'boot/5.js': 'module.exports = { nothing: "to run" }',
        [`boot/${process.env.NODE_ENV}/6.js`]: log('app.get("env")'),
      }),
    )
    expect(logOf(app)).toEqual(['sync', 'callback', 'promise', 'default', process.env.NODE_ENV])
  })

  it.each([
    ['throws', 'module.exports = () => { throw new Error("no") }'],
    ['calls back with an error', 'module.exports = (app, done) => done(new Error("no"))'],
    ['rejects', 'module.exports = async () => { throw new Error("no") }'],
    ['cannot be loaded', 'throw new Error("no")'],
  ])('stop the start when one %s', async (_, content) => {
    const app = appOf()
    await expect(boot(app, project({ 'boot/a.js': content, 'boot/b.js': log('"b"') }))).rejects.toThrow('no')
    expect(logOf(app)).toBeUndefined()
  })

  it('stop the start when one is not over in time, naming it', async () => {
    const folder = project({
      'config.json': { limits: { time: { bootScript: 50 } } },
      'boot/stuck.js': 'module.exports = (app, done) => {}',
    })
    await expect(boot(appOf(), folder)).rejects.toMatchObject({
      code: 'BOOT_SCRIPT_TIMEOUT',
      message: expect.stringContaining('stuck.js') as string,
    })
  })

  it('must export a function, where they are components', async () => {
    const folder = project({ 'component-config.json': { './x': {} }, 'x.js': 'module.exports = 3' })
    await expect(boot(appOf(), folder)).rejects.toMatchObject({ code: 'MODULE_INVALID' })
  })
})
