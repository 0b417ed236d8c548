import { isDeepStrictEqual } from 'node:util'
import { startServer } from './server.mjs'

/** Fails when a peer answers a workload otherwise than the base does; nothing is measured before. */
export async function checkAnswers(peers, workloads) {
  const [base, ...others] = peers
  for (const workload of workloads) {
    const expected = await answerOf(base, workload)
    for (const peer of others.filter(({ only }) => !only || only === workload.name)) {
      const answer = await answerOf(peer, workload)
      if (!isDeepStrictEqual(answer, expected)) {
        const texts = [answer, expected].map((value) => JSON.stringify(value).slice(0, 400))
        throw new Error(`${peer.name} answers ${workload.name} with\n${texts[0]}\nwhere ${base.name} answers\n${texts[1]}`)
      }
    }
  }
}

async function answerOf(peer, { rows, requests }) {
  const server = await startServer(peer, rows)
  try {
    const [{ method = 'GET', path, body }] = requests(peer).slice(-1)
    const headers = {
      ...(body && { 'content-type': 'application/json' }),
      ...(server.authorization && { authorization: server.authorization }),
    }
    const response = await fetch(server.url + path, { method, headers, body: body && JSON.stringify(body) })
    return { status: response.status, body: plain(await response.json()) }
  } finally {
    await server.stop()
  }
}

/** Peers differ in the order of properties, and LoopBack shows a date that was not given as nothing where others leave it out. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, plain(item)]),
  )
}
