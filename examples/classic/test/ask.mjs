// Usage: node ask.mjs URL     asks a running application every request of requests.json and writes the replies as JSON
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const requests = JSON.parse(readFileSync(join(import.meta.dirname, 'requests.json'), 'utf8'))
const told = ['content-type', 'x-served-by', 'x-welcome', 'access-control-allow-origin', 'access-control-allow-credentials']

/** Asks all of them in order, keeping the tokens of those who log in. */
export async function askAll(url) {
  const tokens = {}
  const replies = {}
  for (const request of requests) {
    const reply = await ask(url, request, tokens)
    if (request.token) tokens[request.token] = reply.body.id
    replies[request.title] = reply
  }
  return replies
}

async function ask(url, { method = 'GET', path, body, text, as, headers }, tokens) {
  const reply = await fetch(url + path.replace(/\{(\w+)\}/, (whole, name) => tokens[name] ?? whole), {
    method,
    headers: {
      accept: 'application/json',
      ...(as && { authorization: tokens[as] }),
      ...((body || text) && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: text ?? (body && JSON.stringify(body)),
  })
  const content = await reply.text()
  const shown = Object.fromEntries(told.flatMap((name) => (reply.headers.has(name) ? [[name, reply.headers.get(name)]] : [])))
  return { status: reply.status, headers: shown, body: /json/.test(shown['content-type'] ?? '') && content ? JSON.parse(content) : content }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(JSON.stringify(await askAll(process.argv[2]), null, 2))
