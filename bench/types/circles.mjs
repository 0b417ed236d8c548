/**
 * Source text of models that are related in circles: each belongs to the next three and has many of the last three.
 *
 * @param {number} count how many models
 * @param {string} juggler path of the juggler's sources
 */
export function circles(count, juggler) {
  const names = Array.from({ length: count }, (_, index) => `Model${index}`)
  const at = (index) => names[(index + count) % count]
  return [
    `import { defineModel } from '${juggler}/define-model'`,
    ...names.map((name, index) =>
      model(
        name,
        [1, 2, 3].map((step) => [at(index + step), at(index - step)]),
      ),
    ),
    `declare module '${juggler}/types/models' { interface Models { ${names.map((name) => `${name}: typeof ${name}`).join('; ')} } }`,
    ...names.map((name, index) => use(name, at(index + 1), at(index + 2))),
  ].join('\n')
}

function model(name, neighbours) {
  const relations = neighbours.flatMap(([next, last]) => [
    `to${next}: { type: 'belongsTo', model: '${next}' }`,
    `of${last}: { type: 'hasMany', model: '${last}', foreignKey: 'to${name}Id' }`,
  ])
  return `export const ${name} = defineModel('${name}', {
  properties: {
    id: { type: 'number', id: true, generated: true },
    title: { type: 'string', required: true },
    size: { type: 'number', default: 1 },
    made: 'date',
    tags: ['string'],
    place: { street: 'string', at: 'geopoint' },
  },
  relations: { ${relations.join(', ')} },
})`
}

function use(name, next, afterNext) {
  return `export async function use${name}() {
  await ${name}.create({ title: 'a', to${next}Id: 1 })
  const [one] = await ${name}.find({
    where: { size: { gt: 1 }, 'to${next}.title': { like: 'a%' }, to${next}: { some: { to${afterNext}: { none: { size: 3 } } } } },
    order: ['to${next}.size DESC', 'id'],
    include: [{ relation: 'to${next}', scope: { include: 'to${afterNext}' } }],
  })
  one?.to${next}()?.to${afterNext}()?.title
  return one?.toJSON().to${next}?.to${afterNext}?.size
}`
}
