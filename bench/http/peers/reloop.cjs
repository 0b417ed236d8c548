// Our model on our memory connector, set up as the README of reloop does.
const reloop = require('reloop')
const { ready, rows } = require('../rows.cjs')

const app = reloop()
const dataSource = app.dataSource('db', { connector: 'memory' })
const Product = reloop.createModel(
  'Product',
  {
    id: { type: 'number', id: true, generated: true },
    name: { type: 'string', required: true },
    price: 'number',
    tags: ['string'],
    createdAt: 'date',
  },
  { forceId: false },
)
Product.validate('price', checkPrice, { message: 'must not be negative' })
app.model(Product, { dataSource })

function checkPrice(fail) {
  if (this.price < 0) fail()
}

async function main() {
  const given = rows()
  if (given.length > 0) await Product.create(given)
  const server = app.listen(0, '127.0.0.1', () => ready(server.address().port))
}

void main()
