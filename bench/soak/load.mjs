import { Agent, request } from 'node:http'

/** What clients do, by share. */
const kinds = [...Array(5).fill('read'), ...Array(2).fill('list'), ...Array(2).fill('create'), 'change']

/**
 * Clients at a steady rate that remember what the server has confirmed.
 *
 * @param url of the API
 * @param perSecond requests per second
 */
export function startLoad(url, perSecond) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const confirmed = { created: new Map(), versions: new Map() }
  const counts = { sent: 0, ok: 0, failed: 0, unanswered: 0 }
  const failures = new Map()
  const changing = new Set()
  const ids = []
  let [turn, lastOk, longestGap] = [0, performance.now(), 0]

  const send = (method, path, body) =>
    new Promise((resolve) => {
      counts.sent++
      const text = body && JSON.stringify(body)
      const headers = text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}
      const outgoing = request(url + path, { agent, method, headers, timeout: 30_000 }, (response) => {
        const parts = []
        response.on('data', (part) => parts.push(part))
        response.on('end', () => resolve(answered(response.statusCode, Buffer.concat(parts).toString())))
        response.on('error', () => resolve(lost('broken reply')))
      })
      outgoing.on('timeout', () => outgoing.destroy(new Error('time-out')))
      outgoing.on('error', (error) => resolve(lost(error.code ?? error.message)))
      outgoing.end(text)
    })

  function answered(status, text) {
    if (status !== 200) {
      counts.failed++
      failures.set(status, (failures.get(status) ?? 0) + 1)
      return undefined
    }
    const now = performance.now()
    longestGap = Math.max(longestGap, now - lastOk)
    lastOk = now
    counts.ok++
    return JSON.parse(text)
  }

  function lost(reason) {
    counts.unanswered++
    failures.set(reason, (failures.get(reason) ?? 0) + 1)
    return undefined
  }

  const actions = {
    read: () => send('GET', `/Notes/${ids[turn % ids.length] ?? 1}`),
    list: () =>
      send('GET', `/Notes?filter=${encodeURIComponent(JSON.stringify({ where: { version: { gt: 0 } }, limit: 20, order: 'id DESC' }))}`),
    async create() {
      const key = `note-${turn}`
      const made = await send('POST', '/Notes', { key, text: `Text ${turn}` })
      if (!made) return
      confirmed.created.set(key, made.id)
      ids.push(made.id)
    },
    /** One change of a row at a time, so that the last confirmed version is the least that must be there. */
    async change() {
      const id = ids[(turn * 7) % ids.length]
      if (id === undefined || changing.has(id)) return
      changing.add(id)
      const version = turn
      if (await send('PATCH', `/Notes/${id}`, { version })) confirmed.versions.set(id, version)
      changing.delete(id)
    },
  }

  const pending = new Set()
  const timer = setInterval(() => {
    for (let i = 0; i < perSecond / 20; i++) {
      turn++
      const work = actions[ids.length === 0 ? 'create' : kinds[turn % kinds.length]]()
      pending.add(work)
      void work.finally(() => pending.delete(work))
    }
  }, 50)
  return {
    counts,
    failures,
    confirmed,
    longestGap: () => Math.max(longestGap, performance.now() - lastOk),
    async stop() {
      clearInterval(timer)
      await Promise.all(pending)
      agent.destroy()
    },
  }
}
