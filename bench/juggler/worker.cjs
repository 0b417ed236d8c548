// One peer in a process of its own: opens the file, then runs what it is told.
const { open } = require(process.env.BENCH_PEER)
const { fresh } = require('./rows.cjs')

const concurrency = 10
const opened = Promise.resolve(open(process.env.BENCH_FILE))

process.on('message', ({ name, seconds }) => {
  opened
    .then((peer) => run(peer, name, seconds))
    .then(
      (result) => process.send({ result }),
      (error) => process.send({ error: error.stack ?? String(error) }),
    )
})

async function run(peer, name, seconds) {
  if (name === 'check') return check(peer)
  const once = calls(peer)[name]
  await repeat(once, seconds / 3)
  const cpu = process.cpuUsage()
  const { count, time } = await repeat(once, seconds)
  const { user, system } = process.cpuUsage(cpu)
  return { rate: count / time, cpu: (user + system) / count }
}

/** What is done once, and how many things that is. */
function calls(peer) {
  let turn = 0
  const id = () => 1 + ((turn++ * 37) % 10_000)
  return {
    D1: async () => (await peer.D1(id()), 1),
    D2: async () => (await peer.D2(fresh(turn++)), 1),
    D2b: async () => {
      await peer.D2b(Array.from({ length: 10_000 }, (_, index) => fresh(index)))
      return 10_000
    },
    D3: async () => (await peer.D3(), 1),
    D4: async () => (await peer.D4(), 1),
    D5: async () => (await peer.D5(id(), (turn * 13) % 1000), 1),
  }
}

async function repeat(once, seconds) {
  const begun = performance.now()
  const end = begun + seconds * 1000
  let count = 0
  const lane = async () => {
    while (performance.now() < end) {
      const done = await once()
      count += done
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return { count, time: (performance.now() - begun) / 1000 }
}

/** Answers in one form, so that peers can be compared. */
async function check(peer) {
  const plain = (value) => JSON.parse(JSON.stringify(value))
  const before = await peer.count()
  await peer.D2(fresh(1))
  await peer.D2b(Array.from({ length: 1000 }, (_, index) => fresh(index)))
  await peer.D5(3, 12.5)
  const added = (await peer.count()) - before
  const parents = plain(await peer.D4())
  // Which of the rows of one call comes first is not said.
  for (const parent of parents)
    parent.products = parent.products
      .map((row) => ({ ...row, id: row.id > 10_000 ? 'new' : row.id }))
      .sort((a, b) => a.name.localeCompare(b.name) || String(a.id).localeCompare(String(b.id)))
  const rows = plain(await peer.D3())
  return { one: plain(await peer.D1(3)), added, rows: [rows.length, rows[999]], parents: [parents.length, parents[7]] }
}
