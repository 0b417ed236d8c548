'use strict'

const progress = require('../progress')
const chunk = 5_000

/** Fills an empty database in one transaction; a database that has its rows is left alone. */
module.exports = async function seed(app) {
  const { Country, City } = app.models
  await app.dataSources.atlas.autoupdate()
  if ((await City.count()) > 0) return

  const rows = require('../rows')
  const transaction = await City.beginTransaction({ timeout: 120_000 })
  try {
    await Country.create(rows.countries(), { transaction })
    await insert(City, rows.cities(), transaction)
    await transaction.commit()
  } catch (error) {
    await transaction.rollback()
    throw error
  }
}

async function insert(City, cities, transaction) {
  const advance = progress('Seeding cities', cities.length)
  for (let done = 0; done < cities.length; done += chunk) {
    await City.create(cities.slice(done, done + chunk), { transaction })
    advance(Math.min(done + chunk, cities.length))
  }
}
