'use strict'
/*
 * The applications that LoopBack and Reloop are compared on: a bookshop with users, and a club with members. Plain CommonJS over LoopBack's
 * public API, so that the recorder builds them on the original as they are.
 */
const { books } = require('./books')
const { values } = require('./values')
const { tools } = require('./tools')
const { guarded } = require('./guarded')
const { tracked } = require('./tracked')
const { members, people } = require('./users')
const { shop, club } = require('../chapters')

function worldOf(app, line) {
  app.dataSource('db', { connector: 'memory' })
  return { app, line, add: (config, more) => app.model(app.registry.createModel(config), { dataSource: 'db', ...more }) }
}

/** Models of every kind, the built-in users, and who may sign in. */
async function buildShop(app, line) {
  const world = worldOf(app, line)
  app.dataSource('kv', { connector: 'kv-memory' })
  app.dataSource('transient', { connector: 'transient' })
  books(world)
  values(world)
  tools(world)
  app.enableAuth({ dataSource: 'db' })
  guarded(world)
  tracked(world)
  await people(world)
}

/** Users of an own model. */
async function buildClub(app, line) {
  members(worldOf(app, line))
  app.enableAuth({ dataSource: 'db' })
}

/** Each application with what is asked of it. */
exports.worlds = [
  { build: buildShop, chapters: shop },
  { build: buildClub, chapters: club },
]
