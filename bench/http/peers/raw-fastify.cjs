// The base: Fastify with schemas on every route, over a Map.
const fastify = require('fastify')
const { ready, rows } = require('../rows.cjs')

const store = new Map(rows().map((row) => [row.id, row]))
let next = store.size + 1

const properties = {
  id: { type: 'integer' },
  name: { type: 'string' },
  price: { type: 'number' },
  tags: { type: 'array', items: { type: 'string' } },
  createdAt: { type: 'string', format: 'date-time' },
}
const product = { type: 'object', properties }
const list = { type: 'array', items: product }
const id = { type: 'object', properties: { id: { type: 'integer' } } }
const { name, price, tags } = properties
const body = { type: 'object', properties: { name, price: { ...price, minimum: 0 }, tags }, additionalProperties: false }

const app = fastify()

app.get('/products/:id', { schema: { params: id, response: { 200: product } } }, async (request, reply) => {
  const row = store.get(request.params.id)
  if (!row) return reply.code(404).send({ error: 'not found' })
  return row
})

const query = { type: 'object', properties: { priceAbove: { type: 'number' }, limit: { type: 'integer', minimum: 0 } } }
app.get('/products', { schema: { querystring: query, response: { 200: list } } }, async (request) => {
  const { priceAbove, limit } = request.query
  if (priceAbove === undefined) return firstOf(limit)
  const found = []
  for (const row of store.values()) if (row.price > priceAbove) found.push(row)
  return found.sort((a, b) => b.price - a.price).slice(0, limit)
})

app.post('/products', { schema: { body: { ...body, required: ['name'] }, response: { 200: product } } }, async (request) => {
  const row = { id: next++, ...request.body }
  store.set(row.id, row)
  return row
})

app.patch('/products/:id', { schema: { params: id, body, response: { 200: product } } }, async (request, reply) => {
  const row = store.get(request.params.id)
  if (!row) return reply.code(404).send({ error: 'not found' })
  const changed = { ...row, ...request.body }
  store.set(changed.id, changed)
  return changed
})

function firstOf(limit) {
  const found = []
  for (const row of store.values()) {
    if (found.length >= limit) break
    found.push(row)
  }
  return found
}

app.listen({ port: 0, host: '127.0.0.1' }).then(() => ready(app.server.address().port))
