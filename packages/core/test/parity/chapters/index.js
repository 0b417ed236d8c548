'use strict'

/** Everything that is asked, in order. Chapters use what earlier ones left behind. */
exports.shop = [
  ...require('./crud').chapters,
  ...require('./filters').chapters,
  ...require('./relations').chapters,
  ...require('./nested').chapters,
  ...require('./tools').chapters,
  ...require('./hooks').chapters,
  ...require('./users').chapters,
  ...require('./access').chapters,
  ...require('./changes').chapters,
]

exports.club = require('./members').chapters
