const { row } = require('../http/rows.cjs')

/** Products, each in one of the categories. */
const product = (index) => ({ ...row(index), categoryId: 1 + (index % 500) })
const products = Array.from({ length: 10_000 }, (_, index) => product(index))
const categories = Array.from({ length: 500 }, (_, index) => ({ id: index + 1, name: `Category ${index}` }))

/** What is created while measuring has no id. */
function fresh(index) {
  const whole = product(index % 10_000)
  delete whole.id
  return whole
}

module.exports = { categories, fresh, products }
