import { join } from 'node:path'

const folder = join(import.meta.dirname, 'peers')
const filter = (value) => `filter=${encodeURIComponent(JSON.stringify(value))}`
const loopback = {
  base: '/api/Products',
  filtered: filter({ where: { price: { gt: 500 } }, order: 'price DESC', limit: 20 }),
  listed: filter({ limit: 100 }),
}

/** The servers, the base of all ratios first. Each is a script that takes rows and answers the same, under paths of its own. */
export function peersOf(folders) {
  const ofOthers = { base: '/products', env: { BENCH_PEERS: folders.others } }
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
    { name: 'Reloop, access control and a token', script: join(folder, 'reloop-access.cjs'), ...loopback, only: 'W1' },
    {
      name: 'NestJS 12 on Fastify',
      script: join(folder, 'nest.cjs'),
      ...ofOthers,
      filtered: 'priceAbove=500&limit=20',
      listed: 'limit=100',
    },
    {
      name: 'Feathers 5 on Koa',
      script: join(folder, 'feathers.cjs'),
      ...ofOthers,
      filtered: 'price[$gt]=500&$sort[price]=-1&$limit=20',
      listed: '$limit=100',
    },
    { name: 'LoopBack 4 over an indexed store', script: join(folder, 'loopback4.cjs'), ...loopback, ...ofOthers },
    { name: 'LoopBack 3 over an indexed store', ...lb3, env: { BENCH_LOOPBACK: folders.loopback, BENCH_STORE: 'map' } },
    { name: 'LoopBack 3, its memory connector', ...lb3, env: { BENCH_LOOPBACK: folders.loopback, BENCH_STORE: 'memory' } },
  ]
}
