'use strict'
const { request } = require('node:http')

/** Headers whose values belong to the wire contract; the others depend on the machine. */
const kept = ['content-type', 'x-made', 'x-own', 'allow', 'x-content-type-options']

/** Makes one request and returns what a client sees: status, kept headers and body (parsed when it is JSON). */
exports.exchange = function exchange(port, { verb, path, headers = {}, body }) {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const call = request({ port, method: verb, path, agent: false, headers: { ...headers, ...length } }, (reply) => {
      const chunks = []
      reply.on('data', (chunk) => chunks.push(chunk))
      reply.on('end', () => resolve(answerOf(reply, Buffer.concat(chunks).toString())))
    })
    call.on('error', reject)
    call.end(body)
  })
}

function answerOf(reply, text) {
  const headers = Object.fromEntries(kept.filter((name) => reply.headers[name] !== undefined).map((name) => [name, reply.headers[name]]))
  return { status: reply.statusCode, headers, body: parsed(text) }
}

function parsed(text) {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return { text }
  }
}

/**
 * Makes requests in order. `{first}` in a path stands for the id of the first row of the last list that was answered to
 * `GET /api/Authors/1/notes`.
 */
exports.follow = async function follow(requests, send) {
  const answers = []
  let first = 0
  for (const request of requests) {
    const headers = { ...(request.body === undefined ? {} : { 'content-type': 'application/json' }), ...request.headers }
    const answer = await send({ ...request, headers, path: request.path.replace('{first}', String(first)) })
    if (request.path === '/api/Authors/1/notes' && request.verb === 'GET' && answer.body.length > 0) first = answer.body[0].id
    answers.push(answer)
  }
  return answers
}
