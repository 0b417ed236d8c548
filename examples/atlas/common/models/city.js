'use strict'

/** Radii in kilometres that are tried one after the other: the first that holds enough cities has the nearest ones. */
const radii = [25, 100, 400, 1600, 6400, 20100]

module.exports = function (City) {
  City.validatesLengthOf('name', { max: 200, allowBlank: true, message: { max: 'is longer than 200 characters' } })
  City.validatesFormatOf('countryCode', { with: /^[A-Z]{2}$/, message: 'is not an ISO 3166-1 alpha-2 code' })
  City.validatesNumericalityOf('population', { int: true, allowNull: true })

  /** The cities nearest to a point; bounding box and distance are worked out in SQL. */
  City.nearest = async function (lat, lng, limit = 10) {
    for (const maxDistance of radii) {
      const near = { lat, lng }
      const cities = await City.find({ where: { location: { near, maxDistance, unit: 'kilometers' } }, limit })
      if (cities.length >= limit || maxDistance === radii.at(-1)) return cities
    }
  }

  City.remoteMethod('nearest', {
    description: 'The cities nearest to a point, nearest first',
    accepts: [
      { arg: 'lat', type: 'number', required: true, description: 'Latitude in degrees, -90 to 90', http: { source: 'query' } },
      { arg: 'lng', type: 'number', required: true, description: 'Longitude in degrees, -180 to 180', http: { source: 'query' } },
      { arg: 'limit', type: 'integer', default: 10, description: 'How many', http: { source: 'query' } },
    ],
    returns: { arg: 'cities', type: ['City'], root: true },
    http: { verb: 'get', path: '/nearest' },
  })
}
