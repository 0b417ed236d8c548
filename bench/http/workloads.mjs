/**
 * What is asked of every server. `requests(peer)` are those that wrk sends in turn, on each connection; `rows` is the size of the store.
 *
 * @typedef {{ method?: string, path: string, body?: unknown }} Request
 */
const thousand = Array.from({ length: 1000 }, (_, index) => 1 + ((index * 37) % 10_000))

export const workloads = [
  { name: 'W1', title: 'get by id', rows: 10_000, requests: ({ base }) => thousand.map((id) => ({ path: `${base}/${id}` })) },
  { name: 'W2', title: 'price > n, order, limit 20', rows: 10_000, requests: ({ base, filtered }) => [{ path: `${base}?${filtered}` }] },
  {
    name: 'W3',
    title: 'validated POST, fresh store',
    rows: 0,
    requests: ({ base }) => [{ method: 'POST', path: base, body: { name: 'Chair garden 00001', price: 79.19, tags: ['garden', 'glass'] } }],
  },
  { name: 'W4', title: 'list of 100', rows: 10_000, requests: ({ base, listed }) => [{ path: `${base}?${listed}` }] },
  {
    name: 'W5',
    title: 'PATCH by id',
    rows: 10_000,
    requests: ({ base }) => thousand.map((id, index) => ({ method: 'PATCH', path: `${base}/${id}`, body: { price: (index * 13) % 1000 } })),
  },
]
