// A connector for LoopBack 3 that keeps rows in a Map by id, so that what is left is LoopBack's own cost.

/** LoopBack calls this with the data source; the connector is what it finds there afterwards. */
exports.initialize = (dataSource, callback) => {
  dataSource.connector = new MapConnector()
  process.nextTick(callback)
}

class MapConnector {
  constructor() {
    this.name = 'map'
    this._models = {}
    this.tables = {}
  }

  connect(callback) {
    process.nextTick(callback)
  }

  define({ model, properties, settings }) {
    this._models[model.modelName] = { model, properties, settings }
    this.tables[model.modelName] = { rows: new Map(), next: 1 }
  }

  getTypes() {
    return ['db', 'nosql', 'map']
  }

  getDefaultIdType() {
    return Number
  }

  create(model, data, options, callback) {
    const table = this.tables[model]
    const id = data.id ?? table.next
    table.next = Math.max(table.next, id + 1)
    table.rows.set(id, { ...data, id })
    process.nextTick(callback, null, id)
  }

  all(model, filter, options, callback) {
    process.nextTick(callback, null, find(this.tables[model].rows, filter))
  }

  count(model, where, options, callback) {
    process.nextTick(callback, null, find(this.tables[model].rows, { where }).length)
  }

  /** LoopBack 4 changes rows by their id with this. */
  update(model, where, data, options, callback) {
    this.updateAttributes(model, where.id, data, options, (error) => callback(error, { count: 1 }))
  }

  updateAttributes(model, id, data, options, callback) {
    const { rows } = this.tables[model]
    const changed = { ...rows.get(id), ...data, id }
    rows.set(id, changed)
    process.nextTick(callback, null, changed)
  }
}

function find(rows, { where, order, limit = Infinity, offset = 0 }) {
  if (where?.id !== undefined && typeof where.id !== 'object') return rows.has(where.id) ? [{ ...rows.get(where.id) }] : []
  const test = testOf(where)
  const found = []
  const enough = order && String(order) !== 'id' ? Infinity : offset + limit
  for (const row of rows.values()) {
    if (found.length >= enough) break
    if (test(row)) found.push(row)
  }
  return sorted(found, order)
    .slice(offset, offset + limit)
    .map((row) => ({ ...row }))
}

function testOf(where = {}) {
  const tests = Object.entries(where).map(([key, value]) => {
    if (typeof value !== 'object' || value === null) return (row) => row[key] === value
    if ('gt' in value) return (row) => row[key] > value.gt
    throw new Error(`The bench needs no ${JSON.stringify(value)}`)
  })
  return (row) => tests.every((test) => test(row))
}

function sorted(rows, order) {
  if (!order || String(order) === 'id') return rows
  const [key, direction] = String(order).split(' ')
  const sign = direction === 'DESC' ? -1 : 1
  return rows.sort((a, b) => sign * (a[key] - b[key]))
}
