'use strict'
/*
 * What is asked of loopback-datasource-juggler and of Reloop alike, over the public interface only. Plain CommonJS, so that the
 * recorder runs it on the original as it is.
 */
const rooms = [
  'create',
  'read',
  'write',
  'instance',
  'filters',
  'include',
  'scopes',
  'to-one',
  'to-many',
  'through',
  'embedded',
  'polymorphic',
  'validation',
  'values',
  'strict',
  'definition',
  'observers',
]

exports.steps = [...rooms.flatMap((name) => require(`./steps/${name}.js`)), ...require('../hooks-matrix/steps.js')]

/** What came with version 4: asked of that version and of the profile `modern` only. */
exports.stepsOfFour = require('./steps/four.js')
