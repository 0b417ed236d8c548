// LoopBack 3 as its own documentation sets it up, without anything that costs and is not asked for. BENCH_STORE: memory or map.
const { createRequire } = require('node:module')
const { join } = require('node:path')
const { ready, rows } = require('../rows.cjs')

const loopback = createRequire(join(process.env.BENCH_LOOPBACK, 'package.json'))('loopback')

const app = loopback()
const dataSource = loopback.createDataSource({ connector: process.env.BENCH_STORE === 'map' ? require('./map-connector.cjs') : 'memory' })
const Product = loopback.PersistedModel.extend(
  'Product',
  {
    id: { type: Number, id: true, generated: true },
    name: { type: String, required: true },
    price: Number,
    tags: ['string'],
    createdAt: Date,
  },
  { forceId: false },
)
Product.validate('price', checkPrice, { message: 'must not be negative' })
app.model(Product, { dataSource, public: true })
app.use('/api', loopback.rest())

function checkPrice(fail) {
  if (this.price < 0) fail()
}

async function main() {
  const given = rows()
  for (let start = 0; start < given.length; start += 1000) await Product.create(given.slice(start, start + 1000))
  const server = app.listen(0, '127.0.0.1', () => ready(server.address().port))
}

void main()
