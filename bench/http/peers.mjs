import { join } from 'node:path'

const folder = join(import.meta.dirname, 'peers')
const filter = (value) => `filter=${encodeURIComponent(JSON.stringify(value))}`
const loopback = {
  base: '/api/Products',
  filtered: filter({ where: { price: { gt: 500 } }, order: 'price DESC', limit: 20 }),
  listed: filter({ limit: 100 }),
}

/** The servers, the base of all ratios first. Each is a script that takes rows and answers the same, under paths of its own. */
export function peersOf(loopbackFolder) {
  const lb3 = { ...loopback, script: join(folder, 'loopback3.cjs') }
  return [
    {
      name: 'raw Fastify 5',
      script: join(folder, 'raw-fastify.cjs'),
      base: '/products',
      filtered: 'priceAbove=500&limit=20',
      listed: 'limit=100',
    },
    { name: 'Reloop', script: join(folder, 'reloop.cjs'), ...loopback },
    { name: 'LoopBack 3 over an indexed store', ...lb3, env: { BENCH_LOOPBACK: loopbackFolder, BENCH_STORE: 'map' } },
    { name: 'LoopBack 3, its memory connector', ...lb3, env: { BENCH_LOOPBACK: loopbackFolder, BENCH_STORE: 'memory' } },
  ]
}
