// Feathers 5 on Koa with its memory adapter and a compiled schema for new data.
const { createRequire } = require('node:module')
const { join } = require('node:path')
const { ready, rows } = require('../rows.cjs')

const load = createRequire(join(process.env.BENCH_PEERS, 'package.json'))
const { feathers } = load('@feathersjs/feathers')
const { koa, rest, bodyParser, errorHandler } = load('@feathersjs/koa')
const { MemoryService } = load('@feathersjs/memory')
const { Ajv, hooks, getValidator } = load('@feathersjs/schema')

const product = { name: { type: 'string' }, price: { type: 'number', minimum: 0 }, tags: { type: 'array', items: { type: 'string' } } }
const ajv = new Ajv({ coerceTypes: true })
const fresh = getValidator({ $id: 'new', type: 'object', properties: product, required: ['name'], additionalProperties: false }, ajv)
const change = getValidator({ $id: 'change', type: 'object', properties: product, additionalProperties: false }, ajv)

const given = rows()
const app = koa(feathers())
app.use(errorHandler())
app.use(bodyParser())
app.configure(rest())
const store = Object.fromEntries(given.map((row) => [row.id, row]))
app.use('products', new MemoryService({ id: 'id', startId: given.length + 1, store, multi: false, filters: {} }))
app.service('products').hooks({
  before: {
    find: [numbers],
    create: [hooks.validateData(fresh)],
    patch: [hooks.validateData(change)],
  },
  after: { create: [ok] },
})

/** Query strings hold text, and the adapter compares as it finds. */
async function numbers(context) {
  const { price } = context.params.query
  if (price?.$gt !== undefined) price.$gt = Number(price.$gt)
  if (context.params.query.$sort?.price !== undefined) context.params.query.$sort.price = Number(context.params.query.$sort.price)
}

async function ok(context) {
  context.http = { ...context.http, status: 200 }
}

app.listen(0, '127.0.0.1').then((server) => ready(server.address().port))
