'use strict'
/*
 * When an answer counts as the original's. Everything must be equal, but an error of ours may say more than the original's did: a stable
 * code, and a status where the original had none (what would have been a 500). Failed assertions of the original are plain errors here.
 */
exports.same = same

function same(original, ours) {
  if (isError(original) && isError(ours)) return sameError(original.$error, ours.$error)
  if (Array.isArray(original))
    return Array.isArray(ours) && original.length === ours.length && original.every((item, index) => same(item, ours[index]))
  if (typeof original !== 'object' || original === null || typeof ours !== 'object' || ours === null || Array.isArray(ours))
    return original === ours
  const keys = Object.keys(original)
  return keys.length === Object.keys(ours).length && keys.every((key) => key in ours && same(original[key], ours[key]))
}

function isError(value) {
  return typeof value === 'object' && value !== null && typeof value.$error === 'object'
}

function sameError(original, ours) {
  const asserted = original.code === 'ERR_ASSERTION'
  const code = asserted ? undefined : original.code
  const name = asserted || original.name.startsWith('AssertionError') ? 'Error' : original.name
  return (
    name === ours.name &&
    original.message === ours.message &&
    (code === undefined || code === ours.code) &&
    (original.statusCode === undefined || original.statusCode === ours.statusCode) &&
    (original.details === undefined || same(original.details, ours.details))
  )
}
