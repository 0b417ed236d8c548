const words = ['garden', 'kitchen', 'office', 'wood', 'steel', 'glass', 'round', 'small', 'blue', 'grey', 'soft', 'heavy']
const kinds = ['Lamp', 'Chair', 'Table', 'Shelf', 'Mirror', 'Basket', 'Carpet', 'Clock']

/** Row number `index` of every store: the same in each peer, with no two prices equal. */
function row(index) {
  return {
    id: index + 1,
    name: `${kinds[index % 8]} ${words[index % 12]} ${String(index).padStart(5, '0')}`,
    price: ((index * 7919) % 100_000) / 100,
    tags: Array.from({ length: 1 + (index % 3) }, (_, place) => words[(index + place * 5) % 12]),
    createdAt: new Date(1_700_000_000_000 + index * 60_000),
  }
}

/** All rows: as many as the variable BENCH_ROWS says. */
function rows() {
  return Array.from({ length: Number(process.env.BENCH_ROWS ?? 10_000) }, (_, index) => row(index))
}

/** Tells the runner that the server answers. */
function ready(port) {
  process.stdout.write(`ready ${port}\n`)
}

module.exports = { row, rows, ready }
