'use strict'
/*
 * Results as JSON-able values: what a program can see of them, without stacks, paths or internals.
 */
const deepest = 9

/** A value as JSON-able data; `undefined` members are left out, as in JSON. */
exports.encode = function encode(value, depth = 0) {
  if (value === undefined) return '$undefined'
  if (typeof value === 'number' && !Number.isFinite(value)) return `$${value}`
  if (typeof value === 'bigint') return `$${value}n`
  if (typeof value === 'function') return typeof value.modelName === 'string' ? `$class ${value.modelName}` : '$function'
  if (typeof value === 'symbol') return '$symbol'
  if (value === null || typeof value !== 'object') return value
  return depth > deepest ? '$deep' : encodeObject(value, (member) => encode(member, depth + 1))
}

function encodeObject(value, next) {
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => (index in value ? next(value[index]) : '$hole'))
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '$invalid date' : `$date ${value.toISOString()}`
  if (value instanceof RegExp) return `$${value}`
  if (Buffer.isBuffer(value)) return `$buffer ${value.toString('hex')}`
  if (value instanceof Error || isErrorLike(value)) return encodeError(value, next)
  if (value.constructor && value.constructor.name === 'GeoPoint') return `$geo ${value.lat},${value.lng}`
  if (isInstance(value)) return { $: value.constructor.modelName, ...members(value.toObject(false), next) }
  return members(value, next)
}

/** Errors of the other realm that a test runs in are no `instanceof Error`. */
function isErrorLike(value) {
  return typeof value.message === 'string' && typeof value.stack === 'string'
}

function encodeError(error, next) {
  const { name, message, statusCode, code, details } = error
  return { $error: { name, message, ...members({ statusCode, code, details }, next) } }
}

function isInstance(value) {
  return typeof value.toObject === 'function' && value.constructor && typeof value.constructor.modelName === 'string'
}

function members(object, next) {
  const result = {}
  for (const key of Object.keys(object)) if (object[key] !== undefined) result[key] = next(object[key])
  return result
}
