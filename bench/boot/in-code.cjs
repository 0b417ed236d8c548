// N related models, defined in code. It prints `ready <port>` when it listens.
const reloop = require('reloop')

const count = Number(process.env.BENCH_MODELS)
const app = reloop()
const dataSource = app.dataSource('db', { connector: 'memory' })

for (let number = 0; number < count; number++) {
  const Model = reloop.createModel(
    `Model${number}`,
    {
      title: { type: 'string', required: true },
      text: 'string',
      price: 'number',
      stock: 'number',
      open: 'boolean',
      tags: ['string'],
      madeAt: 'date',
      parentId: 'number',
    },
    {
      relations: {
        children: { type: 'hasMany', model: `Model${(number + 1) % count}`, foreignKey: 'parentId' },
        parent: { type: 'belongsTo', model: `Model${(number + count - 1) % count}`, foreignKey: 'parentId' },
      },
      acls: [{ accessType: '*', principalType: 'ROLE', principalId: '$everyone', permission: 'ALLOW' }],
    },
  )
  app.model(Model, { dataSource })
}
const server = app.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`))
