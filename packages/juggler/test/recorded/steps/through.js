'use strict'
const { room } = require('../play')

async function clinic(t, params) {
  const Doctor = t.model('Doctor', { name: String })
  const Patient = t.model('Patient', { name: String, age: Number })
  const Visit = t.model('Visit', { reason: String })
  Doctor.hasMany(Patient, { as: 'patients', through: Visit, ...params })
  Patient.hasMany(Doctor, { as: 'doctors', through: Visit })
  Visit.belongsTo(Doctor, { as: 'doctor' })
  Visit.belongsTo(Patient, { as: 'patient' })
  const doc = await Doctor.create({ name: 'Doc' })
  const other = await Doctor.create({ name: 'Other' })
  for (const [name, age] of [
    ['P1', 10],
    ['P2', 30],
    ['P3', 20],
  ])
    await Patient.create({ name, age })
  await Visit.create({ doctorId: 1, patientId: 1, reason: 'r1' })
  await Visit.create({ doctorId: 1, patientId: 2, reason: 'r2' })
  await Visit.create({ doctorId: 2, patientId: 3, reason: 'r3' })
  return { Doctor, Patient, Visit, doc, other }
}

async function parts(t) {
  const Assembly = t.model('Assembly', { name: String })
  const Part = t.model('Part', { number: String })
  Assembly.hasAndBelongsToMany(Part, { as: 'parts' })
  Part.hasAndBelongsToMany(Assembly, { as: 'assemblies' })
  return { Assembly, Part, car: await Assembly.create({ name: 'car' }) }
}

module.exports = [
  ...room('hasMany through', (step) => {
    const over = (title, play, params) => step(title, async (t) => play(await clinic(t, params), t))

    over('with a callback', ({ doc }, t) => t.ask(doc, 'patients'))
    over('with a filter', ({ doc }, t) => t.ask(doc, 'patients', { where: { age: { gt: 10 } } }))
    over('with an order', ({ doc }, t) => t.ask(doc, 'patients', { order: 'age DESC' }))
    over('as a promise', ({ doc }) => (doc.patients.find || doc.patients.getAsync).call(doc.patients))
    over('as a promise with a filter', ({ doc }) =>
      (doc.patients.find || doc.patients.getAsync).call(doc.patients, { where: { age: { gt: 10 } } }),
    )
    over('create', async ({ doc, Visit }, t) => ({
      answer: await t.ask(doc.patients, 'create', { name: 'new' }),
      links: await Visit.find({ where: { doctorId: 1 } }),
    }))
    over('create many', async ({ doc, Visit }, t) => ({
      answer: await t.ask(doc.patients, 'create', [{ name: 'x' }, { name: 'y' }]),
      links: await Visit.count({ doctorId: 1 }),
    }))
    over('build', ({ doc }) => doc.patients.build({ name: 'b' }))
    over('add an instance', async ({ doc, Patient, Visit }, t) => ({
      answer: await t.ask(doc.patients, 'add', await Patient.findById(3)),
      links: await Visit.count({ doctorId: 1 }),
    }))
    over('add an id', ({ doc }, t) => t.ask(doc.patients, 'add', 3))
    over('add with data', ({ doc }, t) => t.ask(doc.patients, 'add', 3, { reason: 'given' }))
    over('add twice', async ({ doc, Visit }, t) => [await t.ask(doc.patients, 'add', 1), await Visit.count({ doctorId: 1 })])
    over('add as a promise', ({ doc }) => doc.patients.add(3))
    over('remove an instance', async ({ doc, Patient, Visit }, t) => ({
      answer: await t.ask(doc.patients, 'remove', await Patient.findById(1)),
      links: await Visit.count({ doctorId: 1 }),
      patients: await Patient.count(),
    }))
    over('remove an id', ({ doc }, t) => t.ask(doc.patients, 'remove', 1))
    over('remove of nothing', ({ doc }, t) => t.ask(doc.patients, 'remove', 99))
    over('exists', async ({ doc }, t) => [await t.ask(doc.patients, 'exists', 1), await t.ask(doc.patients, 'exists', 3)])
    over('findById', ({ doc }, t) => t.ask(doc.patients, 'findById', 1))
    over('findById of another owner', ({ doc }, t) => t.ask(doc.patients, 'findById', 3))
    over('findById of nothing', ({ doc }, t) => t.ask(doc.patients, 'findById', 99))
    over('updateById', async ({ doc, Patient }, t) => [await t.ask(doc.patients, 'updateById', 1, { age: 99 }), await Patient.findById(1)])
    over('updateById of another owner', ({ doc }, t) => t.ask(doc.patients, 'updateById', 3, { age: 99 }))
    over('destroy', async ({ doc, Patient, Visit }, t) => ({
      answer: await t.ask(doc.patients, 'destroy', 1),
      links: await Visit.count(),
      patients: await Patient.count(),
    }))
    over('destroy of another owner', ({ doc }, t) => t.ask(doc.patients, 'destroy', 3))
    over('count', async ({ doc }, t) => t.ask(doc.patients, 'count'))
    over('destroyAll', async ({ doc, Patient, Visit }, t) => ({
      answer: await t.ask(doc.patients, 'destroyAll'),
      links: await Visit.count(),
      patients: await Patient.count(),
    }))
    over('the other side', async ({ Patient }, t) => t.ask(await Patient.findById(1), 'doctors'))
    over('included', async ({ Doctor }) => (await Doctor.find({ include: 'patients' })).map((row) => row.toJSON()))
    over('included with a scope', async ({ Doctor }) =>
      (await Doctor.find({ include: { relation: 'patients', scope: { where: { age: { gt: 10 } }, order: 'age DESC' } } })).map((row) =>
        row.toJSON(),
      ),
    )
    over('included with fields', async ({ Doctor }) =>
      (await Doctor.find({ include: { relation: 'patients', scope: { fields: ['name'] } } })).map((row) => row.toJSON()),
    )
    over('a link whose target is gone', async ({ doc, Patient }, t) => {
      await Patient.destroyById(1)
      return t.ask(doc, 'patients')
    })
    over('remoting', async ({ doc }, t) => ({
      get: await t.ask(doc, '__get__patients'),
      link: await t.ask(doc, '__link__patients', 3),
      exists: await t.ask(doc, '__exists__patients', 3),
      unlink: await t.ask(doc, '__unlink__patients', 3),
      count: await t.ask(doc, '__count__patients'),
    }))
    over('definition', ({ Doctor }, t) => {
      const { name, type, keyFrom, keyTo, keyThrough, multiple, modelThrough } = Doctor.relations.patients
      return { name, type, keyFrom, keyTo, keyThrough, multiple, through: t.tell(modelThrough), json: Doctor.relations.patients.toJSON() }
    })
    over('with its own keys', async (_, t) => {
      const User = t.model('User', { name: String })
      const Follow = t.model('Follow', { since: Number })
      User.hasMany(User, { as: 'followers', foreignKey: 'followeeId', keyThrough: 'followerId', through: Follow })
      User.hasMany(User, { as: 'following', foreignKey: 'followerId', keyThrough: 'followeeId', through: Follow })
      Follow.belongsTo(User, { as: 'follower' })
      Follow.belongsTo(User, { as: 'followee' })
      const [ann, bob] = [await User.create({ name: 'Ann' }), await User.create({ name: 'Bob' })]
      await ann.followers.add(bob)
      return { links: await Follow.find(), followers: await t.ask(ann, 'followers'), following: await t.ask(bob, 'following') }
    })
    over('the cache after add and remove', async ({ doc, Patient }, t) => {
      await t.ask(doc, 'patients')
      await t.ask(doc.patients, 'add', await Patient.findById(3))
      const added = (doc.patients() || []).map((one) => one.id)
      await t.ask(doc.patients, 'remove', await Patient.findById(1))
      return { added, removed: (doc.patients() || []).map((one) => one.id) }
    })
  }),
  ...room('hasAndBelongsToMany', (step) => {
    const over = (title, play) => step(title, async (t) => play(await parts(t), t))

    over('create', async ({ car }, t) => [await t.ask(car.parts, 'create', { number: 'n1' }), await t.ask(car, 'parts', true)])
    over('add and remove', async ({ car, Part }, t) => {
      const part = await Part.create({ number: 'n' })
      const added = await t.ask(car.parts, 'add', part)
      const listed = await t.ask(car, 'parts', true)
      const removed = await t.ask(car.parts, 'remove', part)
      return { added, listed, removed, left: await t.ask(car, 'parts', true) }
    })
    over('the other side', async ({ car, Part }, t) => {
      await car.parts.create({ number: 'n1' })
      return t.ask(await Part.findOne(), 'assemblies')
    })
    over('the model between', ({ Assembly }, t) => {
      const Through = Assembly.relations.parts.modelThrough
      return {
        name: t.tell(Through),
        properties: Object.keys(Through.definition.properties).sort(),
        relations: Object.keys(Through.relations).sort(),
      }
    })
    over('destroy', async ({ car, Part }, t) => {
      await car.parts.create({ number: 'n1' })
      return [await t.ask(car.parts, 'destroy', 1), await Part.count()]
    })
    over('findById', async ({ car }, t) => {
      await car.parts.create({ number: 'n1' })
      return t.ask(car.parts, 'findById', 1)
    })
    over('included', async ({ Assembly, car }) => {
      await car.parts.create({ number: 'n1' })
      return (await Assembly.find({ include: 'parts' })).map((row) => row.toJSON())
    })
    over('definition', ({ Assembly }) => {
      const { name, type, keyFrom, keyTo, keyThrough, multiple } = Assembly.relations.parts
      return { name, type, keyFrom, keyTo, keyThrough, multiple }
    })
  }),
]
