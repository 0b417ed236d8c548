'use strict'
/*
 * What is asked of LoopBack and of Reloop alike about tracked changes, replication, conflicts and change streams.
 * Plain CommonJS over LoopBack's public API, so that the recorder runs it on the original as it is.
 */
const http = require('node:http')

const pause = (milliseconds = 20) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Calls in the manner that both lines know: with a callback. */
const call = (on, name, ...args) => new Promise((resolve, reject) => on[name](...args, (error, ...values) => (error ? reject(error) : resolve(values.length > 1 ? values : values[0]))))

/** Runs everything on an app with a registry and two memory data sources `source` and `target`; answers a list of steps. */
async function run(app) {
  const model = (name, dataSource, options = {}) => {
    const Model = app.registry.createModel({
      name,
      properties: { id: { type: 'string', id: true }, title: 'string', stars: 'number', due: 'date', more: 'object', secret: 'string' },
      options: { trackChanges: true, changeCleanupInterval: -1, hidden: ['secret'], ...options },
    })
    app.model(Model, { dataSource, public: true })
    return Model
  }
  const Source = model('Source', 'source')
  const Target = model('Target', 'target')
  const Filtered = model('Filtered', 'filtered')
  await pause()
  const server = await new Promise((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  const steps = []
  const note = async (title, work) => steps.push({ title, answer: plain(await settled(work)) })
  const ask = (verb, path, body) => note(`${verb} ${path} ${body === undefined ? '' : JSON.stringify(body)}`.trim(), () => exchange(server.address().port, { verb, path: `/api${path}`, body }))
  try {
    await tracking(Source, note)
    await endpoints(Source, { ask, note })
    await bulk({ Source, Target }, note)
    await replicating({ Source, Target }, note)
    await resolving({ Source, Target }, note)
    await streaming(Filtered, note)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return steps
}

async function tracking(Source, note) {
  await note('created', () => Source.create({ id: 'a', title: 'A', stars: 1, due: new Date(0), more: { z: 1, a: [2, { y: 1, b: null }] }, secret: 's' }))
  await note('change of a created record', () => call(Source, 'findLastChange', 'a'))
  await note('change class', () => [Source.getChangeModel().modelName, Source.getChangeModel().getCheckpointModel().modelName])
  await note('changed in the same checkpoint', async () => {
    const a = await Source.findById('a')
    await a.updateAttributes({ title: 'A2' })
    return call(Source, 'findLastChange', 'a')
  })
  await note('current checkpoint', () => call(Source, 'currentCheckpoint'))
  await note('next checkpoint', () => call(Source, 'checkpoint'))
  await note('changed in the next checkpoint', async () => {
    const a = await Source.findById('a')
    await a.updateAttributes({ title: 'A3' })
    return call(Source, 'findLastChange', 'a')
  })
  await note('updateAll of many', async () => {
    await Source.create([{ id: 'b', stars: 1 }, { id: 'c', stars: 2 }])
    await Source.updateAll({ stars: 1 }, { stars: 5 })
    return call(Source, 'changes', -1, {})
  })
  await note('deleted', async () => {
    await call(Source, 'checkpoint')
    await Source.destroyById('a')
    return call(Source, 'findLastChange', 'a')
  })
  await note('created and deleted in one checkpoint', async () => {
    await Source.create({ id: 'd' })
    await Source.destroyById('d')
    return call(Source, 'findLastChange', 'd')
  })
  await note('changes since the second checkpoint', () => call(Source, 'changes', 2, {}))
  await note('changes of records that match', () => call(Source, 'changes', -1, { where: { stars: 5 } }))
  await note('change without record', () => call(Source, 'updateLastChange', 'zzz', { prev: 'x' }))
  await note('types', () => {
    const Change = Source.getChangeModel()
    return [{ rev: 'a', prev: 'b' }, { rev: 'a' }, { prev: 'b' }, {}].map((data) => new Change(data).type())
  })
  await note('comparisons', () => {
    const Change = Source.getChangeModel()
    const one = new Change({ rev: 'a', prev: 'b' })
    return [one.equals(new Change({ rev: 'a' })), one.isBasedOn(new Change({ rev: 'b' })), one.conflictsWith(new Change({ rev: 'c', prev: 'd' })), new Change({ prev: 'b' }).bothDeleted ? Change.bothDeleted(new Change({ prev: 'b' }), new Change({ prev: 'c' })) : 'none', Change.idForModel('Source', 'a'), Change.hash('x'), Change.revisionForInst({ toJSON: () => ({ b: 1, a: 2 }) })]
  })
}

async function endpoints(Source, { ask, note }) {
  await ask('GET', '/Sources/changes')
  await ask('GET', '/Sources/changes?since=1')
  await ask('GET', '/Sources/changes?since=-1&filter=%7B%22where%22%3A%7B%22stars%22%3A2%7D%7D')
  await ask('GET', '/Sources/checkpoint')
  await ask('POST', '/Sources/checkpoint')
  await ask('GET', '/Sources/b/changes/last')
  await ask('GET', '/Sources/nobody/changes/last')
  await ask('PUT', '/Sources/b/changes/last', { prev: 'earlier' })
  await ask('PUT', '/Sources/nobody/changes/last', { prev: 'earlier' })
  await ask('POST', '/Sources/diff?since=-1', [{ modelName: 'Source', modelId: 'b', rev: 'other', prev: 'other2', checkpoint: 1 }, { modelName: 'Source', modelId: 'new', rev: 'n', prev: null, checkpoint: 1 }])
  await ask('POST', '/Sources/create-updates', [{ modelName: 'Source', modelId: 'b', rev: 'other', prev: 'other2', checkpoint: 1 }])
  await ask('POST', '/Sources/create-updates', [{ modelName: 'Source', modelId: 'gone', rev: 'other', checkpoint: 1 }])
  await ask('POST', '/Sources/bulk-update', { updates: [{ type: 'create', change: { modelName: 'Source', modelId: 'posted', rev: 'x' }, data: { id: 'posted', title: 'P' } }] })
  await ask('POST', '/Sources/bulk-update', { updates: [{ type: 'update', change: { modelName: 'Source', modelId: 'posted', rev: 'x', prev: 'wrong' }, data: { id: 'posted', title: 'P2' } }] })
  await ask('GET', '/Sources/posted')
  await ask('POST', '/Sources/rectify-all')
  await ask('POST', '/Sources/b/rectify-change')
  await ask('GET', '/Source-changes/count')
  await ask('GET', '/checkpoints')
  await note('last change afterwards', () => call(Source, 'findLastChange', 'posted'))
}

async function bulk({ Source, Target }, note) {
  const updates = [{ type: 'create', change: { modelName: 'Source', modelId: 't1', rev: 'x' }, data: { id: 't1', title: 'one' } }]
  await note('bulkUpdate creates', () => call(Target, 'bulkUpdate', updates))
  await note('bulkUpdate creates again', () => call(Target, 'bulkUpdate', updates))
  await note('bulkUpdate updates', async () => {
    const { rev } = await call(Target, 'findLastChange', 't1')
    return call(Target, 'bulkUpdate', [{ type: 'update', change: { modelName: 'Source', modelId: 't1', rev: 'y', prev: rev }, data: { id: 't1', title: 'two' } }])
  })
  await note('updated', () => Target.findById('t1'))
  await note('bulkUpdate deletes what is based on something else', () => call(Target, 'bulkUpdate', [{ type: 'delete', change: { modelName: 'Source', modelId: 't1', rev: null, prev: 'nothing' } }]))
  await note('bulkUpdate deletes', async () => {
    const { rev } = await call(Target, 'findLastChange', 't1')
    return call(Target, 'bulkUpdate', [{ type: 'delete', change: { modelName: 'Source', modelId: 't1', rev: null, prev: rev } }])
  })
  await note('bulkUpdate of what is no kind', () => call(Target, 'bulkUpdate', [{ type: 'unknown', change: { modelName: 'Source', modelId: 't9' } }]))
  await note('createUpdates', async () => call(Source, 'createUpdates', await call(Source, 'changes', -1, {})))
  await note('diff of deletions', async () => call(Target, 'diff', -1, [{ modelName: 'Source', modelId: 't1', rev: null, prev: 'any', checkpoint: 1 }]))
  await Target.destroyAll()
}

async function replicating({ Source, Target }, note) {
  let since
  const round = async (title, from, to, options) =>
    note(title, async () => {
      const [conflicts, cps] = await call(from, 'replicate', options?.since ?? -1, to, options?.filter ? options : {})
      since = cps
      return { conflicts: conflicts.map(({ modelId, SourceModel, TargetModel }) => [modelId, SourceModel.modelName, TargetModel.modelName]), cps, rows: await to.find({ order: 'id' }) }
    })
  await round('everything', Source, Target)
  await round('nothing new', Source, Target, { since: undefined })
  await Source.create({ id: 'e', title: 'E', stars: 9 })
  await Source.updateAll({ id: 'b' }, { title: 'B2' })
  await Source.destroyById('c')
  await round('changes of all kinds', Source, Target)
  await Source.create({ id: 'f', stars: 3 })
  await Source.create({ id: 'g', stars: 4 })
  await round('a part', Source, Target, { filter: { where: { stars: 3 } } })
  await round('the rest', Source, Target)
  await round('back', Target, Source)
  const both = async () => {
    await Source.updateAll({ id: 'b' }, { title: 'of source' })
    await Target.updateAll({ id: 'b' }, { title: 'of target' })
  }
  await both()
  await round('a conflict', Source, Target, { since: { source: since.target, target: since.source } })
}

async function resolving({ Source, Target }, note) {
  const replicate = (from, to) => new Promise((resolve, reject) => from.replicate(-1, to, {}, (error, conflicts) => (error ? reject(error) : resolve(conflicts))))
  let count = 0
  const settle = async (title, { source, target, act }) =>
    note(title, async () => {
      const id = `x${++count}`
      await Source.create({ id, title: 'start' })
      await replicate(Source, Target)
      await source(id)
      await target(id)
      const conflict = (await replicate(Source, Target)).find(({ modelId }) => modelId === id)
      if (!conflict) return 'no conflict'
      const type = await call(conflict, 'type')
      const models = await call(conflict, 'models')
      const changes = (await call(conflict, 'changes')).map(({ rev, prev, modelId }) => ({ rev, prev, modelId }))
      await act(conflict)
      const both = async () => ({ source: await Source.findById(id), target: await Target.findById(id) })
      const after = await both()
      const again = await replicate(Source, Target)
      return { type, models, changes, after, conflicts: again.filter(({ modelId }) => modelId === id).length, finally: await both() }
    })
  const set = (Model, title) => async (id) => {
    const found = await Model.findById(id)
    await found.updateAttributes({ title })
  }
  const remove = (Model) => (id) => Model.destroyById(id)
  const cases = {
    'both changed': [set(Source, 'S'), set(Target, 'T')],
    'deleted in the source': [remove(Source), set(Target, 'T')],
    'deleted in the target': [set(Source, 'S'), remove(Target)],
  }
  for (const [title, [source, target]] of Object.entries(cases)) {
    await settle(`${title}: resolve`, { source, target, act: (conflict) => call(conflict, 'resolve') })
    await settle(`${title}: resolveUsingSource`, { source, target, act: (conflict) => call(conflict, 'resolveUsingSource') })
    await settle(`${title}: resolveUsingTarget`, { source, target, act: (conflict) => call(conflict, 'resolveUsingTarget') })
    await settle(`${title}: resolveManually`, { source, target, act: (conflict) => call(conflict, 'resolveManually', { title: 'by hand' }) })
    await settle(`${title}: resolveManually by deleting`, { source, target, act: (conflict) => call(conflict, 'resolveManually', null) })
    await settle(`${title}: swapParties`, { source, target, act: (conflict) => call(conflict.swapParties(), 'resolveUsingSource') })
  }
}

async function streaming(Filtered, note) {
  const events = async (title, options, work) =>
    note(title, async () => {
      const stream = await new Promise((resolve, reject) => Filtered.createChangeStream(options, (error, made) => (error ? reject(error) : resolve(made))))
      const seen = []
      stream.on('data', (event) => seen.push(event))
      await work()
      await pause()
      stream.destroy?.()
      return seen
    })
  await events('a stream of everything', {}, async () => {
    await Filtered.create({ id: '1', title: 'one', stars: 1 })
    const one = await Filtered.findById('1')
    await one.updateAttributes({ stars: 2 })
    await Filtered.updateAll({ id: '1' }, { stars: 3 })
    await Filtered.updateAll({ stars: 3 }, { stars: 4 })
    await Filtered.upsert({ id: '1', stars: 5 })
    await Filtered.upsert({ id: '2', stars: 5 })
    await Filtered.replaceById('2', { id: '2', title: 'two' })
    await Filtered.destroyById('1')
    const two = await Filtered.findById('2')
    await two.destroy()
    await Filtered.destroyAll({ stars: 9 })
  })
  await events('a filtered stream', { where: { stars: { gt: 2 } }, fields: ['id', 'stars'] }, async () => {
    await Filtered.create({ id: '3', stars: 1 })
    await Filtered.create({ id: '4', stars: 3, title: 'four' })
    await Filtered.updateAll({ id: '3' }, { stars: 7 })
    await Filtered.destroyById('4')
  })
}

async function settled(work) {
  try {
    return await work()
  } catch (error) {
    return { error: { name: error.name, message: error.message, statusCode: error.statusCode, code: error.code, details: error.details } }
  }
}

function exchange(port, { verb, path, body }) {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const headers = text === undefined ? { accept: 'application/json' } : { accept: 'application/json', 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
    const request = http.request({ port, host: '127.0.0.1', path, method: verb, headers }, (response) => {
      let reply = ''
      response.on('data', (chunk) => (reply += chunk))
      response.on('end', () => resolve({ status: response.statusCode, body: reply === '' ? undefined : JSON.parse(reply) }))
    })
    request.on('error', reject)
    request.end(text)
  })
}

/** As JSON, without what differs from run to run. */
function plain(value) {
  const text = JSON.stringify(value === undefined ? null : value, (key, member) => {
    if (key === 'time') return 'time'
    return key === 'stack' ? undefined : member
  })
  return JSON.parse(text)
}

module.exports = { run }
