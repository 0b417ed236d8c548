import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes an application: N models of 8 properties with a hasMany, a belongsTo, an access rule and a script each, all in memory.
 *
 * @param folder an empty one
 * @param count how many models
 */
export function generate(folder, count) {
  const models = join(folder, 'common', 'models')
  const server = join(folder, 'server')
  for (const path of [models, server]) mkdirSync(path, { recursive: true })
  const config = { _meta: { sources: ['../common/models'] } }
  for (let number = 0; number < count; number++) {
    const name = `Model${number}`
    config[name] = { dataSource: 'db', public: true }
    write(join(models, `${name}.json`), model(name, number, count))
    writeFileSync(join(models, `${name}.js`), `module.exports = (Model) => { Model.greet = async () => 'hello' }\n`)
  }
  write(join(server, 'config.json'), { restApiRoot: '/api' })
  write(join(server, 'datasources.json'), { db: { name: 'db', connector: 'memory' } })
  write(join(server, 'model-config.json'), config)
}

function model(name, number, count) {
  return {
    name,
    base: 'PersistedModel',
    properties: {
      title: { type: 'string', required: true },
      text: 'string',
      price: 'number',
      stock: 'number',
      open: 'boolean',
      tags: ['string'],
      madeAt: 'date',
      parentId: 'number',
    },
    relations: {
      children: { type: 'hasMany', model: `Model${(number + 1) % count}`, foreignKey: 'parentId' },
      parent: { type: 'belongsTo', model: `Model${(number + count - 1) % count}`, foreignKey: 'parentId' },
    },
    acls: [{ accessType: '*', principalType: 'ROLE', principalId: '$everyone', permission: 'ALLOW' }],
  }
}

function write(path, value) {
  writeFileSync(path, JSON.stringify(value))
}
