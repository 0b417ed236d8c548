// LoopBack 4: a model, a CRUD repository and a controller, over the connector of ours that finds ids in a Map.
const { createRequire } = require('node:module')
const { join } = require('node:path')
const { ready, rows } = require('../rows.cjs')

const load = createRequire(join(process.env.BENCH_PEERS, 'package.json'))
const { juggler, DefaultCrudRepository, Entity, ModelDefinition } = load('@loopback/repository')
const { RestApplication, get, getModelSchemaRef, param, patch, post, requestBody } = load('@loopback/rest')

class Product extends Entity {}
Product.definition = new ModelDefinition({ name: 'Product' })
  .addProperty('id', { type: 'number', id: true })
  .addProperty('name', { type: 'string', required: true })
  .addProperty('price', { type: 'number', jsonSchema: { minimum: 0 } })
  .addProperty('tags', { type: 'array', itemType: 'string' })
  .addProperty('createdAt', { type: 'date' })

const db = new juggler.DataSource({ name: 'db', connector: require('./map-connector.cjs') })
const products = new DefaultCrudRepository(Product, db)

class Controller {
  byId(id) {
    return products.findById(id)
  }

  find(filter) {
    return products.find(filter)
  }

  create(body) {
    return products.create(body)
  }

  async change(id, body) {
    await products.updateById(id, body)
    return products.findById(id)
  }
}

function method(name, verb, parameters) {
  const descriptor = Object.getOwnPropertyDescriptor(Controller.prototype, name)
  parameters.forEach((decorate, index) => decorate(Controller.prototype, name, index))
  verb(Controller.prototype, name, descriptor)
}
const body = (options) => requestBody({ content: { 'application/json': { schema: getModelSchemaRef(Product, options) } } })
method('byId', get('/products/{id}'), [param.path.number('id')])
method('find', get('/products'), [param.filter(Product)])
method('create', post('/products'), [body({ title: 'NewProduct', exclude: ['id'] })])
method('change', patch('/products/{id}'), [param.path.number('id'), body({ partial: true })])

async function main() {
  const app = new RestApplication({ rest: { port: 0, host: '127.0.0.1', openApiSpec: { disabled: true } } })
  app.controller(Controller)
  const given = rows()
  for (let start = 0; start < given.length; start += 1000) await products.createAll(given.slice(start, start + 1000))
  await app.start()
  ready(app.restServer.url.split(':').at(-1))
}

void main()
