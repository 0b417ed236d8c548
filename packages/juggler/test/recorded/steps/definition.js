'use strict'
const { room } = require('../play')

module.exports = room('definition', (step) => {
  step('members of a class', (t) => {
    const Thing = t.model('BigThing', { name: String })
    return {
      modelName: Thing.modelName,
      plural: Thing.pluralModelName,
      http: Thing.http && Thing.http.path,
      source: Thing.dataSource === t.db,
      builder: Thing.modelBuilder === t.db.modelBuilder,
      text: String(Thing),
      name: Thing.name,
      base: Thing.base && Thing.base.modelName,
      idName: Thing.getIdName ? Thing.getIdName() : t.db.idName('BigThing'),
    }
  })
  step('plural and path from settings', (t) => {
    const Thing = t.model('Thing', {}, { plural: 'thingies', http: { path: 'stuff' } })
    return { plural: Thing.pluralModelName, path: Thing.http && Thing.http.path }
  })
  step('properties as told', (t) => {
    const Thing = t.model('Thing', {
      name: { type: 'string', required: true, length: 20 },
      tags: ['string'],
      at: 'GeoPoint',
      any: {},
      list: [],
    })
    const told = {}
    Thing.forEachProperty((name, property) => {
      told[name] = [
        Array.isArray(property.type)
          ? property.type.map((one) => one.name || one.modelName)
          : property.type.modelName
            ? 'model'
            : property.type.name,
        property.required,
        property.length,
        property.id,
        property.generated,
      ]
    })
    return told
  })
  step('definition members', (t) => {
    const { definition } = t.model(
      'Thing',
      { name: { type: String, memory: { columnName: 'n' } }, other: { type: Number, index: true } },
      { memory: { table: 'things' }, indexes: { both: { name: 1, other: -1 } } },
    )
    return {
      name: definition.name,
      table: definition.tableName('memory'),
      column: definition.columnName('memory', 'name'),
      plain: definition.columnName('memory', 'other'),
      meta: definition.columnMetadata('memory', 'name'),
      ids: definition.ids().map((id) => id.name),
      idName: definition.idName(),
      idNames: definition.idNames(),
      hasPK: definition.hasPK(),
      indexes: definition.indexes(),
    }
  })
  step('definition as JSON', (t) =>
    t.model('Thing', { name: { type: String, required: true }, tags: [String] }).definition.toJSON(),
  )
  step('look-ups of the data source', (t) => {
    t.model('Thing', { name: { type: String, memory: { columnName: 'n' } } }, { memory: { table: 'things' } })
    return {
      table: t.db.tableName('Thing'),
      column: t.db.columnName('Thing', 'name'),
      id: t.db.idName('Thing'),
      ids: t.db.idNames('Thing'),
      idColumn: t.db.idColumnName('Thing'),
      model: t.tell(t.db.getModel('Thing')),
      none: t.tell(t.db.getModel('None')),
      definition: t.db.getModelDefinition('Thing').name,
      models: Object.keys(t.db.models),
      types: t.db.getTypes(),
      supports: [t.db.supportTypes('memory'), t.db.supportTypes(['db', 'sql'])],
      relational: Boolean(t.db.isRelational()),
    }
  })
  step('without a name', (t) => t.attempt(() => t.db.define()))
  step('createModel is define', (t) => t.tell(t.db.createModel('Thing', { name: String })))
  step('extend', async (t) => {
    const Base = t.model('Root', { name: { type: String, required: true }, age: Number }, { hidden: ['age'], acls: [1] })
    Base.shout = () => 'loud'
    Base.prototype.hello = function () {
      return `hello ${this.name}`
    }
    const Child = Base.extend('Child', { more: String }, { hidden: ['more'], acls: [2], forceId: false })
    Child.attachTo(t.db)
    const one = await Child.create({ name: 'a', age: 1, more: 'm' })
    return {
      base: Child.base.modelName,
      properties: Object.keys(Child.definition.properties).sort(),
      hidden: Child.settings.hidden,
      acls: Child.settings.acls,
      statics: Child.shout(),
      method: one.hello(),
      json: one.toJSON(),
      instance: one instanceof Base,
    }
  })
  step('extend with its own id', (t) => {
    const Base = t.model('Root', { name: String })
    const Child = Base.extend('Child', { code: { type: String, id: true } })
    return { ids: Child.definition.idNames(), properties: Object.keys(Child.definition.properties).sort() }
  })
  step('extend that removes a property', (t) => {
    const Base = t.model('Root', { name: String, age: Number })
    const Child = Base.extend('Child', { age: null })
    return Object.keys(Child.definition.properties).sort()
  })
  step('base by name and by class', (t) => {
    const Base = t.model('Root', { name: String })
    const [byName, byClass] = [t.db.define('A', {}, { base: 'Root' }), t.db.define('B', {}, { base: Base })]
    return [byName, byClass].map((Model) => [Model.base.modelName, Object.keys(Model.definition.properties).sort()])
  })
  step('an unknown base', (t) => t.attempt(() => t.db.define('A', {}, { base: 'Nobody' })))
  step('setup is called on extend', (t) => {
    const Base = t.model('Root', { name: String })
    const called = []
    Base.setup = function () {
      called.push(this.modelName)
    }
    Base.extend('Child')
    return called
  })
  step('hooks of a base run for its child', async (t) => {
    const Base = t.model('Root', { name: String })
    const log = []
    Base.observe('before save', (ctx, next) => next(void log.push(`base ${ctx.Model.modelName}`)))
    const Child = Base.extend('Child', {}, { forceId: false })
    Child.attachTo(t.db)
    Child.observe('before save', (ctx, next) => next(void log.push('child')))
    await Child.create({ name: 'a' })
    await Base.create({ name: 'b' })
    return log
  })
  step('idInjection false', (t) => Object.keys(t.model('Bare', { name: String }, { idInjection: false }).definition.properties))
  step('composite ids', (t) => {
    const Pair = t.model('Pair', { a: { type: Number, id: 2 }, b: { type: Number, id: 1 }, name: String })
    return { ids: Pair.definition.idNames(), id: new Pair({ a: 1, b: 2 }).id }
  })
  step('a dot in a property name', (t) => t.attempt(() => t.tell(t.model('Dotted', { 'a.b': String }))))
  step('defineProperty', async (t) => {
    const Thing = t.model('Thing', { name: String })
    t.db.defineProperty('Thing', 'age', { type: Number })
    return { properties: Object.keys(Thing.definition.properties).sort(), one: new Thing({ age: '5' }) }
  })
  step('a builder alone', (t) => {
    const builder = new t.juggler.ModelBuilder()
    const User = builder.define('User', { name: String, age: Number })
    const one = new User({ name: 'a', age: '5' })
    return { one, source: t.tell(User.dataSource), models: Object.keys(builder.models), defined: t.tell(builder.getModel('User')) }
  })
  step('a class that is not attached', async (t) => {
    const User = new t.juggler.ModelBuilder().define('User', { name: String })
    return t.attempt(async () => User.find())
  })
  step('attachTo', async (t) => {
    const User = new t.juggler.ModelBuilder().define('User', { name: String }, { forceId: false })
    User.attachTo(t.db)
    return { made: await User.create({ name: 'a' }), source: User.dataSource === t.db, known: t.tell(t.db.getModel('User')) }
  })
  step('a type by the name of a later model', async (t) => {
    const Holder = t.model('Holder', { part: 'Part' })
    const Part = t.model('Part', { n: Number }, { idInjection: false })
    const one = new Holder({ part: { n: '5' } })
    return { n: one.part.n, is: one.part instanceof Part }
  })
  step('buildModelFromInstance', (t) => {
    const Built = t.db.buildModelFromInstance(
      'Built',
      { name: 'a', age: 5, tags: ['x'], home: { street: 's' }, born: new Date(0), ok: true },
      { idInjection: false },
    )
    return {
      properties: Object.keys(Built.definition.properties),
      types: ['name', 'age', 'tags', 'born', 'ok'].map((name) => Built.getPropertyType(name)),
    }
  })
  step('buildModels', (t) => {
    const built = new t.juggler.ModelBuilder().buildModels([
      { name: 'A', properties: { b: 'B' } },
      { name: 'B', properties: { n: 'number' } },
    ])
    return { names: Object.keys(built).sort(), n: new built.A({ b: { n: '5' } }).b.n }
  })
  step('copyModel', (t) => {
    const Thing = t.model('Thing', { name: String })
    const Copy = t.source().copyModel(Thing)
    return {
      name: Copy.modelName,
      other: Copy !== Thing,
      instance: new Copy({}) instanceof Thing,
      properties: Object.keys(Copy.definition.properties).sort(),
    }
  })
  step('mixins', (t) => {
    const calls = []
    t.db.modelBuilder.mixins.define('Stamped', (Model, options) => {
      calls.push([Model.modelName, options])
      Model.defineProperty('stamp', { type: Date })
      Model.prototype.stampNow = function () {
        this.stamp = new Date(0)
        return this
      }
    })
    const Thing = t.model('Thing', { name: String }, { mixins: { Stamped: true } })
    const Other = t.model('Other', { name: String }, { mixins: { Stamped: { a: 1 } } })
    const Third = t.model('Third', { name: String })
    Third.mixin('Stamped', { b: 2 })
    t.model('Off', { name: String }, { mixins: { Stamped: false } })
    return {
      calls,
      one: new Thing({}).stampNow(),
      other: 'stamp' in Other.definition.properties,
      third: 'stamp' in Third.definition.properties,
    }
  })
  step('a mixin from a model', (t) => {
    const Timed = t.model('Timed', { at: Date })
    Timed.prototype.when = () => 'now'
    Timed.ever = () => 'ever'
    const Thing = t.model('Thing', { name: String })
    Thing.mixin(Timed)
    return { properties: Object.keys(Thing.definition.properties).sort(), method: new Thing({}).when(), statics: Thing.ever() }
  })
  step('a mixin that nobody defined', (t) => t.attempt(() => t.tell(t.model('Thing', {}, { mixins: { Nowhere: true } }))))
  step('events of a class', (t) => {
    const heard = []
    const Thing = new t.juggler.ModelBuilder().define('Thing', { name: String })
    Thing.on('dataAccessConfigured', (Model) => heard.push(`configured ${Model.modelName}`))
    Thing.on('dataSourceAttached', (Model) => heard.push(`attached ${Model.modelName}`))
    Thing.attachTo(t.db)
    return heard
  })
  step('own events of a class', (t) => {
    const Thing = t.model('Thing', {})
    const heard = []
    Thing.once('x', (value) => heard.push(value))
    Thing.on('x', (value) => heard.push(value))
    const answers = [Thing.emit('x', 1), Thing.emit('x', 2), Thing.emit('y')]
    return { heard, answers }
  })
  step('changed and deleted events', async (t) => {
    const Thing = t.model('Thing', { name: String })
    const heard = []
    for (const event of ['changed', 'deleted', 'deletedAll']) Thing.on(event, (value) => heard.push([event, t.tell(value)]))
    const one = await Thing.create({ name: 'a' })
    await one.save()
    await one.updateAttributes({ name: 'b' })
    await Thing.upsert({ id: 1, name: 'c' })
    await Thing.updateAll({}, { name: 'd' })
    await one.destroy()
    await Thing.destroyById(1)
    await Thing.destroyAll({ name: 'x' })
    await Thing.destroyAll()
    return heard
  })
  step('connected event and ping', async (t) => {
    const db = t.source()
    if (!db.connected) await new Promise((resolve) => db.once('connected', resolve))
    return { connected: db.connected, ping: await t.ask(db, 'ping') }
  })
  step('automigrate clears', async (t) => {
    const Thing = t.model('Thing', { name: String })
    await Thing.create({ name: 'a' })
    const answer = await t.ask(t.db, 'automigrate')
    return {
      error: answer.error,
      count: await Thing.count(),
      id: (await Thing.create({})).id,
      unknown: await t.ask(t.db, 'automigrate', ['Nobody']),
      update: (await t.ask(t.db, 'autoupdate')).error,
      actual: await t.ask(t.db, 'isActual'),
    }
  })
  step('disconnect and connect', async (t) => {
    const Thing = t.model('Thing', { name: String })
    await Thing.create({ name: 'a' })
    const [off, on] = [(await t.ask(t.db, 'disconnect')).error, (await t.ask(t.db, 'connect')).error]
    return { off, on, count: await Thing.count() }
  })
  step('a data source made otherwise', (t) => {
    const { DataSource } = t.juggler
    const made = [
      new DataSource('memory'),
      new DataSource('named', { connector: 'memory' }),
      DataSource({ connector: 'memory' }),
      new DataSource({ name: 'own', connector: 'memory' }),
    ]
    return made.map((db) => [db instanceof DataSource, db.connector.name, typeof db.settings])
  })
  step('a connector that is not there', (t) =>
    t
      .attempt(() => new t.juggler.DataSource({ connector: 'no-such-thing' }))
      .then((answer) => answer.$error && /no-such-thing/.test(answer.$error.message)),
  )
  step('names of exports', (t) =>
    ['DataSource', 'ModelBuilder', 'ModelBaseClass', 'GeoPoint', 'ValidationError'].map((name) => typeof t.juggler[name]),
  )
  step('a base class of all', (t) => t.model('Thing', {}).prototype instanceof t.juggler.ModelBaseClass)
})
