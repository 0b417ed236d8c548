// The same model behind access control: a token on every request, rules in the settings of the model.
const reloop = require('reloop')
const { ready, rows } = require('../rows.cjs')

const app = reloop({ localRegistry: true })
const { registry } = app
const dataSource = app.dataSource('db', { connector: 'memory' })
const Product = registry.createModel(
  'Product',
  {
    id: { type: 'number', id: true, generated: true },
    name: { type: 'string', required: true },
    price: 'number',
    tags: ['string'],
    createdAt: 'date',
  },
  {
    forceId: false,
    acls: [
      { accessType: '*', principalType: 'ROLE', principalId: '$everyone', permission: 'DENY' },
      { accessType: 'READ', principalType: 'ROLE', principalId: '$authenticated', permission: 'ALLOW' },
    ],
  },
)
app.model(Product, { dataSource })
const { User, AccessToken } = Object.fromEntries(['User', 'AccessToken'].map((name) => [name, registry.getModel(name)]))
app.model(User, { dataSource })
app.model(AccessToken, { dataSource, public: false })
app.enableAuth()

async function main() {
  const given = rows()
  if (given.length > 0) await Product.create(given)
  const user = await User.create({ email: 'bench@example.com', password: 'a long password' })
  const token = await user.createAccessToken(3600)
  const server = app.listen(0, '127.0.0.1', () => ready(`${server.address().port} ${token.id}`))
}

void main()
