'use strict'
const { exchange } = require('../../../../tools/parity/exchange')

/**
 * Asks everything in order. A request may name who asks (`as`), and keep members of its answer (`keep: { name: 'member' }`) for the
 * placeholders `{name}` (and `{name:base64}`) of later ones.
 *
 * @returns answers by chapter, without what differs from run to run: ids of tokens and times of now
 */
exports.play = async function play(chapters, port) {
  const kept = new Map()
  const fill = (text) =>
    text.replace(/\{([a-z][A-Za-z]*)(:base64)?\}/g, (whole, name, encoded) => {
      const value = kept.has(name) ? String(kept.get(name)) : whole
      return encoded ? Buffer.from(value).toString('base64') : value
    })
  const answers = {}
  for (const { title, requests } of chapters) {
    answers[title] = []
    for (const asked of requests) {
      const answer = await exchange(port, wired(asked, fill))
      for (const [name, member] of Object.entries(asked.keep || {})) if (answer.status === 200) kept.set(name, answer.body[member])
      answers[title].push(steady(answer))
    }
  }
  return answers
}

function wired({ verb, path, body, headers, as }, fill) {
  const sent = { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(as && { authorization: fill(`{${as}}`) }) }
  for (const [name, value] of Object.entries(headers || {})) sent[name] = fill(value)
  return { verb, path: fill(path), headers: sent, ...(body !== undefined && { body: fill(body) }) }
}

/** An answer as it would be on another day: tokens and times of now have no value of their own. */
function steady({ status, headers, body }) {
  return { status, headers, ...(body !== undefined && { body: steadyValue(body) }) }
}

const day = 24 * 60 * 60 * 1000

function steadyValue(value) {
  if (Array.isArray(value)) return value.map(steadyValue)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, steadyValue(member)]))
  if (typeof value !== 'string') return value
  if (/^[A-Za-z0-9]{64}$/.test(value)) return '<token>'
  if (/^[0-9a-f]{24}$/.test(value)) return '<id>'
  return /^\d{4}-\d\d-\d\dT/.test(value) && Math.abs(Date.parse(value) - Date.now()) < 2 * day ? '<now>' : value
}
